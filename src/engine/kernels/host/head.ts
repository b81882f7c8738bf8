import type { Floats } from '../../../geometry/floats'
import { compiledMargin, type CompiledMargin } from '../../../losses/compiled-margin'
import { MARGINS } from '../../../losses/margin-registry'
import { noiseOf } from '../../../losses/noise'
import { BATCH_SYMBOLS, SAMPLE_SYMBOLS } from '../../../losses/margin-function'
import { PLAN_WIDTH, type HeadAttributes, type HeadBackwardAttributes } from '../names'

/** Below this the sine counts as this, so that dψ/dcos θ = −ψ′(θ)/sin θ stays finite at 0 and π. */
export const LEAST_SINE = 1e-3
/** Norms count as at least this. */
export const LEAST_NORM = 1e-6
/** Norms are clipped to these before their mean and deviation are taken (AdaFace, Kim et al. 2022). */
export const LEAST_COUNTED_NORM = 1e-3
export const LARGEST_COUNTED_NORM = 100

/** Where the parts of a row of the head's terms begin, after A for each row of W, and how wide it is. */
export function termsLayout(
  classes: number,
  subCenters: number,
): Record<'along' | 'logits' | 'sample' | 'width', number> {
  const rows = classes * subCenters
  return { along: rows, logits: 2 * rows, sample: 2 * rows + classes, width: 2 * rows + classes + 5 }
}

export function headForward(
  features: Floats,
  parameters: Floats,
  plan: Int32Array,
  terms: Floats,
  a: HeadAttributes,
): void {
  const { head, batch, classes: n, dimension: d } = a
  const { margin, slots, slot, scale } = marginSlots(parameters, a)
  const detached = MARGINS.get(head.margin.kind).detached === true
  const nearest = new NearestRows(parameters, a)
  const { cosines, norms: weightNorms } = nearest
  const values = new Float64Array(n)
  const slopes = new Float64Array(n)
  const logits = new Float64Array(n)
  const sharedBias = margin.binary ? parameters[a.sharedBias]! : 0
  const weights = margin.binary ? [margin.binary.own(slots) / scale, margin.binary.others(slots) / scale] : []
  let classPenalty = 0
  if (margin.classPenalty) {
    for (let j = 0; j < n; j++) {
      slots[slot.classMargin] = parameters[a.margins + j]!
      classPenalty += margin.classPenalty.value(slots) / n
    }
  }
  const { along, logits: logitsAt, sample, width } = termsLayout(n, head.subCenters)

  for (let i = 0; i < batch; i++) {
    const y = plan[PLAN_WIDTH * (a.first + i) + 3]!
    const xNorm = norm(features, i * d, d)
    // A logit is u · v_j · ψ + b_j, with u for the feature and v_j for the class vector.
    const u = head.normalizeFeatures ? scale : xNorm
    let right = 1
    nearest.find(features, i * d, xNorm)
    for (let j = 0; j < n; j++) {
      logits[j] = u * (head.normalizeWeights ? 1 : weightNorms[j]!) * cosines[j]! + sharedBias
      if (head.bias) logits[j]! += parameters[a.bias + j]!
    }
    for (let j = 0; j < n; j++) if (j !== y && logits[j]! >= logits[y]!) right = 0

    const theta = Math.acos(cosines[y]!)
    slots[slot.norm] = slots[slot.fixedNorm] = xNorm
    slots[slot.noise] = noiseOf(a.noise, i)
    slots[slot.rarity] = parameters[a.rarity + y]!
    slots[slot.classMargin] = parameters[a.margins + y]!
    slots[slot.targetTheta] = theta
    slots[slot.targetCosTheta] = cosines[y]!
    values.set(cosines)
    slopes.fill(1)
    for (let j = 0; j < n && margin.other; j++) {
      slots[1] = cosines[j]!
      values[j] = margin.other.value(slots)
      if (!detached) slopes[j] = margin.other.dCosTheta(slots)
    }
    slots[0] = theta
    slots[1] = cosines[y]!
    values[y] = margin.psi(slots)
    slopes[y] = detached
      ? 1
      : margin.dCosTheta(slots) - margin.dTheta(slots) / Math.max(Math.sin(theta), LEAST_SINE)
    for (let j = 0; j < n; j++) {
      logits[j]! += u * (head.normalizeWeights ? 1 : weightNorms[j]!) * (values[j]! - cosines[j]!)
    }

    const largest = logits.reduce((m, z) => Math.max(m, z), -Infinity)
    let sum = 0
    for (let j = 0; j < n; j++) sum += Math.exp(logits[j]! - largest)
    const at = i * width
    terms.fill(0, at, at + logitsAt)
    let radial = 0
    let loss = margin.binary ? 0 : largest + Math.log(sum) - logits[y]!
    for (let j = 0; j < n; j++) {
      const z = logits[j]!
      const hit = j === y ? 1 : 0
      let g = Math.exp(z - largest) / sum - hit
      if (margin.binary) {
        const weight = weights[1 - hit]!
        g = weight * (1 / (1 + Math.exp(-z)) - hit)
        loss += weight * (Math.max(hit ? -z : z, 0) + Math.log1p(Math.exp(-Math.abs(z))))
      }
      g /= batch
      const wNorm = weightNorms[j]!
      const v = head.normalizeWeights ? 1 : wNorm
      const turn = g * u * v * slopes[j]!
      const row = nearest.rows[j]!
      terms[at + row] = turn / (xNorm * wNorm)
      terms[at + along + row] =
        (head.normalizeWeights ? 0 : (g * u * values[j]!) / wNorm) - (turn * cosines[j]!) / (wNorm * wNorm)
      terms[at + logitsAt + j] = g
      radial +=
        (head.normalizeFeatures ? 0 : (g * v * values[j]!) / xNorm) - (turn * cosines[j]!) / (xNorm * xNorm)
    }
    const toTarget = detached
      ? 0
      : terms[at + logitsAt + y]! * u * (head.normalizeWeights ? 1 : weightNorms[y]!)
    radial += (toTarget * margin.dNorm(slots)) / xNorm
    if (margin.penalty) {
      loss += margin.penalty.value(slots)
      radial += margin.penalty.dNorm(slots) / (batch * xNorm)
    }
    terms[at + sample] = radial
    terms[at + sample + 1] = loss + classPenalty
    terms[at + sample + 2] = right
    terms[at + sample + 3] = toTarget * margin.dClassMargin(slots)
    terms[at + sample + 4] = y
  }
}

