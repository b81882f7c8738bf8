import { byFileName } from '../geometry/registry'
import type { Lab } from './lab'

const found = byFileName(import.meta.glob<Lab>('./paper/*.ts', { eager: true, import: 'lab' }))

/** Every lab of `paper/`, in the order of the paper. */
export const LABS: readonly Lab[] = [...found.values()].sort((a, b) => a.order - b.order)

export function labById(id: string): Lab | null {
  return found.get(id) ?? null
}
