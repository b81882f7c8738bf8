import type { Floats } from '../../../geometry/floats'
import type { Answering } from '../../../geometry/classifier'
import { LEAST_TRAINED_NORM, rowNorm } from '../../../geometry/rows'
import type { LogitGroup, LogitSlopes } from '../../../losses/head-loss'
import { HEAD_LOSSES } from '../../../losses/head-loss-registry'
import { MARGINS } from '../../../losses/margin-registry'
import { noiseOf } from '../../../losses/noise'
import { PLAN_WIDTH, type HeadAttributes } from '../names'
import { answering, marginSlots, type MarginSlots } from './head-slots'
import { partialsLayout } from './partials'

/** Below this the sine counts as this, so that dψ/dcos θ = −ψ′(θ)/sin θ stays finite at 0 and π. */
export const LEAST_SINE = 1e-3

/**
 * The logits of one sample after the other, and the chain rule from derivatives with respect to them to those with
 * respect to features, class weights and biases.
 */
export class HeadSample {
  /** The sample's logits. */
  readonly group: LogitGroup
  label = 0
  norm = 0
  private readonly slots: MarginSlots
  private readonly asked: Answering
  /** What counts for cos θ_j, and its derivative with respect to that. */
  private readonly values: Float64Array
  private readonly slopes: Float64Array
  private readonly norms: Float64Array
  private readonly targets: Uint8Array
  private readonly detached: boolean
  private readonly sharedBias: number
  private readonly classPenalty: number

  constructor(
    private readonly features: Floats,
    private readonly parameters: Floats,
    private readonly plan: Int32Array,
    private readonly a: HeadAttributes,
  ) {
    const { head, classes: n } = a
    this.slots = marginSlots(parameters, a)
    this.asked = answering(parameters, a, this.slots.scale)
    this.values = new Float64Array(n)
    this.slopes = new Float64Array(n)
    this.norms = new Float64Array(n)
    this.targets = new Uint8Array(n)
    this.detached = MARGINS.get(head.margin.kind).detached === true
    this.sharedBias = (HEAD_LOSSES.get(head.loss.kind).sharedBias?.sign ?? 0) * parameters[a.sharedBias]!
    this.classPenalty = this.meanClassPenalty()
    this.group = {
      logits: new Float64Array(n),
      plain: new Float64Array(n),
      targets: this.targets,
      rarity: parameters.subarray(a.rarity, a.rarity + n),
      norms: this.norms,
    }
  }

  /** s */
  get scale(): number {
    return this.slots.scale
  }

  /** Goes to sample `i` of the batch. */
  read(i: number): void {
    const { features, parameters, plan, a, asked, values, slopes, group } = this
    const { margin, slots, slot } = this.slots
    const { head, classes: n, dimension: d } = a
    const y = plan[PLAN_WIDTH * (a.first + i) + 3]!
    const xNorm = rowNorm(features, i * d, d, LEAST_TRAINED_NORM)
    this.targets[this.label] = 0
    this.targets[y] = 1
    this.label = y
    this.norm = xNorm
    this.norms.fill(xNorm)
    const { cosines, logits: plain } = asked.read(features, i * d, xNorm)
    for (let j = 0; j < n; j++) group.plain[j] = plain[j]! + this.sharedBias

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
      if (!this.detached) slopes[j] = margin.other.dCosTheta(slots)
    }
    slots[0] = theta
    slots[1] = cosines[y]!
    values[y] = margin.psi(slots)
    if (this.detached) slopes[y] = 1
    else slopes[y] = margin.dCosTheta(slots) - margin.dTheta(slots) / Math.max(Math.sin(theta), LEAST_SINE)
    // A logit is u · v_j · ψ + b_j, with u for the feature and v_j for the class vector.
    const u = head.normalizeFeatures ? this.scale : xNorm
    for (let j = 0; j < n; j++) {
      group.logits[j] = group.plain[j]! + u * this.lengthOf(j) * (values[j]! - cosines[j]!)
    }
  }

  /**
   * Writes what the sample brings to the gradients.
   * @param slopes of the loss, times `share`
   * @param value the loss of the sample
   */
  write(partials: Floats, i: number, slopes: LogitSlopes, value: number, share: number): void {
    const { a, asked, values, norm: xNorm, label: y } = this
    const { margin, slots } = this.slots
    const { head, classes: n, batch } = a
    const { along, logits: logitsAt, sample, width } = partialsLayout(n, head.subCenters)
    const u = head.normalizeFeatures ? this.scale : xNorm
    const at = i * width
    partials.fill(0, at, at + logitsAt)
    let radial = 0
    for (let j = 0; j < n; j++) {
      const g = slopes.logits[j]! / share
      const row = asked.rows[j]!
      const cosine = asked.cosines[j]!
      const wNorm = asked.weightNorms[row]!
      const v = this.lengthOf(j)
      const turn = g * u * v * this.slopes[j]!
      partials[at + row] = turn / (xNorm * wNorm)
      partials[at + along + row] =
        (head.normalizeWeights ? 0 : (g * u * values[j]!) / wNorm) - (turn * cosine) / (wNorm * wNorm)
      partials[at + logitsAt + j] = g
      radial +=
        (head.normalizeFeatures ? 0 : (g * v * values[j]!) / xNorm) - (turn * cosine) / (xNorm * xNorm)
    }
    const toTarget = this.detached ? 0 : partials[at + logitsAt + y]! * u * this.lengthOf(y)
    radial += (toTarget * margin.dNorm(slots)) / xNorm
    let loss = value
    if (margin.penalty) {
      loss += margin.penalty.value(slots)
      radial += margin.penalty.dNorm(slots) / (batch * xNorm)
    }
    partials[at + sample] = radial + slopes.norm / (share * xNorm)
    partials[at + sample + 1] = loss + this.classPenalty
    partials[at + sample + 2] = Number(this.isRight())
    partials[at + sample + 3] = toTarget * margin.dClassMargin(slots)
    partials[at + sample + 4] = y
  }

  /** v_j */
  private lengthOf(j: number): number {
    return this.a.head.normalizeWeights ? 1 : this.asked.weightNorms[this.asked.rows[j]!]!
  }

  private isRight(): boolean {
    const { plain } = this.group
    return plain.every((z, j) => j === this.label || !(z >= plain[this.label]!))
  }

  private meanClassPenalty(): number {
    const { margin, slots, slot } = this.slots
    const { classes: n, margins } = this.a
    let mean = 0
    for (let j = 0; j < n && margin.classPenalty; j++) {
      slots[slot.classMargin] = this.parameters[margins + j]!
      mean += margin.classPenalty.value(slots) / n
    }
    return mean
  }
}
