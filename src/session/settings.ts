import { sameVariables, type Experiment } from '../engine/config'
import { withPreset } from '../engine/preset-experiment'
import { reasonOf } from '../io/reason'
import type { RunClient } from './client'
import { describeChange } from './describe-change'
import { applied, differences, isShared, type Change } from './differences'
import type { Playback } from './playback'
import type { Runs } from './runs'
import type { SessionStore } from './store'

/** What there is of a selection that means something in one data set only. */
export const NO_CLASSES = { classes: undefined, unseen: undefined }

/** Changes what runs train, while they go on where that can be. */
export class Settings {
  constructor(
    private readonly store: SessionStore,
    private readonly runs: Runs,
    private readonly playback: Playback,
  ) {}

  /** Whether the run has begun: from then on changes act at once, and are marked on the timeline. */
  get begun(): boolean {
    return this.playback.player !== null || (this.runs.view.frame?.step ?? 0) > 0
  }

  /**
   * Replaces the experiment. The engine decides whether that needs a new run; a recorded run goes on live. Of runs side
   * by side all get what they have in common, and the rest too where settings are for all.
   */
  setExperiment(next: Experiment): void {
    const wasPlayed = this.playback.goLive()
    const changes = differences(this.experiment, next)
    const active = this.runs.of()
    const asked = new Map([[active, next]])
    for (const run of this.runs.all.filter((run) => run !== active)) {
      const change = this.store.state.forAll ? changes : changes.filter(isShared)
      asked.set(run, this.attempt(run.state.experiment, change))
    }
    this.setEach(asked, wasPlayed)
  }

  /** Changes every run, each in its own way. */
  changeEach(change: (experiment: Experiment) => Experiment): void {
    const wasPlayed = this.playback.goLive()
    this.setEach(new Map(this.runs.all.map((run) => [run, change(run.state.experiment)])), wasPlayed)
  }

  /**
   * Changes the head. Once a run has begun, what the user sets acts at once: the part of the curriculum that
   * would hold it back is taken out.
   * @param more other parts that change with it
   */
  setHead(change: Partial<Experiment['head']>, more: Partial<Experiment> = {}): void {
    const { experiment } = this
    const curriculum = { ...experiment.curriculum }
    if (this.begun) {
      if ('normalizeFeatures' in change) curriculum.normalizeFeaturesAt = 0
      if ('margin' in change) curriculum.margin = { start: 0, end: 0 }
      if ('scale' in change) curriculum.scale = null
    }
    this.setExperiment({ ...experiment, ...more, head: { ...experiment.head, ...change }, curriculum })
  }

  setMarginParameter(id: string, value: number): void {
    const { margin } = this.experiment.head
    this.setHead({ margin: { ...margin, parameters: { ...margin.parameters, [id]: value } } })
  }

  /** Changes which images the run gets; undefined is the data set as it comes. */
  setData(change: Partial<Experiment['data']>): void {
    const { experiment } = this
    // Absent and undefined are the same, but only one of them goes through a link.
    const entries = Object.entries({ ...experiment.data, ...change }).filter(
      ([, value]) => value !== undefined,
    )
    this.setExperiment({ ...experiment, data: Object.fromEntries(entries) as Experiment['data'] })
  }

  setTerms(terms: Experiment['terms']): void {
    this.setExperiment({ ...this.experiment, terms })
  }

  /** Sets a named loss; before a run begins with its curriculum and rate, later its head and terms alone. */
  choosePreset(id: string): void {
    const { experiment } = this
    const preset = withPreset(experiment, id)
    const next = this.inPairs() ? { ...preset, data: experiment.data } : preset
    const { terms, data } = next
    // Another number of vectors begins a new run anyway.
    const goesOn = this.begun && next.head.subCenters === experiment.head.subCenters
    if (goesOn) this.setHead({ ...next.head, start: experiment.head.start }, { terms, data })
    else this.setExperiment(next)
  }

  /** Another number of features. The named loss is set anew, as its good settings depend on it. */
  setDimension(dimension: number, presetId: string | null): void {
    const { experiment } = this
    const next = { ...experiment, network: { ...experiment.network, dimension } }
    this.setExperiment(presetId === null ? next : withPreset(next, presetId))
  }

  private get experiment(): Experiment {
    return this.store.active.experiment
  }

  private setEach(asked: ReadonlyMap<RunClient, Experiment>, wasPlayed: boolean): void {
    const anew = [...asked].some(([run, experiment]) => !sameVariables(run.state.experiment, experiment))
    // Where one of several begins anew, all do.
    if (anew && asked.size > 1) {
      this.runs.open(this.runs.all.map((run) => asked.get(run)!))
      return
    }
    for (const [run, experiment] of asked) this.change(run, experiment)
    if (wasPlayed && !anew) this.runs.play()
  }

  /** The experiment with the changes, or as it is where they do not go together with what it has. */
  private attempt(experiment: Experiment, changes: readonly Change[]): Experiment {
    try {
      return applied(experiment, changes)
    } catch (error) {
      const reason = reasonOf(error)
      this.store.notify(`One of the runs stays as it is, as the change does not fit it: ${reason}.`)
      return experiment
    }
  }

  private change(run: RunClient, next: Experiment): void {
    const before = run.state.experiment
    if (differences(before, next).length === 0) return
    const change = describeChange(before, next)
    this.store.setRun(run.id, { experiment: next })
    const { view } = run
    if (this.begun) {
      view.history.marks.push({ step: view.frame?.step ?? 0, text: change })
      view.changed()
    }
    run.update(next, change)
  }

  /** Whether a run beside the active one needs the batches as they are drawn now: those that have pairs. */
  private inPairs(): boolean {
    const { active, runs } = this.store.state
    const others = runs.filter(({ id }) => id !== active)
    const { sampling } = this.experiment.data
    return sampling.kind === 'pk' && others.some((run) => run.experiment.terms.length > 0)
  }
}
