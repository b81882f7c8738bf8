import type { Playback } from './playback'
import type { Runs } from './runs'
import { isPlaying } from './state'
import type { SessionStore } from './store'

/** Play, pause, step, reset and speed, of runs that train and of recordings of such. */
export class Transport {
  constructor(
    private readonly store: SessionStore,
    private readonly runs: Runs,
    private readonly playback: Playback,
  ) {}

  /** Plays on; at the end of a recorded run that is training on. */
  play(): void {
    if (!this.canTrain) return
    const { player } = this.playback
    if (player && !player.ended) player.play()
    else this.playLive()
  }

  /** Trains on, from the end of a recorded run if one is shown. */
  playLive(): void {
    this.playback.goLive()
    // While a recording was shown nobody was told that the engine on standby had failed.
    if (this.store.active.status.kind === 'failed') this.runs.of().retry()
    this.runs.play()
  }

  pause(): void {
    const { player } = this.playback
    if (player) player.pause()
    else this.runs.pause()
  }

  toggle(): void {
    if (isPlaying(this.store.state)) this.pause()
    else this.play()
  }

  /** One training step, or one keyframe of a recorded run. */
  step(): void {
    if (!this.canTrain) return
    const { player } = this.playback
    if (player && !player.ended) {
      player.pause()
      player.move(1)
      return
    }
    this.playback.goLive()
    this.runs.step()
  }

  /** Begins the experiment anew, from its seed, or the recorded run that is shown. */
  reset(): void {
    if (!this.canTrain) return
    const { player } = this.playback
    if (player) player.seek(0)
    else this.runs.open(this.store.state.runs.map(({ experiment }) => experiment))
  }

  rollBack(id?: number): void {
    this.runs.of(id).rollBack()
  }

  /** Training steps a second; null is as fast as it goes. */
  setSpeed(stepsPerSecond: number | null): void {
    this.store.set({ speed: stepsPerSecond })
    for (const run of this.runs.all) run.setSpeed(stepsPerSecond)
  }

  /** Embeddings from elsewhere have nothing that could train. */
  private get canTrain(): boolean {
    return this.store.state.embeddings === null
  }
}
