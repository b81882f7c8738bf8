import type { Activation } from '../../layout'
import type { Lanes } from './lanes'

/** `fn activate(z: vec4f, slopes: vec4f) -> vec4f`, the activation of z. */
export function activationFunctions({ kind }: Activation): string {
  const value = {
    none: 'z',
    relu: 'select(vec4f(), z, z > vec4f())',
    prelu: 'select(z * slopes, z, z > vec4f())',
  }
  return `fn activate(z: vec4f, slopes: vec4f) -> vec4f { return ${value[kind]}; }`
}

/** `fn activationSlope(z: vec4f, slopes: vec4f) -> vec4f`, the derivative of the activation at z. */
export function activationDerivative({ kind }: Activation): string {
  const slope = {
    none: 'vec4f(1.0)',
    relu: 'select(vec4f(), vec4f(1.0), z > vec4f())',
    prelu: 'select(slopes, vec4f(1.0), z > vec4f())',
  }
  return `fn activationSlope(z: vec4f, slopes: vec4f) -> vec4f { return ${slope[kind]}; }`
}

/** An expression for the slopes at flat indices (or channels) `at`; 0 for what is no PReLU. */
export function slopesOf(activation: Activation, lanes: Lanes, at: string): string {
  if (activation.kind !== 'prelu') return `${lanes.float}()`
  const { offset, count } = activation
  const slopes = lanes.parts(at).map((i) => `parameters[${offset}u + ${i} % ${count}u]`)
  return `${lanes.float}(${slopes.join(', ')})`
}
