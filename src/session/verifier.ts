import { wrap, type Remote } from 'comlink'
import type { UnseenFeatures } from '../engine/unseen-watch'
import { engine, runView } from './client'
import type { VerificationSource } from './run-view'
import { notify, useSession } from './store'
import type { VerifyHere } from './verification-worker'

/** Keeps what the run's view says of verification up to date, in a worker of its own. */
class Verifier {
  private remote: Remote<VerifyHere> | null = null
  private watchers = 0
  private busy = false
  /** Only the newest is worth computing. */
  private waiting: VerificationSource | null = null

  /** Asks for the features of the run's unseen identities until the returned function is called. */
  watch(): () => void {
    if (this.watchers++ === 0) engine.watchUnseen((features) => this.takeRun(features))
    let watching = true
    return () => {
      if (!watching) return
      watching = false
      if (--this.watchers === 0) engine.watchUnseen(null)
    }
  }

  /** Verifies features from wherever they are; what is computed already stays until then. */
  show(source: VerificationSource): void {
    this.waiting = source
    if (!this.busy) void this.work()
  }

  private takeRun({ run, step, dimension, features }: UnseenFeatures): void {
    const { data } = runView
    if (!data || run !== useSession.getState().run?.run) return
    const firstImage = data.train + data.test
    const labels = data.labels.subarray(firstImage)
    const names = [...data.classes, ...(data.unseen?.classes ?? [])]
    this.show({ features, dimension, labels, names, firstImage, step, run })
  }

  private async work(): Promise<void> {
    this.busy = true
    for (let next = this.waiting; next; next = this.waiting) {
      this.waiting = null
      try {
        const result = await this.worker()(next.features, next.dimension, next.labels)
        // A run that has ended meanwhile is not to be seen any more.
        if (next.run !== null && next.run !== useSession.getState().run?.run) continue
        runView.verification = { source: next, result }
        runView.changed()
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        notify(`The verification could not be computed: ${reason}. It is tried again with the next features.`)
      }
    }
    this.busy = false
  }

  private worker(): Remote<VerifyHere> {
    this.remote ??= wrap<VerifyHere>(
      new Worker(new URL('./verification-worker.ts', import.meta.url), { type: 'module' }),
    )
    return this.remote
  }
}

export const verifier = new Verifier()
