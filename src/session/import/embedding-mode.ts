import { pauseRuns, playRuns } from '../runs'
import { player } from '../playback'
import { isPlaying, useSession, type SessionState } from '../store'
import type { ShownEmbeddings } from './embedding-view'

/** What the user chose that means something for these classes only. */
type Chosen = Pick<SessionState['view'], 'hiddenClasses' | 'focusedClass' | 'threshold'>

type PutAside = Chosen & {
  readonly pinned: number | null
  readonly playing: boolean
}

/** What of the run comes back when embeddings go. */
let before: PutAside | null = null

/** Shows embeddings in place of the run, which rests. */
export function enterEmbeddings(embeddings: ShownEmbeddings): void {
  before ??= putAside()
  useSession.setState({ embeddings, pinned: null })
  choose({ hiddenClasses: [], focusedClass: null, threshold: null })
}

/** Back to the run, as it was. */
export function leaveEmbeddings(): void {
  if (!before) return
  const { hiddenClasses, focusedClass, threshold, pinned, playing } = before
  before = null
  useSession.setState({ embeddings: null, pinned })
  choose({ hiddenClasses, focusedClass, threshold })
  const recorded = player()
  if (playing && recorded) recorded.play()
  else if (playing) playRuns()
}

function putAside(): PutAside {
  const state = useSession.getState()
  const { pinned } = state
  const { hiddenClasses, focusedClass, threshold } = state.view
  const playing = isPlaying(state)
  player()?.pause()
  if (state.status.kind === 'playing') pauseRuns()
  return { hiddenClasses, focusedClass, threshold, pinned, playing }
}

function choose(change: Chosen): void {
  useSession.setState(({ view }) => ({ view: { ...view, ...change } }))
}
