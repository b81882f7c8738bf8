import type { RunView } from '../../session/run-view'

/** Points that the gallery chooses from: enough to have some of every quality. */
const CANDIDATES = 400

/** Points that are next to each other in length. */
export interface Column {
  readonly points: readonly number[]
  /**
   * The mean length of their features when they were sorted: while a run trains, lengths change more often than
   * places.
   */
  readonly norm: number
}

/**
 * Points from the longest feature to the shortest, evenly spread, in columns of `rows`. Fewer columns where there are
 * not enough points.
 */
export function pointsByNorm({ norm, substitute, count }: RunView, columns: number, rows: number): Column[] {
  const own = (i: number): number =>
    substitute?.point === i ? substitute.original.measures.norm[0]! : norm[i]!
  const sorted = Array.from({ length: Math.min(CANDIDATES, count) }, (_, i) => i).sort(
    (a, b) => own(b) - own(a),
  )
  const many = Math.min(columns, Math.floor(sorted.length / rows))
  const last = sorted.length - rows
  return Array.from({ length: many }, (_, k) => {
    const first = Math.round((k * last) / Math.max(1, many - 1))
    const points = sorted.slice(first, first + rows)
    return { points, norm: points.reduce((sum, i) => sum + own(i), 0) / rows }
  })
}

/** How the class of a point is called in a sentence. */
export function classNameOf({ classes, labels }: RunView, point: number): string {
  return `class ${classes[labels[point]!] ?? '?'}`
}