/** Brings the states of the margin function up to date with a batch. */
export function headState(features: Floats, parameters: Floats, plan: Int32Array, a: HeadAttributes): void {
  const { batch, classes: n, dimension: d } = a
  const { margin, slots, slot, scale } = marginSlots(parameters, a)
  if (margin.states.length === 0) return
  const nearest = new NearestRows(parameters, a)
  const norms = new Float64Array(batch)
  const angles = new Float64Array(batch)
  let meanCosine = 0
  let meanOthers = 0
  let meanNorm = 0
  for (let i = 0; i < batch; i++) {
    const y = plan[PLAN_WIDTH * (a.first + i) + 3]!
    const xNorm = norm(features, i * d, d)
    norms[i] = Math.min(LARGEST_COUNTED_NORM, Math.max(LEAST_COUNTED_NORM, xNorm))
    meanNorm += norms[i]! / batch
    nearest.find(features, i * d, xNorm)
    for (let j = 0; j < n; j++) {
      const cosine = nearest.cosines[j]!
      if (j !== y) meanOthers += Math.exp(scale * cosine) / batch
      else {
        meanCosine += cosine / batch
        angles[i] = Math.acos(cosine)
      }
    }
  }
  const squares = norms.reduce((sum, x) => sum + (x - meanNorm) ** 2, 0)
  slots[slot.meanNorm] = meanNorm
  slots[slot.deviationNorm] = Math.sqrt(squares / Math.max(1, batch - 1))
  slots[slot.meanCosine] = meanCosine
  slots[slot.medianAngle] = angles.sort()[(batch - 1) >> 1]!
  slots[slot.meanOthers] = meanOthers
  const next = margin.states.map((evaluate) => evaluate(slots))
  parameters.set(next, a.states)
}

type Slot = Record<(typeof SAMPLE_SYMBOLS)[number] | (typeof BATCH_SYMBOLS)[number], number>

/** The slots of the head's margin function, filled with what does not differ from sample to sample. */
function marginSlots(
  parameters: Floats,
  { head, states, classes }: HeadAttributes,
): { margin: CompiledMargin; slots: Float64Array; slot: Slot; scale: number } {
  const margin = compiledMargin(head.margin, Object.keys(head.symbols))
  const { state = [] } = MARGINS.get(head.margin.kind)
  const values = {
    ...head.symbols,
    classes,
    ...Object.fromEntries(state.map(({ id }, i) => [id, parameters[states + i]!])),
  }
  const slots = Float64Array.from(margin.slotNames, (name) => values[name as keyof typeof values] ?? 0)
  const slot = Object.fromEntries(
    [...SAMPLE_SYMBOLS, ...BATCH_SYMBOLS].map((name) => [name, margin.slotNames.indexOf(name)]),
  ) as Slot
  return { margin, slots, slot, scale: margin.scale ? margin.scale(slots) : head.scale }
}

