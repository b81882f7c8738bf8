import type { Experiment } from '../engine/config'
import { inOrder } from '../geometry/in-order'
import { Registry } from '../geometry/registry'
import type { Panel } from './panel'

/** Every panel, in the order of the column. */
export const PANELS = new Registry(
  'panel',
  import.meta.glob<Panel>('./*/panel.ts', { eager: true, import: 'panel' }),
  inOrder,
)

/** The same as they show embeddings. */
const EMBEDDING_PANELS: readonly Panel[] = PANELS.all.map((panel) => ({ ...panel, ...panel.ofEmbeddings }))

/**
 * The panels that have something to show of a run of `experiment`.
 * @param trains false where its head only reads features from elsewhere
 */
export function panelsOf(experiment: Experiment, trains = true): Panel[] {
  return (trains ? PANELS.all : EMBEDDING_PANELS).filter(({ concerns }) => concerns?.(experiment) ?? true)
}
