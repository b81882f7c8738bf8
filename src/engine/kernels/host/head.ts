import { compiledMargin } from '../../../losses/compiled-margin'
import { PLAN_WIDTH, type HeadAttributes, type HeadBackwardAttributes } from '../names'

/** Below this the sine counts as this, so that dψ/dcos θ = −ψ′(θ)/sin θ stays finite at 0 and π. */
export const LEAST_SINE = 1e-3
/** Norms count as at least this. */
export const LEAST_NORM = 1e-6

/** How wide a row of the head's terms is: A, Q and G for each class, R, loss, right. */
export function termsWidth(classes: number): number {
  return 3 * classes + 3
}

export function headForward(
  features: Float32Array,
  parameters: Float32Array,
  plan: Int32Array,
  terms: Float32Array,
  a: HeadAttributes,
): void {
  const { head, batch, classes: n, dimension: d } = a
  const names = Object.keys(head.symbols)
  const margin = compiledMargin(head.margin, names)
  const slots = new Float64Array(2 + names.length)
  names.forEach((name, i) => {
    slots[2 + i] = head.symbols[name]!
  })
  const weightNorms = Float64Array.from({ length: n }, (_, j) => norm(parameters, a.weights + j * d, d))
  const cosines = new Float64Array(n)
  const logits = new Float64Array(n)
  const width = termsWidth(n)

  for (let i = 0; i < batch; i++) {
    const y = plan[PLAN_WIDTH * (a.first + i) + 3]!
    const xNorm = norm(features, i * d, d)
    // A logit is u · v_j · ψ + b_j, with u for the feature and v_j for the class vector.
    const u = head.normalizeFeatures ? head.scale : xNorm
    let right = 1
    for (let j = 0; j < n; j++) {
      const dot = dotProduct(features, i * d, parameters, a.weights + j * d, d)
      cosines[j] = Math.min(1, Math.max(-1, dot / (xNorm * weightNorms[j]!)))
      logits[j] = u * (head.normalizeWeights ? 1 : weightNorms[j]!) * cosines[j]!
      if (head.bias) logits[j]! += parameters[a.bias + j]!
    }
    for (let j = 0; j < n; j++) if (j !== y && logits[j]! >= logits[y]!) right = 0

    const cosine = cosines[y]!
    const theta = Math.acos(cosine)
    slots[0] = theta
    slots[1] = cosine
    const psi = margin.psi(slots)
    const slope = margin.dCosTheta(slots) - margin.dTheta(slots) / Math.max(Math.sin(theta), LEAST_SINE)
    const vTarget = head.normalizeWeights ? 1 : weightNorms[y]!
    logits[y]! += u * vTarget * (psi - cosine)

    const largest = logits.reduce((m, z) => Math.max(m, z), -Infinity)
    let sum = 0
    for (let j = 0; j < n; j++) sum += Math.exp(logits[j]! - largest)
    const at = i * width
    let radial = 0
    for (let j = 0; j < n; j++) {
      const g = (Math.exp(logits[j]! - largest) / sum - (j === y ? 1 : 0)) / batch
      const wNorm = weightNorms[j]!
      const v = head.normalizeWeights ? 1 : wNorm
      const [value, derivative] = j === y ? [psi, slope] : [cosines[j]!, 1]
      const turn = g * u * v * derivative
      terms[at + j] = turn / (xNorm * wNorm)
      terms[at + n + j] =
        (head.normalizeWeights ? 0 : (g * u * value) / wNorm) - (turn * cosines[j]!) / (wNorm * wNorm)
      terms[at + 2 * n + j] = g
      radial +=
        (head.normalizeFeatures ? 0 : (g * v * value) / xNorm) - (turn * cosines[j]!) / (xNorm * xNorm)
    }
    terms[at + 3 * n] = radial
    terms[at + 3 * n + 1] = largest + Math.log(sum) - logits[y]!
    terms[at + 3 * n + 2] = right
  }
}

export function headBackward(
  terms: Float32Array,
  features: Float32Array,
  parameters: Float32Array,
  gradients: Float32Array,
  statistics: Float32Array,
  featureGradient: Float32Array,
  a: HeadBackwardAttributes,
): void {
  const { batch, classes: n, dimension: d } = a
  const width = termsWidth(n)
  const dWeights = new Float64Array(n * d)
  const dBias = new Float64Array(n)
  let loss = 0
  let right = 0
  featureGradient.fill(0)
  for (let i = 0; i < batch; i++) {
    const at = i * width
    const radial = terms[at + 3 * n]!
    for (let k = 0; k < d; k++) featureGradient[i * d + k] = radial * features[i * d + k]!
    for (let j = 0; j < n; j++) {
      const turn = terms[at + j]!
      const along = terms[at + n + j]!
      const w = a.weights + j * d
      dBias[j]! += terms[at + 2 * n + j]!
      for (let k = 0; k < d; k++) {
        featureGradient[i * d + k]! += turn * parameters[w + k]!
        dWeights[j * d + k]! += turn * features[i * d + k]! + along * parameters[w + k]!
      }
    }
    loss += terms[at + 3 * n + 1]!
    right += terms[at + 3 * n + 2]!
  }
  gradients.set(dWeights, a.weights)
  if (a.head.bias) gradients.set(dBias, a.bias)
  else gradients.fill(0, a.bias, a.bias + n)
  statistics[2 * a.slot] = loss / batch
  statistics[2 * a.slot + 1] = right / batch
}

function norm(values: Float32Array, offset: number, length: number): number {
  return Math.max(Math.sqrt(dotProduct(values, offset, values, offset, length)), LEAST_NORM)
}

function dotProduct(a: Float32Array, i: number, b: Float32Array, j: number, length: number): number {
  let sum = 0
  for (let k = 0; k < length; k++) sum += a[i + k]! * b[j + k]!
  return sum
}
