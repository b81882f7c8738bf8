import { reasonOf } from '../io/reason'
import type { UnseenFeatures } from '../engine/unseen-watch'
import type { Verification } from '../geometry/verification'
import type { RunClient } from './client'
import type { Environment, VerifyHelper } from './environment'
import type { Runs } from './runs'
import type { VerificationSource } from './run-view'
import type { SessionStore } from './store'

/** Keeps what the active run's view says of verification up to date, beside the page. */
export class Verifier {
  private helper: VerifyHelper | null = null
  private watchers = 0
  private busy = false
  /** Only the newest is worth computing. */
  private waiting: { readonly source: VerificationSource; readonly of: RunClient } | null = null
  private watched: RunClient | null = null
  private disposed = false
  /** Ends what is being computed. */
  private fail: (error: Error) => void = () => undefined
  private readonly unsubscribe: () => void

  constructor(
    private readonly store: SessionStore,
    private readonly runs: Runs,
    private readonly environment: Environment,
  ) {
    this.unsubscribe = store.subscribe(() => this.follow())
  }

  dispose(): void {
    this.disposed = true
    this.waiting = null
    this.unsubscribe()
    this.helper?.end()
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
  verify(source: VerificationSource, of = this.runs.of()): void {
    if (this.disposed) return
    this.waiting = { source, of }
    if (!this.busy) void this.work()
  }

  /** Only the active run is asked. */
  private follow(): void {
    const wanted = this.watchers > 0 ? this.runs.of() : null
    if (wanted === this.watched) return
    this.watched?.watchUnseen(null)
    this.watched = wanted
    wanted?.watchUnseen((features) => this.receive(wanted, features))
  }

  private receive(of: RunClient, { run, step, dimension, features }: UnseenFeatures): void {
    const { data } = of.view
    if (!data || run !== of.state.run?.run) return
    const firstImage = data.train + data.test
    const labels = data.labels.subarray(firstImage)
    const names = [...data.classes, ...(data.unseen?.classes ?? [])]
    this.verify({ features, dimension, labels, names, firstImage, step, run }, of)
  }

  private async work(): Promise<void> {
    this.busy = true
    for (let next = this.waiting; next; next = this.waiting) {
      this.waiting = null
      const { source, of } = next
      try {
        const result = await this.compute(source)
        if (this.disposed) return
        // A run that has ended meanwhile is not to be seen any more.
        if (source.run !== null && source.run !== of.state.run?.run) continue
        of.view.verification = { source, result }
        of.view.changed()
      } catch (error) {
        if (this.disposed) return
        const reason = reasonOf(error)
        this.store.notify(
          `The verification could not be computed: ${reason}. It is tried again with the next features.`,
        )
      }
    }
    this.busy = false
  }

  /** What has failed is started anew the next time: it answers no more. */
  private async compute({ features, dimension, labels }: VerificationSource): Promise<Verification | null> {
    this.helper ??= this.environment.startVerifying((reason) => this.fail(new Error(reason)))
    const failed = new Promise<never>((_, reject) => {
      this.fail = (error) => {
        this.helper?.end()
        this.helper = null
        reject(error)
      }
    })
    return await Promise.race([this.helper.verify(features, dimension, labels), failed])
  }
}
