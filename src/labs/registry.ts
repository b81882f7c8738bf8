import { inOrder } from '../geometry/in-order'
import { Registry } from '../geometry/registry'
import { recordedSet, type RecordedSet } from '../engine/recordings'
import type { Lab, Row } from './lab'

/** Every lab of `paper/`, in the order of the paper. */
export const LABS = new Registry(
  'lab',
  import.meta.glob<Lab>('./paper/*.ts', { eager: true, import: 'lab' }),
  inOrder,
)

/** The recorded runs that a lab starts from; null where it starts live. */
export function recordingOf({ id, title, experiment, beside = [], recorded }: Lab): RecordedSet | null {
  return recorded ? recordedSet(id, title, [experiment, ...beside]) : null
}

/** The recorded runs that a button of a lab opens. */
export function recordedRow({ id: lab }: Lab, { id, name, experiments }: Row): RecordedSet {
  return recordedSet(`${lab}-${id}`, name, experiments)
}

/** Everything that is recorded for a lab. */
export function recordedSetsOf(lab: Lab): readonly RecordedSet[] {
  const own = recordingOf(lab)
  const rows = lab.steps.flatMap(({ action }) => (action?.row ? [recordedRow(lab, action.row)] : []))
  return [...(own ? [own] : []), ...rows]
}
