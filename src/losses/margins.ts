import { byFileName } from '../geometry/registry'
import type { MarginFunction } from './types'

/** Every margin function of `margins/`, by id. Adding one is adding a file there. */
export const MARGINS: ReadonlyMap<string, MarginFunction> = byFileName(
  import.meta.glob<MarginFunction>('./margins/*.ts', { eager: true, import: 'margin' }),
)

/** @throws {RangeError} when there is no margin function of that name. */
export function marginFunction(id: string): MarginFunction {
  const margin = MARGINS.get(id)
  if (!margin) throw new RangeError(`there is no margin function "${id}"`)
  return margin
}
