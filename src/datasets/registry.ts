import { byFileName } from '../geometry/registry'
import type { DatasetSpec } from './types'

/** Every data set of `sets/`, by id. Adding one is adding a file there. */
export const DATASETS: ReadonlyMap<string, DatasetSpec> = byFileName(
  import.meta.glob<DatasetSpec>('./sets/*.ts', { eager: true, import: 'dataset' }),
)
