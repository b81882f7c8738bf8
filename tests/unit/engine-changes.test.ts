import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nodeAssets } from '../../cli/node-assets'
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
    data: { set: 'toy-rings', classes },
    optimizer: { rate: { kind: 'constant', value: rate } },
  })

type Action =
  { readonly kind: 'open' | 'update'; readonly choice: Choice } | { readonly kind: 'play' | 'pause' }

const choice = fc.record({
  dimension: fc.constantFrom(2, 3, 5),
  rate: fc.constantFrom(0.001, 0.002),
  // Toy rings have no class number 7: such a run fails, and what comes after must not hang on it.
  classes: fc.constantFrom([0, 1, 2], [0, 1], [0, 7]),
})

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('update' as const), choice }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('open' as const), choice }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('play' as const, 'pause' as const) }) },
)

async function engineWithRun() {
  const frames: Frame[] = []
  const runs: RunInfo[] = []
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
    backend: () => undefined,
    checkpoint: () => undefined,
    unseen: () => undefined,
    notice: () => undefined,
    reached: () => undefined,
  })
  await engine.chooseBackend('cpu')
  await engine.select({ split: 'test', count: 4 })
  await engine.open(experiment({ dimension: 2, rate: 0.001, classes: [0, 1] }))
  return { engine, frames, runs, fault: () => fault }
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
          const { engine, frames, runs, fault } = await engineWithRun()
          let last: Choice | null = null
          let pending: Promise<void> = Promise.resolve()
          for (const [next, gap] of actions) {
            if ('choice' in next) {
              last = next.choice
              const wanted = experiment(next.choice)
              pending = next.kind === 'open' ? engine.open(wanted) : engine.update(wanted, 'a change')
            } else if (next.kind === 'play') engine.play()
            else pending = engine.pause()
            if (gap > 0) await pause(gap)
          }
          await pending
          if (last?.classes.includes(7)) {
            // Said, and nothing else trains in its place.
            engine.play()
            await engine.stepOnce()
            expect(fault()).toContain('no class number 7')
            const before = frames.length
            await engine.stepOnce()
            expect(frames.length).toBe(before)
            return
          }
          await engine.pause()
          await engine.stepOnce()
          const frame = frames.at(-1)!
          const wanted = last ?? { dimension: 2, rate: 0.001, classes: [0, 1] }
          expect(frame.dimension).toBe(wanted.dimension)
          expect(frame.bias.length).toBe(wanted.classes.length)
          expect(frame.rate).toBe(wanted.rate)
          expect(frame.run).toBe(runs.at(-1)!.run)
          // Only one loop trains: nothing moves after a pause.
          const { length } = frames
          await pause(30)
          expect(frames.length).toBe(length)
        },
      ),
      { numRuns: 40 },
    )
  })
})
