import type { Playback } from '../playback'
import type { Runs } from '../runs'
import { activeRun, isPlaying, type SessionState } from '../state'
import type { SessionStore } from '../store'
import type { ShownEmbeddings } from './embedding-view'

/** What the user chose that means something for these classes only. */
type Chosen = Pick<SessionState['view'], 'hiddenClasses' | 'focusedClass' | 'threshold'>

type PutAside = Chosen & {
  readonly pinned: number | null
  readonly playing: boolean
}

/** Shows embeddings in place of the run, which rests. */
export class Embeddings {
  /** What of the run comes back when embeddings go. */
  private before: PutAside | null = null

  constructor(
    private readonly store: SessionStore,
    private readonly runs: Runs,
    private readonly playback: Playback,
  ) {}

  enter(embeddings: ShownEmbeddings): void {
    this.before ??= this.putAside()
    this.store.set({ embeddings, pinned: null })
    this.choose({ hiddenClasses: [], focusedClass: null, threshold: null })
  }

  /** Back to the run, as it was. */
  leave(): void {
    if (!this.before) return
    const { hiddenClasses, focusedClass, threshold, pinned, playing } = this.before
    this.before = null
    this.store.set({ embeddings: null, pinned })
    this.choose({ hiddenClasses, focusedClass, threshold })
    const { player } = this.playback
    if (playing && player) player.play()
    else if (playing) this.runs.play()
  }

  private putAside(): PutAside {
    const { state } = this.store
    const { pinned } = state
    const { hiddenClasses, focusedClass, threshold } = state.view
    const playing = isPlaying(state)
    this.playback.player?.pause()
    if (activeRun(state).status.kind === 'playing') this.runs.pause()
    return { hiddenClasses, focusedClass, threshold, pinned, playing }
  }

  private choose(change: Chosen): void {
    this.store.setView(change)
  }
}
