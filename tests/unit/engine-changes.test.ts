import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nodeAssets } from '../../cli/node-assets'
import type { BackendName } from '../../src/engine/backends'
import { parseExperiment, type Experiment } from '../../src/engine/config'
import { Engine } from '../../src/engine/engine'
import type { RunInfo } from '../../src/engine/events'
import type { Frame } from '../../src/engine/frame'

/** Changes that a run takes (the rate), that need a new one (d, classes), and data that can not be had. */
interface Choice {
  readonly dimension: number
  readonly rate: number
  readonly classes: readonly number[]
}

const experiment = ({ dimension, rate, classes }: Choice): Experiment =>
  parseExperiment({
    network: { kind: 'mlp', dimension },
    data: { set: 'toy-rings', classes, unseen: [0, 1, 2].filter((j) => !classes.includes(j)) },
    optimizer: { rate: { kind: 'constant', value: rate } },
  })

/** What does not belong to an experiment, and lasts from run to run. */
interface Settings {
  readonly count: number
  readonly backend: BackendName
  readonly watching: boolean
}

type Action =
  | { readonly kind: 'open' | 'update'; readonly choice: Choice }
  | { readonly kind: 'play' | 'pause' }
  | { readonly kind: 'set'; readonly change: Partial<Settings> }

const choice = fc.record({
  dimension: fc.constantFrom(2, 3, 5),
  rate: fc.constantFrom(0.001, 0.002),
  // Toy rings have no class number 7: such a run fails, and what comes after must not hang on it.
  classes: fc.constantFrom([0, 1, 2], [0, 1], [0, 7]),
})

const setting: fc.Arbitrary<Partial<Settings>> = fc.oneof(
  fc.record({ count: fc.constantFrom(3, 5, 6) }),
  fc.record({ backend: fc.constantFrom('cpu' as const, 'wasm' as const) }),
  fc.record({ watching: fc.boolean() }),
)

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('update' as const), choice }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('open' as const), choice }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('play' as const, 'pause' as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('set' as const), change: setting }) },
)

async function engineWithRun() {
  const frames: Frame[] = []
  const runs: RunInfo[] = []
  const unseen: { readonly run: number; readonly step: number }[] = []
  let backend: BackendName | null = null
  let fault: string | null = null
  const engine = new Engine(nodeAssets, {
    frame: (frame) => {
      frames.push(frame)
      return Promise.resolve()
    },
    status: (status) => {
      fault = status.kind === 'failed' ? status.message : null
    },
    data: () => undefined,
    run: (info) => runs.push(info),
    backend: ({ current }) => {
      backend = current
    },
    checkpoint: () => undefined,
    unseen: ({ run, step }) => unseen.push({ run, step }),
    notice: () => undefined,
    reached: () => undefined,
  })
  await engine.chooseBackend('cpu')
  await engine.select({ split: 'test', count: 4 })
  await engine.open(experiment({ dimension: 2, rate: 0.001, classes: [0, 1] }))
  return { engine, frames, runs, unseen, fault: () => fault, backend: () => backend }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

describe('changes of an engine', () => {
  it('end at the one that was asked for last, though it was asked for while another was under way', async () => {
    const { engine, frames, runs } = await engineWithRun()
    const of = (dimension: number): Experiment => experiment({ dimension, rate: 0.001, classes: [0, 1] })
    await engine.open(of(2))
    await Promise.all([engine.update(of(3), 'd 2 → 3'), engine.update(of(2), 'd 3 → 2')])
    expect(runs.at(-1)!.experiment.network.dimension).toBe(2)
    await engine.stepOnce()
    expect(frames.at(-1)).toMatchObject({ dimension: 2, step: 1 })
  })

  it('take effect in any order and with any gaps: what was asked for last is what trains', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(action, fc.constantFrom(0, 0, 0, 1, 5, 20)), { minLength: 1, maxLength: 8 }),
        async (actions) => {
          const { engine, frames, runs, unseen, fault, backend } = await engineWithRun()
          let last: Choice = { dimension: 2, rate: 0.001, classes: [0, 1] }
          let settings: Settings = { count: 4, backend: 'cpu', watching: false }
          let pending: Promise<void> = Promise.resolve()
          for (const [next, gap] of actions) {
            if (next.kind === 'open' || next.kind === 'update') {
              last = next.choice
              const wanted = experiment(next.choice)
              pending = next.kind === 'open' ? engine.open(wanted) : engine.update(wanted, 'a change')
            } else if (next.kind === 'set') {
              const { count, backend, watching } = next.change
              settings = { ...settings, ...next.change }
              if (count !== undefined) pending = engine.select({ split: 'test', count })
              if (backend !== undefined) pending = engine.chooseBackend(backend)
              if (watching !== undefined) pending = engine.watchUnseen(watching)
            } else if (next.kind === 'play') engine.play()
            else pending = engine.pause()
            if (gap > 0) await pause(gap)
          }
          await pending
          if (last.classes.includes(7)) {
            // Said, and nothing else trains in its place.
            engine.play()
            await engine.stepOnce()
            expect(fault()).toContain('no class number 7')
            const before = frames.length
            await engine.stepOnce()
            expect(frames.length).toBe(before)
            // What the run that is there takes after all: with all that was set meanwhile.
            const { network, data, optimizer } = runs.at(-1)!.experiment
            last = { dimension: network.dimension, rate: optimizer.rate.value, classes: data.classes! }
            await engine.update(experiment(last), 'back')
          }
          await engine.pause()
          const seen = unseen.length
          await engine.stepOnce()
          const frame = frames.at(-1)!
          expect(frame.dimension).toBe(last.dimension)
          expect(frame.bias.length).toBe(last.classes.length)
          expect(frame.rate).toBe(last.rate)
          expect(frame.run).toBe(runs.at(-1)!.run)
          expect(frames.findLast(({ points }) => points)?.points!.selection.count).toBe(settings.count)
          expect(backend()).toBe(settings.backend)
          const { run, step } = frame
          const looks = settings.watching && last.classes.length === 2 ? [{ run, step }] : []
          expect(unseen.slice(seen)).toEqual(looks)
          // Only one loop trains: nothing moves after a pause.
          const { length } = frames
          await pause(30)
          expect(frames.length).toBe(length)
          await engine.dispose()
        },
      ),
      { numRuns: 40 },
    )
  })
})
