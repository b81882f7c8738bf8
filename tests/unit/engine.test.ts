import { describe, expect, it } from 'vitest'
import { nodeAssets } from '../../cli/node-assets'
import type { Assets } from '../../src/engine/assets'
import { parseExperiment, type Experiment } from '../../src/engine/config'
import { Engine } from '../../src/engine/engine'
import type { BackendInfo, EngineStatus, RunInfo } from '../../src/engine/events'
import type { Frame } from '../../src/engine/frame'
import type { Checkpoint } from '../../src/engine/checkpoint'
import type { UnseenFeatures } from '../../src/engine/unseen-watch'
import type { ImageSet } from '../../src/io/dataset-file'

/** An engine with everything that it reported. */
function record(assets: Assets = nodeAssets) {
  const seen = {
    frames: [] as Frame[],
    statuses: [] as EngineStatus[],
    runs: [] as RunInfo[],
    backends: [] as BackendInfo[],
    checkpoints: [] as Checkpoint[],
    unseen: [] as UnseenFeatures[],
    sets: [] as ImageSet[],
    reached: [] as number[],
  }
  const engine = new Engine(assets, {
    frame: (frame) => {
      seen.frames.push(frame)
      return Promise.resolve()
    },
    status: (status) => seen.statuses.push(status),
    data: (data) => seen.sets.push(data),
    run: (info) => seen.runs.push(info),
    backend: (info) => seen.backends.push(info),
    checkpoint: (checkpoint) => seen.checkpoints.push(checkpoint),
    unseen: (features) => seen.unseen.push(features),
    notice: () => undefined,
    reached: (step) => seen.reached.push(step),
  })
  const status = (): string => seen.statuses[seen.statuses.length - 1]!.kind
  const until = async (condition: () => boolean): Promise<void> => {
    for (let i = 0; i < 400 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 25))
    expect(condition()).toBe(true)
  }
  return { engine, seen, status, until }
}

const mlp = (more: object = {}): Experiment => parseExperiment({ network: { kind: 'mlp' }, ...more })

