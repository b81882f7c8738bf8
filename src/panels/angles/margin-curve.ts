import { compiledMargin, curveSlots } from '../../losses/compiled-margin'
import type { ActiveHead } from '../../losses/head'
import { marginSymbols } from '../../losses/margin-setting'

/** ψ at whole degrees from 0 to 180. */
export const DEGREES = 180

/** Computes ψ(θ) for whole degrees into `into`, which holds 181 values. @returns the least of them */
export function marginCurve(
  into: Float32Array,
  { margin }: ActiveHead,
  symbols: ActiveHead['symbols'],
): number {
  const names = Object.keys(symbols)
  const compiled = compiledMargin(margin, names)
  const { psi } = compiled
  const slots = curveSlots(compiled, margin, symbols)
  let least = Infinity
  for (let degree = 0; degree <= DEGREES; degree++) {
    const theta = (degree * Math.PI) / 180
    slots[0] = theta
    slots[1] = Math.cos(theta)
    const value = psi(slots)
    into[degree] = value
    if (value < least) least = value
  }
  return least
}

/** The symbols of ψ once its margin has grown to what was set, or null if it has. */
export function grownSymbols(
  { margin, symbols, scale }: ActiveHead,
  step: number,
): ActiveHead['symbols'] | null {
  const grown = marginSymbols(margin, 1, step, scale)
  return Object.keys(grown).some((name) => Math.abs(grown[name]! - symbols[name]!) > 1e-9) ? grown : null
}
