import { byFileName } from '../geometry/registry'
import type { RecordingSpec } from '../engine/recordings'
import type { Lab } from './lab'

const found = byFileName(import.meta.glob<Lab>('./paper/*.ts', { eager: true, import: 'lab' }))

/** Every lab of `paper/`, in the order of the paper. */
export const LABS: readonly Lab[] = [...found.values()].sort((a, b) => a.order - b.order)

export function labById(id: string): Lab | null {
  return found.get(id) ?? null
}

/** The recorded run that a lab starts from; null where it starts live. */
export function recordingOf({ id, title, experiment, recorded }: Lab): RecordingSpec | null {
  return recorded ? { id, name: title, experiment } : null
}
