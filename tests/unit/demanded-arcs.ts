import { demandedLead, type DirectionalClassifier, type Psi } from '../../src/geometry/demanded-region'

/** An arc of the circle, counter-clockwise from `from` to `to`, in radians; `to` may pass 2π. */
interface Arc {
  readonly from: number
  readonly to: number
}

const TURN = 2 * Math.PI
const SAMPLES = 20_000
const BISECTIONS = 40

/** The arcs of the circle that a loss demands for class `j`, found by looking everywhere. */
export function demandedArcs(classifier: DirectionalClassifier, psi: Psi, j: number): Arc[] {
  const leadAt = demandedLead(classifier, psi, j)
  const isInside = (angle: number): boolean => leadAt(Math.cos(angle), Math.sin(angle), 0) > 0
  const angles = Array.from({ length: SAMPLES + 1 }, (_, i) => (TURN * i) / SAMPLES)
  const inside = angles.map(isInside)
  const edges = angles.flatMap((angle, i) => {
    if (i === 0 || inside[i] === inside[i - 1]) return []
    return [{ angle: edgeBetween(isInside, angles[i - 1]!, angle), entered: inside[i]! }]
  })
  if (edges.length === 0) return inside[0] ? [{ from: 0, to: TURN }] : []
  return edges.flatMap(({ angle, entered }, i) => {
    if (!entered) return []
    const end = edges[i + 1]?.angle ?? edges[0]!.angle + TURN
    return [{ from: angle, to: end }]
  })
}

function edgeBetween(isInside: (angle: number) => boolean, a: number, b: number): number {
  const before = isInside(a)
  for (let i = 0; i < BISECTIONS; i++) {
    const middle = (a + b) / 2
    if (isInside(middle) === before) a = middle
    else b = middle
  }
  return (a + b) / 2
}