describe('the engine', () => {
  it('shows every point at the start, then measures and takes the fastest backend', async () => {
    const { engine, seen, status } = record()
    await engine.open(mlp())
    expect(status()).toBe('paused')
    const shown = seen.frames.reduce((sum, { points }) => sum + (points?.measures.norm.length ?? 0), 0)
    expect(shown).toBeGreaterThanOrEqual(2000)
    expect(seen.frames[seen.frames.length - 1]!.test!.step).toBe(0)
    const { measures, current } = seen.backends[seen.backends.length - 1]!
    expect(measures.map(({ name }) => name).sort()).toEqual(['cpu', 'wasm', 'webgpu'])
    const best = measures.reduce((a, b) => ((b.stepsPerSecond ?? 0) > (a.stepsPerSecond ?? 0) ? b : a))
    expect(current).toBe(best.name)
  })

  it('shows points at the start, and the terms of the loss, also of a run that plays at once', async () => {
    const { engine, seen, until } = record()
    const terms = [{ kind: 'triplet' as const }]
    const opened = engine.open(mlp({ terms }))
    engine.play()
    await opened
    await until(() => seen.frames[seen.frames.length - 1]!.step > 0)
    const [first] = seen.frames
    expect(first).toMatchObject({ step: 0, points: { first: 0 }, terms })
    expect(first!.points!.measures.norm.length).toBeGreaterThanOrEqual(600)
    await engine.pause()
  })

  it('plays, reports every loss once and in order, pauses with all points at one step', async () => {
    const { engine, seen, until, status } = record()
    await engine.open(mlp())
    engine.play()
    await until(() => seen.frames[seen.frames.length - 1]!.step > 100)
    await engine.pause()
    expect(status()).toBe('paused')
    const { step, test } = seen.frames[seen.frames.length - 1]!
    expect(test!.step).toBe(step)
    const numbers = seen.frames.flatMap(({ steps }) => [...steps.losses].map((_, i) => steps.firstStep + i))
    expect(numbers).toEqual(Array.from({ length: step }, (_, i) => i))
    await engine.stepOnce()
    expect(seen.frames[seen.frames.length - 1]!.step).toBe(step + 1)
  })

  it('goes only as far as it is allowed to, and pauses there when it is told to', async () => {
    const { engine, seen, until, status } = record()
    await engine.chooseBackend('cpu')
    await engine.open(mlp())
    expect(seen.backends[seen.backends.length - 1]).toMatchObject({ current: 'cpu', measures: [] })
    engine.allow(7)
    engine.play()
    await until(() => seen.reached.includes(7))
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(Math.max(...seen.reached)).toBe(7)
    expect(status()).toBe('playing')
    engine.allow(10, true)
    await until(() => status() === 'paused')
    expect(seen.frames[seen.frames.length - 1]).toMatchObject({ step: 10, test: { step: 10 } })
    engine.allow(null)
    engine.play()
    await until(() => seen.frames[seen.frames.length - 1]!.step > 10)
    await engine.pause()
  })

  it('tells the features of unseen identities while they are watched, all of one step', async () => {
    const { engine, seen, until } = record()
    const unseen = mlp({ data: { unseen: [8, 9] } })
    await engine.open(unseen)
    expect(seen.unseen).toEqual([])
    await engine.watchUnseen(true)
    const { count } = seen.sets[0]!.unseen!
    expect(seen.unseen.map(({ step, features }) => [step, features.length])).toEqual([[0, 2 * count]])
    engine.play()
    await until(() => seen.unseen.some(({ step }) => step > 0))
    await engine.pause()
    const last = seen.unseen.at(-1)!
    const before = seen.unseen[0]!
    expect(last.step).toBe(seen.frames.at(-1)!.step)
    expect(last.features.length).toBe(2 * count)
    expect([...last.features]).not.toEqual([...before.features])
    expect(last.features.every((value) => Number.isFinite(value))).toBe(true)
    // Looking at them changed nothing: a run that was not watched has the same losses.
    const other = record()
    await other.engine.open(unseen)
    for (let i = 0; i < 3; i++) await other.engine.stepOnce()
    const losses = (frames: readonly Frame[]): number[] =>
      frames.flatMap(({ steps }) => [...steps.losses]).slice(0, 3)
    expect(losses(other.seen.frames)).toEqual(losses(seen.frames))
    await engine.watchUnseen(false)
    const told = seen.unseen.length
    await engine.stepOnce()
    expect(seen.unseen.length).toBe(told)
  })

  it('says that it plays when it was asked to while backends were measured', async () => {
    const { engine, seen, until, status } = record()
    const opening = engine.open(mlp())
    await until(() => seen.statuses.some(({ kind }) => kind === 'measuring'))
    engine.play()
    await opening
    await until(() => seen.frames[seen.frames.length - 1]!.step > 5)
    expect(status()).toBe('playing')
    await engine.pause()
    expect(status()).toBe('paused')
  })

  it('changes live without a new run, and begins one when shapes change', async () => {
    const { engine, seen } = record()
    await engine.open(mlp())
    await engine.update(mlp({ head: { bias: false } }), 'bias off')
    expect(seen.runs).toHaveLength(1)
    expect(seen.frames[seen.frames.length - 1]!.head.bias).toBe(false)
    await engine.update(mlp({ network: { kind: 'mlp', dimension: 5 } }), 'd 2 → 5')
    expect(seen.runs).toHaveLength(2)
    const last = seen.frames[seen.frames.length - 1]!
    expect(last).toMatchObject({ run: 2, dimension: 5 })
    expect(last.axes).toHaveLength(15)
  })

  it('takes other images of the same classes while the run goes on, and other classes in a new run', async () => {
    const { engine, seen } = record()
    const tail = (ratio: number): object => ({
      data: { set: 'toy-clusters', imbalance: { kind: 'exponential', ratio } },
    })
    await engine.open(mlp(tail(1)))
    await engine.stepOnce()
    // Of changes that come quickly, the images of the last are enough.
    await Promise.all([10, 50, 100].map((ratio) => engine.update(mlp(tail(ratio)), `1:${ratio}`)))
    expect(seen.sets.map(({ train }) => train)).toEqual([1000, 291])
    expect(seen.runs.map(({ run, step }) => [run, step])).toEqual([
      [1, 0],
      [1, 1],
    ])
    await engine.stepOnce()
    expect(seen.frames[seen.frames.length - 1]!.step).toBe(2)
    await engine.update(mlp({ data: { set: 'toy-clusters', classes: [0, 2, 3] } }), 'other classes')
    expect(seen.runs[2]).toMatchObject({ run: 2, step: 0 })
    expect(seen.sets[2]!.classes).toEqual(['A', 'C', 'D'])
  })

  it('says that a data set has not what is asked for, and goes on with another', async () => {
    const { engine, seen, status } = record()
    await engine.open(mlp({ data: { set: 'toy-rings', classes: [0, 7] } }))
    expect(seen.statuses[seen.statuses.length - 1]).toMatchObject({ kind: 'failed' })
    expect(JSON.stringify(seen.statuses)).toContain('Toy: rings has no class number 7')
    await engine.update(mlp({ data: { set: 'toy-rings' } }), 'other classes')
    expect(status()).toBe('paused')
  })

  it('stops at a divergence, names the change that caused it, and rolls back to good weights', async () => {
    const { engine, seen, until, status } = record()
    await engine.open(mlp())
    for (let i = 0; i < 3; i++) await engine.stepOnce()
    const wild = { kind: 'sgd', rate: { kind: 'constant', value: 10 }, momentum: 0.99, clip: null }
    await engine.update(mlp({ optimizer: wild }), 'rate 0.004 → 10')
    engine.play()
    await until(() => status() === 'diverged')
    const diverged = seen.statuses[seen.statuses.length - 1]!
    expect(diverged).toMatchObject({ kind: 'diverged', lastGood: 0 })
    expect((diverged as { cause: string }).cause).toContain('rate 0.004 → 10')
    await engine.rollBack()
    const last = seen.frames[seen.frames.length - 1]!
    expect(last.step).toBe(0)
    expect(last.points!.features.every(Number.isFinite)).toBe(true)
    expect(status()).toBe('paused')
  })

  it('ends at the end of the plan, and goes on when it is asked to', async () => {
    const { engine, seen, until, status } = record()
    await engine.open(mlp({ epochs: 1, optimizer: { batchSize: 512 } }))
    engine.play()
    await until(() => status() === 'finished')
    const end = seen.frames[seen.frames.length - 1]!
    expect(end).toMatchObject({ step: 15, progress: 1 })
    engine.play()
    await until(() => seen.frames[seen.frames.length - 1]!.step > 15)
    await engine.pause()
  })

  it('says in a sentence that data is damaged, and loads it when it is asked again', async () => {
    let damaged = true
    const { engine, seen, status } = record({
      ...nodeAssets,
      data: async (file) => {
        const bytes = await nodeAssets.data(file)
        if (damaged) bytes[5000]! ^= 255
        return bytes
      },
    })
    await engine.open(mlp())
    expect(seen.statuses[seen.statuses.length - 1]).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('MNIST digits could not be loaded: the file is damaged') as string,
    })
    damaged = false
    await engine.open(mlp())
    expect(status()).toBe('paused')
  })

  it('keeps to the speed that it is given', async () => {
    const { engine, seen } = record()
    await engine.open(mlp())
    engine.setSpeed(20)
    engine.play()
    await new Promise((resolve) => setTimeout(resolve, 1000))
    await engine.pause()
    const { step } = seen.frames[seen.frames.length - 1]!
    expect(step).toBeGreaterThan(5)
    expect(step).toBeLessThanOrEqual(30)
  })
})
