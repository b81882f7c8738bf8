import { parseExperiment } from '../engine/config'
import { recordedEnd } from '../engine/recorded-end'
import type { RecordedSet } from '../engine/recordings'
import type { Checkpoint } from '../engine/checkpoint'
import type { Recording } from '../io/recording-file'
import { reasonOf } from '../io/reason'
import type { Environment } from './environment'
import { Player } from './player'
import { RecordedRun } from './recorded-run'
import type { Runs } from './runs'
import type { SessionStore } from './store'

/** Recordings that are shown side by side. */
interface Recordings {
  readonly player: Player
  readonly name: string
  /** Of each run, by its id; so are the names of the recordings, and what the engines begin with. */
  readonly runs: ReadonlyMap<number, RecordedRun>
  readonly recordings: ReadonlyMap<number, string>
  readonly ends: ReadonlyMap<number, Checkpoint>
}

/** Shows recorded runs in place of live ones, while the engines stand by with the same runs. */
export class Playback {
  private shown: Recordings | null = null
  /** The recordings whose runs the engines have. */
  private standby: Recordings | null = null
  /** Counts what was asked for, so that a recording that comes late does not replace what came after it. */
  private asked = 0

  constructor(
    private readonly store: SessionStore,
    private readonly runs: Runs,
    private readonly environment: Environment,
  ) {}

  /**
   * Shows recorded runs side by side, or one, and plays them, unless the reader wants little motion: then their end is
   * shown. Meanwhile the engines load the same runs, with the weights of the recordings' ends. Where a file can not be
   * had, or the recordings do not go together, the runs begin live.
   * @returns what is shown then; it is replaced where something else was asked for before the recordings came
   */
  async open({ name, specs }: RecordedSet): Promise<'recorded' | 'live' | 'replaced'> {
    const request = ++this.asked
    const experiments = specs.map(({ experiment }) => experiment)
    // What is changed or played before the recordings come is theirs, where there is nothing else yet.
    if (!this.shown && !this.runs.begun) this.runs.arrange(experiments)
    try {
      const recordings = await Promise.all(specs.map((spec) => this.environment.loadRecording(spec)))
      if (request !== this.asked) return 'replaced'
      this.show(recordings, { name, specs })
      return 'recorded'
    } catch (error) {
      if (request !== this.asked) return 'replaced'
      const reason = reasonOf(error)
      this.store.notify(`The recorded run could not be shown: ${reason}. Press Play to train it here.`)
      this.end()
      this.runs.open(experiments)
      return 'live'
    }
  }

  /** The player of the recordings that are shown; null while runs are live. */
  get player(): Player | null {
    return this.shown?.player ?? null
  }

  /** The name of the recording that is shown of a run; null while it is live. */
  recordingOf(id: number): string | null {
    return this.shown?.recordings.get(id) ?? null
  }

  setSpeed(speed: number): void {
    if (!this.shown) return
    this.shown.player.speed = speed
    this.report()
  }

  /**
   * The runs go on live, from the recordings' end. Where they are live already that is all; where recordings are on
   * their way these are not waited for.
   * @returns whether the recordings were playing
   */
  goLive(): boolean {
    this.asked++
    if (!this.shown) {
      if (!this.runs.begun) this.runs.begin()
      return false
    }
    const { player } = this.shown
    const { playing } = player
    this.startEngines()
    player.seek(Infinity)
    this.shown = null
    this.store.set({ playback: null })
    for (const run of this.runs.all) run.reveal()
    return playing
  }

  /** Ends recordings for other runs. */
  leave(): void {
    this.asked++
    if (this.shown) this.end()
  }

  private end(): void {
    this.shown?.player.pause()
    this.shown = null
    this.store.set({ playback: null })
    for (const run of this.runs.all) run.forget()
  }

  /** Goes on without one of the runs side by side. */
  drop(id: number): void {
    const recorded = this.shown?.runs.get(id)
    if (recorded) this.shown!.player.drop(recorded)
  }

  private show(recordings: readonly Recording[], { name, specs }: RecordedSet): void {
    // Whatever can be wrong with recordings shows here, before anything is changed.
    const experiments = recordings.map(({ experiment }) => parseExperiment(experiment))
    const ends = recordings.map((recording, k) => recordedEnd(experiments[k]!, recording))
    checkPlaces(recordings)
    if (this.shown) this.end()
    this.runs.arrange(experiments)
    this.store.set({ pinned: null })
    const runs = this.runs.all
    this.store.activate(runs[0]!.id)
    for (const run of runs) run.hide()
    const recorded = runs.map((run, k) => new RecordedRun(recordings[k]!, experiments[k]!, run.view))
    const { frames } = this.environment
    const player = new Player(recorded as [RecordedRun, ...RecordedRun[]], frames, () => this.report())
    const still = this.environment.littleMotion()
    player.smooth = !still
    player.leader = () => this.environment.playedFor(specs[0].id)
    const byRun = <T>(values: readonly T[]): ReadonlyMap<number, T> =>
      new Map(runs.map((run, k) => [run.id, values[k]!]))
    const shown = {
      player,
      name,
      runs: byRun(recorded),
      recordings: byRun(specs.map(({ id }) => id)),
      ends: byRun(ends),
    }
    this.shown = shown
    if (still) player.seek(Infinity)
    else player.play()
    this.report()
    void this.environment.pointsDrawn().then(() => {
      if (this.shown === shown) this.startEngines()
    })
  }

  /** Lets the engines load the runs that are shown, unless they do already. */
  private startEngines(): void {
    const { shown } = this
    if (!shown || shown === this.standby) return
    this.standby = shown
    this.runs.begin(shown.ends)
  }

  private report(): void {
    if (!this.shown) return
    const { player, name } = this.shown
    const { playing, ended, speed } = player
    this.store.set({ playback: { name, playing, ended, speed } })
  }
}

/** @throws {RangeError} where keyframes differ, so that the runs could not be shown at one step */
function checkPlaces(recordings: readonly Recording[]): void {
  const places = recordings.map(({ keyframes }) => keyframes.map(({ step }) => step).join())
  if (new Set(places).size > 1) throw new RangeError('runs side by side must be recorded at the same steps')
}
