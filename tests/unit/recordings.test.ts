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
import { recordedEnd } from '../../src/engine/recorded-end'
import { RECORDINGS } from '../../src/labs/recordings'
import { LABS, recordedSetsOf } from '../../src/labs/registry'
import { Trainer } from '../../src/engine/trainer'
import { decodeRecording, encodeRecording } from '../../src/io/recording-file'

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
