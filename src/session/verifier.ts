import { wrap, type Remote } from 'comlink'
import type { UnseenFeatures } from '../engine/unseen-watch'
import { reasonOf } from '../io/reason'
import type { RunClient } from './client'
import { runOf } from './runs'
import type { VerificationSource } from './run-view'
import { notify, useSession } from './store'
import type { VerifyHere } from './verification-worker'

/** Keeps what the active run's view says of verification up to date, in a worker of its own. */
class Verifier {
  private remote: Remote<VerifyHere> | null = null
  private watchers = 0
  private busy = false
  /** Only the newest is worth computing. */
  private waiting: { readonly source: VerificationSource; readonly of: RunClient } | null = null
  private watched: RunClient | null = null

  constructor() {
    useSession.subscribe(() => this.follow())
  }

  /** Asks for the features of the run's unseen identities until the returned function is called. */
  watch(): () => void {
    this.watchers++
    this.follow()
    let watching = true
    return () => {
      if (!watching) return
      watching = false
      this.watchers--
      this.follow()
    }
  }

  /** Verifies features from wherever they are; what is computed already stays until then. */
  show(source: VerificationSource, of = runOf()): void {
    this.waiting = { source, of }
    if (!this.busy) void this.work()
  }

  /** Only the active run is asked. */
  private follow(): void {
    const wanted = this.watchers > 0 ? runOf() : null
    if (wanted === this.watched) return
    this.watched?.watchUnseen(null)
    this.watched = wanted
    wanted?.watchUnseen((features) => this.takeRun(wanted, features))
  }

  private takeRun(of: RunClient, { run, step, dimension, features }: UnseenFeatures): void {
    const { data } = of.view
    if (!data || run !== of.state.run?.run) return
    const firstImage = data.train + data.test
    const labels = data.labels.subarray(firstImage)
    const names = [...data.classes, ...(data.unseen?.classes ?? [])]
    this.show({ features, dimension, labels, names, firstImage, step, run }, of)
  }

  private async work(): Promise<void> {
    this.busy = true
    for (let next = this.waiting; next; next = this.waiting) {
      this.waiting = null
      const { source, of } = next
      try {
        const result = await this.worker()(source.features, source.dimension, source.labels)
        // A run that has ended meanwhile is not to be seen any more.
        if (source.run !== null && source.run !== of.state.run?.run) continue
        of.view.verification = { source, result }
        of.view.changed()
      } catch (error) {
        const reason = reasonOf(error)
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
