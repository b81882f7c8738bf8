import type { Experiment } from '../engine/config'
import { inOrder } from '../geometry/in-order'
import { byFileName } from '../geometry/registry'
import type { Panel } from './panel'

const found = byFileName(import.meta.glob<Panel>('./*/panel.ts', { eager: true, import: 'panel' }))

/** Every panel, in the order of the column. */
export const PANELS: readonly Panel[] = inOrder([...found.values()])

/** The same as they show embeddings. */
const EMBEDDING_PANELS: readonly Panel[] = PANELS.map((panel) => ({ ...panel, ...panel.ofEmbeddings }))

/**
 * The panels that have something to show of a run of `experiment`.
 * @param trains false where its head only reads features from elsewhere
 */
export function panelsOf(experiment: Experiment, trains = true): Panel[] {
  return (trains ? PANELS : EMBEDDING_PANELS).filter(({ concerns }) => concerns?.(experiment) ?? true)
}

/** @throws {RangeError} when there is no panel of that name. */
export function panelById(id: string): Panel {
  const panel = found.get(id)
  if (!panel) throw new RangeError(`there is no panel "${id}"`)
  return panel
}
