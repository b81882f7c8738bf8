import type { Experiment } from '../engine/config'
import { runView } from './runs'
import type { RunView } from './run-view'
import { useSession, type SessionState } from './store'

/** What the stage shows: the points of the run, or of embeddings in its place. */
export const stageView = (): RunView => useSession.getState().embeddings?.stage ?? runView()

/** What the panels show; of embeddings that is more than what the stage draws. */
export const panelView = (
  { embeddings }: Pick<SessionState, 'embeddings'> = useSession.getState(),
): RunView => embeddings?.panels ?? runView()

/** The experiment behind what is shown; of embeddings its head is all that counts. */
export const shownExperiment = ({ embeddings, experiment }: SessionState): Experiment =>
  embeddings?.experiment ?? experiment
