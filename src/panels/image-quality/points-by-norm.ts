import { runView } from '../../session/runs'

/** Points that the gallery chooses from: enough to have some of every quality. */
const CANDIDATES = 400

/** Points whose features are evenly spread from the longest to the shortest. */
export function pointsByNorm(count: number): number[] {
  const { norm, substitute } = runView()
  const own = (i: number): number => (substitute?.point === i ? substitute.own.measures.norm[0]! : norm[i]!)
  const sorted = Array.from({ length: Math.min(CANDIDATES, runView().count) }, (_, i) => i).sort(
    (a, b) => own(b) - own(a),
  )
  const last = sorted.length - 1
  const many = Math.min(count, sorted.length)
  return Array.from({ length: many }, (_, k) => sorted[Math.round((k * last) / Math.max(1, many - 1))]!)
}

export function classNameOf(point: number): string {
  return `class ${runView().classes[runView().labels[point]!] ?? '?'}`
}
