import { compiledMargin, curveSlots } from './compiled-margin'
import type { ActiveHead } from './head'
import { psiKey } from './margin-setting'

/** A margin that changes ψ by less than this is none. */
const LEAST_MARGIN = 1e-6

/**
 * ψ as a table over θ = 0 … π, both ends included, for drawing: shaders and region searches read it, whatever
 * the margin function. Rewritten in place when the head changes.
 */
export class MarginTable {
  readonly values: Float32Array
  /** Whether ψ differs from the cosine anywhere. */
  active = false
  /** Whether ψ exceeds the cosine anywhere: then demanded regions may reach beyond decision regions. */
  grows = false
  /** Counts rewrites that changed the table. */
  version = 0
  private key = ''

  constructor(readonly size = 1024) {
    this.values = new Float32Array(size)
    for (let i = 0; i < size; i++) this.values[i] = Math.cos(this.theta(i))
  }

  /** Takes ψ of the head as it acts now. @returns whether anything changed */
  update({ margin, symbols }: Pick<ActiveHead, 'margin' | 'symbols'>): boolean {
    const names = Object.keys(symbols)
    let key = psiKey(margin)
    for (const name of names) key += ` ${name}=${symbols[name]!}`
    if (key === this.key) return false
    this.key = key
    const compiled = compiledMargin(margin, names)
    const { psi } = compiled
    const slots = curveSlots(compiled, margin, symbols)
    this.active = this.grows = false
    for (let i = 0; i < this.size; i++) {
      const theta = this.theta(i)
      slots[0] = theta
      slots[1] = Math.cos(theta)
      const value = psi(slots)
      this.values[i] = value
      if (Math.abs(value - slots[1]) > LEAST_MARGIN) this.active = true
      if (value - slots[1] > LEAST_MARGIN) this.grows = true
    }
    this.version++
    return true
  }

  /** ψ(θ), linear between the entries; θ in [0, π]. */
  readonly psi = (theta: number): number => {
    const place = (theta / Math.PI) * (this.size - 1)
    const i = Math.min(this.size - 2, Math.max(0, Math.floor(place)))
    const a = this.values[i]!
    return a + (place - i) * (this.values[i + 1]! - a)
  }

  private theta(i: number): number {
    return (Math.PI * i) / (this.size - 1)
  }
}
