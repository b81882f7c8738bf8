import { ADAM_BETA2, ADAM_EPSILON, CLIP_EPSILON, type OptimizeAttributes } from '../names'

export function optimize(
  parameters: Float32Array,
  gradients: Float32Array,
  moments: Float32Array,
  a: OptimizeAttributes,
): void {
  const factor = clipFactor(squaredNorm(gradients, a.size), a.clip)
  if (a.kind === 'adam') adam(parameters, gradients, factor, moments, a)
  else sgd(parameters, gradients, factor, moments, a)
}

/**
 * What a gradient is multiplied by so that its norm stays within `clip`: NaN where its square is beyond single
 * precision, of which clipping and Adam would else make steps of zero, a standstill that nobody sees.
 */
export function clipFactor(squared: number, clip: number): number {
  if (!Number.isFinite(Math.fround(squared))) return NaN
  return Math.min(1, clip / (Math.sqrt(squared) + CLIP_EPSILON))
}

function squaredNorm(gradients: Float32Array, size: number): number {
  let sum = 0
  for (let i = 0; i < size; i++) sum += gradients[i]! ** 2
  return sum
}

function adam(
  p: Float32Array,
  gradients: Float32Array,
  factor: number,
  moments: Float32Array,
  a: OptimizeAttributes,
): void {
  const { size, rate, momentum: beta1 } = a
  const { stepSize, secondCorrection } = adamCorrections(a)
  for (let i = 0; i < size; i++) {
    const g = factor * gradients[i]!
    const m = beta1 * moments[i]! + (1 - beta1) * g
    const v = ADAM_BETA2 * moments[size + i]! + (1 - ADAM_BETA2) * g * g
    moments[i] = m
    moments[size + i] = v
    const decay = i < a.decayed ? rate * a.weightDecay * p[i]! : 0
    p[i]! -= (stepSize * m) / (Math.sqrt(v * secondCorrection) + ADAM_EPSILON) + decay
  }
}

/** The rate with the correction of the first moment, and the factor that corrects the second. */
export function adamCorrections({ rate, momentum, step }: OptimizeAttributes): {
  stepSize: number
  secondCorrection: number
} {
  return { stepSize: rate / (1 - momentum ** step), secondCorrection: 1 / (1 - ADAM_BETA2 ** step) }
}

function sgd(
  p: Float32Array,
  gradients: Float32Array,
  factor: number,
  moments: Float32Array,
  a: OptimizeAttributes,
): void {
  for (let i = 0; i < a.size; i++) {
    const decay = i < a.decayed ? a.weightDecay * p[i]! : 0
    const velocity = a.momentum * moments[i]! + factor * gradients[i]! + decay
    moments[i] = velocity
    p[i]! -= a.rate * velocity
  }
}
