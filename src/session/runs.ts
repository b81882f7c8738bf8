import type { BackendName } from '../engine/backends'
import type { Experiment } from '../engine/config'
import type { Checkpoint } from '../engine/trainer'
import type { ImageSet } from '../io/dataset-file'
import { RunClient } from './client'
import { Clock } from './clock'
import type { RunView } from './run-view'
import { activate, addRunState, removeRunState, setRun, useSession } from './store'

/** The runs, in the order of their letters. */
let clients: readonly RunClient[] = [client(0)]
let ids = 1

/** Keeps the runs together while they play. */
const clock = new Clock(() => clients)

function client(id: number): RunClient {
  return new RunClient(id, () => {
    if (clients.length > 1) clock.follow()
  })
}

export function everyRun(): readonly RunClient[] {
  return clients
}

/** The run of that id, or the active one. */
export function runOf(id: number = useSession.getState().active): RunClient {
  return clients.find((run) => run.id === id) ?? clients[0]!
}

/** Points and curves of the active run. */
export function runView(): RunView {
  return runOf().view
}

/** Calls `listener` after each change of the active run's view, and when another run is. @returns how to stop that */
export function subscribeView(listener: () => void): () => void {
  let stop = runView().subscribe(listener)
  const end = useSession.subscribe((now, before) => {
    if (now.active === before.active) return
    stop()
    stop = runView().subscribe(listener)
    listener()
  })
  return () => {
    stop()
    end()
  }
}

/** Adds a run behind the others, without beginning it. */
function add(experiment: Experiment): RunClient {
  const added = client(ids++)
  clients = [...clients, added]
  addRunState(added.id, experiment)
  return added
}

/** Ends a run; the others go on. The last one stays. */
export function removeRun(id: number): void {
  const gone = runOf(id)
  const first = clients.find((run) => run.id !== id)
  if (!first) return
  if (useSession.getState().active === id) activate(first.id)
  clients = clients.filter((run) => run !== gone)
  removeRunState(id)
  // What was to follow the backend of the first run has none to follow now.
  if (gone.started && !first.started) first.start()
  gone.dispose()
  if (clients.length === 1) first.allow(null)
  else clock.follow()
}

/** Makes as many runs as there are experiments, and gives each its own, without beginning any. */
export function arrangeRuns(experiments: readonly Experiment[]): void {
  for (const { id } of clients.slice(experiments.length)) removeRun(id)
  experiments.forEach((experiment, k) => {
    const run = clients[k] ?? add(experiment)
    setRun(run.id, { experiment })
  })
  for (const run of clients) run.going = false
}

/** Begins runs of these experiments, all from their start, in place of those that there are. */
export function openRuns(experiments: readonly Experiment[]): void {
  arrangeRuns(experiments)
  beginRuns()
}

/** Begins the runs that there are, each from its checkpoint in `ends`, by its id, or from its start. */
export function beginRuns(ends: ReadonlyMap<number, Checkpoint> = new Map()): void {
  const [first, ...others] = clients
  first!.open(first!.state.experiment, ends.get(first!.id))
  for (const run of others) {
    const end = ends.get(run.id) ?? null
    if (run.started) run.open(run.state.experiment, end)
    else run.prepare(end)
  }
  followBackend()
}

/** Plays all. */
export function playRuns(): void {
  if (clients.length > 1) {
    for (const run of clients) run.going = true
    clock.start()
  }
  for (const run of clients) run.play()
}

/** Pauses all: several at one step, unless that is asked for a second time. */
export function pauseRuns(): void {
  if (clients.length > 1 && clock.rest()) return
  for (const run of clients) run.pause()
}

/** One step of each, or of those that are behind. */
export function stepRuns(): void {
  const able = clients.filter(
    ({ state: { status } }) => status.kind !== 'diverged' && status.kind !== 'failed',
  )
  const least = Math.min(...able.map(({ step }) => step))
  for (const run of able) if (run.step === least) run.stepOnce()
}

/** Gives every engine the contents of a file of the user's; its arrays are given away. */
export function provideImages(hash: string, set: ImageSet): void {
  clients.forEach((run, k) => run.provide(hash, set, k === clients.length - 1))
}

/** What computes: measured, if at all, by the first run. */
export function chooseBackend(choice: BackendName | 'auto'): void {
  clients[0]!.chooseBackend(choice)
}

/** The others take what the first run has, once that is known, and start then. */
function followBackend(): void {
  const backend = clients[0]!.state.backend?.current
  if (!backend) return
  for (const run of clients.slice(1)) {
    run.chooseBackend(backend)
    if (!run.started) run.start()
  }
}

useSession.subscribe(({ runs }, { runs: before }) => {
  if (runs.length > 1 && runs[0]!.backend !== before[0]?.backend) followBackend()
})
