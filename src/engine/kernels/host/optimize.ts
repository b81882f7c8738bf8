import { ADAM_BETA2, ADAM_EPSILON, type OptimizeAttributes } from '../names'

export function optimize(
  parameters: Float32Array,
  gradients: Float32Array,
  moments: Float32Array,
  a: OptimizeAttributes,
): void {
  if (a.kind === 'adam') adam(parameters, gradients, moments, a)
  else sgd(parameters, gradients, moments, a)
}

function adam(p: Float32Array, g: Float32Array, moments: Float32Array, a: OptimizeAttributes): void {
  const { size, rate, momentum: beta1 } = a
  const { stepSize, secondCorrection } = adamCorrections(a)
  for (let i = 0; i < size; i++) {
    const m = beta1 * moments[i]! + (1 - beta1) * g[i]!
    const v = ADAM_BETA2 * moments[size + i]! + (1 - ADAM_BETA2) * g[i]! * g[i]!
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

function sgd(p: Float32Array, g: Float32Array, moments: Float32Array, a: OptimizeAttributes): void {
  for (let i = 0; i < a.size; i++) {
    const decay = i < a.decayed ? a.weightDecay * p[i]! : 0
    const velocity = a.momentum * moments[i]! + g[i]! + decay
    moments[i] = velocity
    p[i]! -= a.rate * velocity
  }
}
