import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { nodeAssets } from '../../cli/node-assets'
import { ROOT } from '../../cli/root'
import { useBackend } from '../../src/engine/backends'
import { parseExperiment } from '../../src/engine/config'
import { DataLoader } from '../../src/engine/data-loader'
import { evaluateAccuracy } from '../../src/engine/evaluate'
import { keyframeSteps, recordRun } from '../../src/engine/record'
import { recordedHead } from '../../src/engine/recorded-head'
import { recordedEnd } from '../../src/engine/recorded-end'
import { repackRecording } from '../../src/engine/repack'
import { RECORDINGS } from '../../src/labs/recordings'
import { LABS, recordedSetsOf } from '../../src/labs/registry'
import { Trainer } from '../../src/engine/trainer'
import { decodeRecording, encodeRecording, replaceHeader } from '../../src/io/recording-file'

const FOLDER = join(ROOT, 'public/recordings')
const read = (id: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(join(FOLDER, `${id}.bin`)))

beforeAll(() => useBackend('wasm', nodeAssets))

describe('the recordings in public/recordings', () => {
  it('are those of the list', () => {
    expect(readdirSync(FOLDER).sort()).toEqual(RECORDINGS.map(({ id }) => `${id}.bin`).sort())
  })

  // Where this fails: npm run record -- --only ID
  it.each(RECORDINGS)('$id is of its experiment, whole and below 1 MB', async ({ id, experiment }) => {
    const bytes = read(id)
    expect(bytes.length).toBeLessThan(1_000_000)
    const recording = await decodeRecording(bytes)
    expect(parseExperiment(recording.experiment)).toEqual(experiment)
    const stepsPerEpoch = Math.floor(recording.data.train / recording.batch)
    expect(recording.losses).toHaveLength(experiment.epochs * stepsPerEpoch)
    expect(recording.tests.at(-1)!.accuracy).toBeGreaterThan(2 * recording.tests[0]!.accuracy)
    expect(recording.keyframes.length).toBeGreaterThanOrEqual(40)
  })

  // Where this fails: npm run record -- --repack
  it.each(RECORDINGS)('$id says of the head what follows from its experiment', async ({ id, experiment }) => {
    const { head, keyframes, data, batch } = await decodeRecording(read(id))
    const steps = keyframes.map(({ step }) => step)
    expect(head).toEqual(recordedHead(experiment, steps, Math.floor(data.train / batch)))
  })

  it.each(LABS.all.flatMap(recordedSetsOf))('$name: what is shown together is below 1 MB', ({ specs }) => {
    const bytes = specs.map(({ id }) => read(id).length)
    expect(bytes.reduce((sum, length) => sum + length, 0)).toBeLessThan(1_000_000)
  })

  it('end with weights that read digits as the run did, so that training goes on there', async () => {
    const { experiment, id } = RECORDINGS[0]!
    const recording = await decodeRecording(read(id))
    const data = await new DataLoader(nodeAssets).load(experiment, () => undefined)
    const trainer = new Trainer(experiment, data)
    trainer.restore(recordedEnd(experiment, recording))
    expect([trainer.step, trainer.progress]).toEqual([2500, 1])
    const { weights, bias } = await trainer.read()
    const { test } = await evaluateAccuracy(trainer, data, weights, bias)
    expect(Math.abs(test - recording.tests.at(-1)!.accuracy)).toBeLessThan(0.003)
    trainer.dispose()
  })
})

describe('recording', () => {
  it('gives the same bytes for the same experiment, and begins as the committed file does', async () => {
    const { experiment, id } = RECORDINGS[0]!
    const data = await new DataLoader(nodeAssets).load(experiment, () => undefined)
    const plan = { points: 600, keyframes: 3, steps: 4 }
    const first = await encodeRecording(await recordRun(experiment, data, plan))
    const second = await encodeRecording(await recordRun(experiment, data, plan))
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true)
    const again = await decodeRecording(first)
    const committed = await decodeRecording(read(id))
    // Other processors round otherwise.
    again.losses.forEach((loss, i) => expect(loss).toBeCloseTo(committed.losses[i]!, 2))
    const most = Math.max(...committed.keyframes[0]!.features)
    again.keyframes[0]!.features.forEach((value, i) => {
      expect(Math.abs(value - committed.keyframes[0]!.features[i]!)).toBeLessThan(0.01 * most)
    })
  })

  it('has the more keyframes, the earlier', () => {
    const steps = keyframeSteps(2500, 100)
    expect([steps[0], steps.at(-1)]).toEqual([0, 2500])
    const gaps = steps.slice(1).map((step, i) => step - steps[i]!)
    expect(Math.min(...gaps)).toBeGreaterThan(0)
    expect(gaps[0]).toBeLessThan(gaps.at(-1)! / 4)
    expect(keyframeSteps(4, 100)).toEqual([0, 1, 2, 3, 4])
  })
})

describe('repacking', () => {
  const { id } = RECORDINGS[0]!

  it('makes of an older file the one of today, byte for byte', async () => {
    const { experiment } = await decodeRecording(read(id))
    const older: Record<string, unknown> = {
      ...experiment,
      head: { ...(experiment.head as object), detach: undefined, pulls: true },
      terms: undefined,
      auxiliaries: experiment.terms,
    }
    const before = replaceHeader(read(id), { experiment: older, head: null })
    expect((await decodeRecording(before)).head).toBeNull()
    const after = await repackRecording(before)
    expect(Buffer.from(after).equals(read(id))).toBe(true)
  })

  it('says of a head when features come to be normalized, and how s grows', () => {
    const experiment = parseExperiment({
      ...RECORDINGS[0]!.experiment,
      curriculum: { normalizeFeaturesAt: 0.5, scale: { from: 10, start: 0.25, end: 0.75 } },
      epochs: 4,
    })
    const of = (change: object) => recordedHead({ ...experiment, ...change }, [0, 100, 200, 400], 100)
    expect(of({})).toEqual({
      bias: false,
      normalizeWeights: true,
      normalizeFeaturesFrom: 200,
      scales: [10, 10, 15, 20],
    })
    const atOnce = { curriculum: { ...experiment.curriculum, normalizeFeaturesAt: 0 } }
    expect(of(atOnce).normalizeFeaturesFrom).toBe(0)
    const plain = { head: { ...experiment.head, normalizeFeatures: false } }
    expect(of(plain).normalizeFeaturesFrom).toBeNull()
    expect(of({ curriculum: { ...experiment.curriculum, scale: null } }).scales).toEqual([20])
  })
})