/** The row of W that stands for each class: of its K rows the one at the smallest angle to the sample. */
class NearestRows {
  readonly rows: Int32Array
  /** Cosine and norm of that row. */
  readonly cosines: Float64Array
  readonly norms: Float64Array
  private readonly allNorms: Float64Array

  constructor(
    private readonly parameters: Floats,
    private readonly a: HeadAttributes,
  ) {
    const { weights, classes, dimension, head } = a
    this.rows = Int32Array.from({ length: classes }, (_, j) => j * head.subCenters)
    this.cosines = new Float64Array(classes)
    this.allNorms = Float64Array.from({ length: classes * head.subCenters }, (_, row) =>
      norm(parameters, weights + row * dimension, dimension),
    )
    this.norms = this.allNorms.slice(0, classes)
  }

  /** For the feature at `offset`, of length `xNorm`. */
  find(features: Floats, offset: number, xNorm: number): void {
    const { parameters, allNorms, a } = this
    const { weights, classes, dimension: d, head } = a
    for (let j = 0; j < classes; j++) {
      let nearest = j * head.subCenters
      let highest = -Infinity
      for (let row = nearest; row < (j + 1) * head.subCenters; row++) {
        const cosine =
          dotProduct(features, offset, parameters, weights + row * d, d) / (xNorm * allNorms[row]!)
        // What is not a number shows too.
        if (cosine <= highest) continue
        ;[nearest, highest] = [row, cosine]
      }
      this.rows[j] = nearest
      this.norms[j] = allNorms[nearest]!
      this.cosines[j] = Math.min(1, Math.max(-1, highest))
    }
  }
}

export function headBackward(
  terms: Floats,
  features: Floats,
  parameters: Floats,
  gradients: Floats,
  statistics: Floats,
  featureGradient: Floats,
  a: HeadBackwardAttributes,
): void {
  const { batch, classes: n, dimension: d } = a
  const { along, logits, sample, width } = termsLayout(n, a.head.subCenters)
  const dWeights = new Float64Array(along * d)
  const dBias = new Float64Array(n)
  const dMargins = new Float64Array(n)
  const { margin, slots, slot } = marginSlots(parameters, a)
  if (margin.classPenalty) {
    for (let j = 0; j < n; j++) {
      slots[slot.classMargin] = parameters[a.margins + j]!
      dMargins[j] = margin.classPenalty.dClassMargin(slots) / n
    }
  }
  let loss = 0
  let right = 0
  featureGradient.fill(0)
  for (let i = 0; i < batch; i++) {
    const at = i * width
    const radial = terms[at + sample]!
    for (let k = 0; k < d; k++) featureGradient[i * d + k] = radial * features[i * d + k]!
    for (let row = 0; row < along; row++) {
      const turn = terms[at + row]!
      const stretch = terms[at + along + row]!
      const w = a.weights + row * d
      for (let k = 0; k < d; k++) {
        featureGradient[i * d + k]! += turn * parameters[w + k]!
        dWeights[row * d + k]! += turn * features[i * d + k]! + stretch * parameters[w + k]!
      }
    }
    for (let j = 0; j < n; j++) dBias[j]! += terms[at + logits + j]!
    loss += terms[at + sample + 1]!
    right += terms[at + sample + 2]!
    dMargins[terms[at + sample + 4]!]! += terms[at + sample + 3]!
  }
  if (!a.pulls) featureGradient.fill(0)
  gradients.set(dMargins, a.margins)
  gradients[a.sharedBias] = margin.binary ? dBias.reduce((sum, g) => sum + g, 0) : 0
  gradients.set(dWeights, a.weights)
  if (a.head.bias) gradients.set(dBias, a.bias)
  else gradients.fill(0, a.bias, a.bias + n)
  statistics[2 * a.slot] = loss / batch
  statistics[2 * a.slot + 1] = right / batch
}

function norm(values: Floats, offset: number, length: number): number {
  return Math.max(Math.sqrt(dotProduct(values, offset, values, offset, length)), LEAST_NORM)
}

function dotProduct(a: Floats, i: number, b: Floats, j: number, length: number): number {
  let sum = 0
  for (let k = 0; k < length; k++) sum += a[i + k]! * b[j + k]!
  return sum
}
