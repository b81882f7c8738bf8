import type { Activation } from '../../layout'

/** The activation of z at flat index i. */
export function activate(activation: Activation, parameters: Float32Array, z: number, i: number): number {
  if (z > 0 || activation.kind === 'none') return z
  return activation.kind === 'relu' ? 0 : z * parameters[activation.offset + (i % activation.count)]!
}

/** The derivative of the activation at z. */
export function activationSlope(
  activation: Activation,
  parameters: Float32Array,
  z: number,
  i: number,
): number {
  if (z > 0 || activation.kind === 'none') return 1
  return activation.kind === 'relu' ? 0 : parameters[activation.offset + (i % activation.count)]!
}
