import { Random } from './random'
import { recent } from './recent'
import { spreadDirections } from './spread'

/** How far apart the closest two class vectors can be at best. */
export interface ClassSpread {
  /** That angle, in radians. */
  readonly angle: number
  /** Where it comes from, in words. */
  readonly source: string
  /** The best arrangement may have less than `angle`. */
  readonly upperBound: boolean
}

/**
 * The largest angle (in degrees) that 5 … 24 points on the sphere can keep from each other, the Tammes problem.
 * Proven up to 14 and for 24 (Schütte and van der Waerden 1951, Danzer 1963, Robinson 1961, Musin and Tarasov
 * 2012 and 2015); between, the best that is known (Sloane, Tables of Spherical Codes).
 */
const TAMMES_FIRST = 5
const TAMMES = [
  90, 90, 77.86954, 74.85849, 70.52878, 66.14682, 63.43495, 63.43495, 57.1367, 55.67057, 53.65785, 52.2444,
  51.09033, 49.55666, 47.69191, 47.43104, 45.61322, 44.74016, 43.70996, 43.69077,
]

/**
 * @param classes n ≥ 2
 * @param dimension d ≥ 2
 */
export function classSpread(classes: number, dimension: number): ClassSpread {
  const exact = (angle: number, source: string): ClassSpread => ({ angle, source, upperBound: false })
  if (classes <= dimension + 1) return exact(Math.acos(-1 / (classes - 1)), 'regular simplex')
  if (dimension === 2) return exact((2 * Math.PI) / classes, 'even circle')
  const tammes = TAMMES[classes - TAMMES_FIRST]
  if (dimension === 3 && tammes !== undefined)
    return exact((tammes * Math.PI) / 180, 'best known on the sphere')
  // Rankin 1955: more than d + 1 vectors are at most 90° apart, which 2d of them reach.
  if (classes <= 2 * dimension) return exact(Math.PI / 2, 'orthogonal axes')
  const [angle, source] =
    dimension === 3
      ? [fejesToth(classes), 'upper bound of Fejes Tóth']
      : [capBound(classes, dimension), 'upper bound by the area of caps']
  return angle < Math.PI / 2
    ? { angle, source, upperBound: true }
    : { angle: Math.PI / 2, source: 'upper bound of Rankin', upperBound: true }
}

/** Fejes Tóth 1943: of n points on the sphere, two are at most this far apart. */
function fejesToth(n: number): number {
  const omega = (n * Math.PI) / (6 * (n - 2))
  return Math.acos((1 / Math.tan(omega) ** 2 - 1) / 2)
}

/** n disjoint caps of half the angle around the class vectors cover at most the whole sphere in d dimensions. */
function capBound(n: number, dimension: number): number {
  const samples = 4096
  const step = Math.PI / samples
  const areas = Float64Array.from(
    { length: samples },
    (_, i) => Math.sin((i + 0.5) * step) ** (dimension - 2) * step,
  )
  const whole = areas.reduce((sum, area) => sum + area, 0)
  let covered = 0
  for (let i = 0; i < samples; i++) {
    covered += areas[i]!
    if (covered * n > whole) return Math.min(Math.PI, 2 * (i + 1) * step)
  }
  return Math.PI
}

/**
 * The largest margin at which a sample at its class centre still wins: ψ(0) ≥ cos φ, with φ the angle to the
 * closest other class. CosFace: 1 − cos φ; ArcFace: φ.
 * @param psiAtCentre ψ(0) for a margin; not growing
 * @param neutral the margin that asks for nothing
 * @param most the largest margin that is looked at
 * @returns null when every margin up to `most` leaves the centre to its class
 */
export function marginBound(
  psiAtCentre: (margin: number) => number,
  closest: number,
  neutral: number,
  most: number,
): number | null {
  const wins = (margin: number): boolean => psiAtCentre(margin) >= Math.cos(closest)
  if (wins(most)) return null
  let low = neutral
  let high = most
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (wins(middle)) low = middle
    else high = middle
  }
  return low
}

/**
 * How far from its class centre, towards the closest other class at angle φ, a sample still satisfies
 * ψ(θ) ≥ cos(φ − θ): φ/2 without margin, (φ − m)/2 for ArcFace, φ/(1 + m) for A-Softmax.
 * @returns radians, 0 when not even the centre does
 */
export function demandedHalfAngle(psi: (theta: number) => number, closest: number): number {
  const lead = (theta: number): number => psi(theta) - Math.cos(closest - theta)
  if (!(lead(0) > 0)) return 0
  let low = 0
  let high = closest
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2
    if (lead(middle) > 0) low = middle
    else high = middle
  }
  return low
}

/** Beyond this many classes their arrangement takes too long to find for a figure beside a slider. */
const MOST_ARRANGED = 64

/** An arrangement takes milliseconds to find; a slider asks for the same one again and again. */
const arrangement = recent<readonly (readonly number[])[]>(32)

/**
 * The cosines of each class vector to all others when they are spread as far as they go. In 2-D and for the
 * simplex all classes see the same, so there is one row; elsewhere a row for each class of an arrangement found
 * numerically; for very many classes the one row that no arrangement betters on the mean, −1/(n − 1).
 */
export function otherCosines(classes: number, dimension: number): readonly (readonly number[])[] {
  return arrangement(`${classes} ${dimension}`, () => arrange(classes, dimension))
}

function arrange(n: number, d: number): number[][] {
  if (n <= d + 1 || n > MOST_ARRANGED) return [new Array<number>(n - 1).fill(-1 / (n - 1))]
  if (d === 2) return [Array.from({ length: n - 1 }, (_, k) => Math.cos((2 * Math.PI * (k + 1)) / n))]
  const directions = spreadDirections(n, d, new Random(1, 'spread'))
  const dot = (i: number, j: number): number => {
    let sum = 0
    for (let k = 0; k < d; k++) sum += directions[i * d + k]! * directions[j * d + k]!
    return sum
  }
  return Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => j)
      .filter((j) => j !== i)
      .map((j) => dot(i, j)),
  )
}

/**
 * The probability that the softmax gives to the class of a sample at its class centre, all class vectors spread
 * as far as they go, in the mean over the classes: 1 / (1 + Σ exp(s (cos θ_k − ψ(0)))).
 */
export function bestProbability(
  psiAtCentre: number,
  scale: number,
  classes: number,
  dimension: number,
): number {
  const rows = otherCosines(classes, dimension)
  const probability = (row: readonly number[]): number =>
    1 / (1 + row.reduce((sum, cosine) => sum + Math.exp(scale * (cosine - psiAtCentre)), 0))
  return rows.reduce((sum, row) => sum + probability(row), 0) / rows.length
}

/** The least s at which `bestProbability` reaches `wanted`; Infinity when none does. */
export function leastScale(wanted: number, psiAtCentre: number, classes: number, dimension: number): number {
  const reaches = (s: number): boolean => bestProbability(psiAtCentre, s, classes, dimension) >= wanted
  let low = 0
  let high = 1
  while (!reaches(high)) {
    if (high > 1e6) return Infinity
    ;[low, high] = [high, 2 * high]
  }
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2
    if (reaches(middle)) high = middle
    else low = middle
  }
  return high
}
