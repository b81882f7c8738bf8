import { Registry } from '../geometry/registry'
import type { DatasetSpec } from './types'

/** What is trained on where nothing else is said. */
export const DEFAULT_DATASET = 'mnist'

/** Every data set of `sets/`. */
export const DATASETS = new Registry(
  'data set',
  import.meta.glob<DatasetSpec>('./sets/*.ts', { eager: true, import: 'dataset' }),
)

/** Whether a run with these settings has identities that are never trained on. */
export function hasUnseen({
  set,
  unseen,
}: {
  readonly set: string
  readonly unseen?: readonly number[] | undefined
}): boolean {
  return unseen ? unseen.length > 0 : DATASETS.find(set)?.keepsUnseen === true
}
