import { engine } from '../client'
import { useSession, type SessionState } from '../store'
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
  if (playing) engine.play()
}

function putAside(): PutAside {
  const { view, pinned, status } = useSession.getState()
  const playing = status.kind === 'playing'
  if (playing) engine.pause()
  const { hiddenClasses, focusedClass, threshold } = view
  return { hiddenClasses, focusedClass, threshold, pinned, playing }
}

function choose(change: Chosen): void {
  useSession.setState(({ view }) => ({ view: { ...view, ...change } }))
}
