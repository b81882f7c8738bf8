import { nearestRow } from './classifier'

/**
 * The region that a loss demands for each class: the directions at which the class still wins although its
 * own logit counts with the margin function ψ and all others without,
 *
 *     u · v_j · ψ(θ_j) + b_j > u · v_k · cos θ_k + b_k   for every k ≠ j,
 *
 * with u = ‖x‖ (or s), v_j = ‖W_j‖ (or 1). For ψ = cos it is the decision region. Of several vectors of a class
 * the nearest counts.
 */

/** A classifier as seen along directions of 2-D or 3-D space. */
export interface DirectionalClassifier {
  /** Number of classes. */
  readonly count: number
  /** K, vectors of each class. */
  readonly subCenters: number
  /**
   * count × K × 3, class by class: W_j / ‖W_j‖; z = 0 in 2-D. Shorter where the drawn space is a part of feature
   * space.
   */
  readonly directions: Float32Array
  /** count × K, v_j: ‖W_j‖, or 1 where class weights are normalized. */
  readonly lengths: Float32Array
  /** count, b_j; 0 without bias. */
  readonly bias: Float32Array
  /** u: ‖x‖ of the features that are asked about, or s where features are normalized. */
  readonly featureLength: number
}

/** ψ over θ in [0, π]. */
export type Psi = (theta: number) => number

/** How far a class is ahead at direction (x, y, z) when ψ applies to it; positive where demanded. */
type Lead = (x: number, y: number, z: number) => number

/** The lead of class `j`: searches ask for it at many directions, and nothing is allocated for one. */
export function demandedLead(classifier: DirectionalClassifier, psi: Psi, j: number): Lead {
  const { count, subCenters, directions, lengths, bias, featureLength } = classifier
  let x = 0
  let y = 0
  let z = 0
  const cosineOf = (row: number): number =>
    directions[3 * row]! * x + directions[3 * row + 1]! * y + directions[3 * row + 2]! * z
  return (toX, toY, toZ) => {
    x = toX
    y = toY
    z = toZ
    let other = -Infinity
    let own = 0
    for (let k = 0; k < count; k++) {
      const row = nearestRow(k, subCenters, cosineOf)
      const cosine = cosineOf(row)
      if (k === j) {
        const theta = Math.acos(Math.min(1, Math.max(-1, cosine)))
        own = featureLength * lengths[row]! * psi(theta) + bias[k]!
      } else {
        other = Math.max(other, featureLength * lengths[row]! * cosine + bias[k]!)
      }
    }
    return own - other
  }
}

/** The same over the angles of the circle. */
function leadAround(classifier: DirectionalClassifier, psi: Psi, j: number): (angle: number) => number {
  const lead = demandedLead(classifier, psi, j)
  return (angle) => lead(Math.cos(angle), Math.sin(angle), 0)
}

const TURN = 2 * Math.PI
const CIRCLE_SAMPLES = 720
const BISECTIONS = 40

/** The angle at which the class is furthest ahead: the best sample, refined by golden section. */
function highestLead(
  lead: (angle: number) => number,
  { directions, subCenters }: DirectionalClassifier,
  j: number,
): number {
  const row = j * subCenters
  const own = Math.atan2(directions[3 * row + 1]!, directions[3 * row]!)
  const step = TURN / CIRCLE_SAMPLES
  let best = own
  let highest = lead(own)
  for (let i = 1; i < CIRCLE_SAMPLES; i++) {
    const value = lead(own + i * step)
    if (value > highest) [best, highest] = [own + i * step, value]
  }
  const golden = (Math.sqrt(5) - 1) / 2
  let low = best - step
  let high = best + step
  for (let i = 0; i < BISECTIONS; i++) {
    const a = high - golden * (high - low)
    const b = low + golden * (high - low)
    if (lead(a) > lead(b)) high = b
    else low = a
  }
  const refined = (low + high) / 2
  return lead(refined) > highest ? refined : best
}

/** Whether any direction satisfies the margin for class `j`, in 2-D or on the sphere. */
export function isReachable(
  classifier: DirectionalClassifier,
  psi: Psi,
  j: number,
  sphere: boolean,
): boolean {
  if (!sphere) {
    const lead = leadAround(classifier, psi, j)
    return lead(highestLead(lead, classifier, j)) > 0
  }
  const { subCenters, directions } = classifier
  const lead = demandedLead(classifier, psi, j)
  for (let row = j * subCenters; row < (j + 1) * subCenters; row++) {
    if (climb(lead, directions, row) > 0) return true
  }
  return false
}

const CLIMB_TRIES = 80
const CLIMB_DIRECTIONS = 12

/**
 * The lead of a class at its top on the sphere, or the first positive one on the way there. It has its top
 * near one of its vectors unless lengths or biases differ much: a pattern search from that of `row` finds it.
 */
function climb(leadAt: Lead, directions: Float32Array, row: number): number {
  let [x, y, z] = unit(directions[3 * row]!, directions[3 * row + 1]!, directions[3 * row + 2]!)
  let highest = leadAt(x, y, z)
  let reach = 0.8
  for (let tries = 0; tries < CLIMB_TRIES && reach > 0.002 && highest <= 0; tries++) {
    // Two directions across (x, y, z), and steps around it between them.
    const [ax, ay, az] = Math.abs(x) < 0.6 ? unit(0, z, -y) : unit(-z, 0, x)
    const bx = y * az - z * ay
    const by = z * ax - x * az
    const bz = x * ay - y * ax
    let better = false
    for (let i = 0; i < CLIMB_DIRECTIONS && !better; i++) {
      const c = reach * Math.cos((TURN * i) / CLIMB_DIRECTIONS)
      const s = reach * Math.sin((TURN * i) / CLIMB_DIRECTIONS)
      const [px, py, pz] = unit(x + c * ax + s * bx, y + c * ay + s * by, z + c * az + s * bz)
      const lead = leadAt(px, py, pz)
      if (lead <= highest) continue
      ;[x, y, z, highest, better] = [px, py, pz, lead, true]
    }
    if (!better) reach /= 2
  }
  return highest
}

function unit(x: number, y: number, z: number): [number, number, number] {
  const length = Math.hypot(x, y, z) || 1
  return [x / length, y / length, z / length]
}
