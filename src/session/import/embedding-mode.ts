import { pauseRuns, playRuns } from '../runs'
import { player } from '../playback'
import { isPlaying, useSession, type SessionState } from '../store'
import type { ShownEmbeddings } from './embedding-view'

type PutAside = Pick<SessionState['view'], 'hiddenClasses' | 'focusedClass'> & {
  readonly pinned: number | null
  readonly playing: boolean
}

/** What of the run comes back when embeddings go. */
let before: PutAside | null = null

/** Shows embeddings in place of the run, which rests. */
export function enterEmbeddings(embeddings: ShownEmbeddings): void {
  before ??= putAside()
  useSession.setState({ embeddings, pinned: null })
  setClasses({ hiddenClasses: [], focusedClass: null })
}

/** Back to the run, as it was. */
export function leaveEmbeddings(): void {
  if (!before) return
  const { hiddenClasses, focusedClass, pinned, playing } = before
  before = null
  useSession.setState({ embeddings: null, pinned })
  setClasses({ hiddenClasses, focusedClass })
  const recorded = player()
  if (playing && recorded) recorded.play()
  else if (playing) playRuns()
}

function putAside(): PutAside {
  const state = useSession.getState()
  const { view, pinned } = state
  const playing = isPlaying(state)
  player()?.pause()
  if (state.status.kind === 'playing') pauseRuns()
  return { hiddenClasses: view.hiddenClasses, focusedClass: view.focusedClass, pinned, playing }
}

function setClasses(change: Pick<PutAside, 'hiddenClasses' | 'focusedClass'>): void {
  useSession.setState(({ view }) => ({ view: { ...view, ...change } }))
}
