import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeRecording, encodeRecording, type Keyframe, type Recording } from '../../src/io/recording-file'
import { parseHeader, RecordingFileError, type RecordingHeader } from '../../src/io/recording-header'
import { sampleRecording } from '../recording-sample'
import { altered, everyDamage } from './damaged-file'

const recording = sampleRecording()

/** Of an older file; it promises more than fits with 5,000 points. */
const HEADER = {
  version: 1,
  experiment: {},
  points: 1,
  dimension: 3,
  subCenters: 1,
  batch: 2,
  steps: 1000,
  keyframes: Array.from({ length: 1000 }, (_, k) => (k === 999 ? 1000 : k)),
  data: { name: 'x', width: 28, height: 28, classes: ['a', 'b'], train: 4, test: 5000 },
  states: 0,
  centers: false,
  tests: [],
  parameters: 8,
}
const HEAD = { bias: true, normalizeWeights: true, normalizeFeaturesFrom: null, scales: [1] }

/** The farthest that two rows are apart, over the largest number of the first. */
function error(a: Float32Array, b: Float32Array): number {
  expect(b).toHaveLength(a.length)
  const most = Math.max(...a.map(Math.abs), 1e-9)
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]!)), 0) / most
}

describe('a recording file', () => {
  it('keeps a run: features and class vectors to 1/4000 of the longest, all else as fine or finer', async () => {
    const read = await decodeRecording(await encodeRecording(recording))
    const { keyframes, losses, accuracies, parameters, moments, ...exact } = recording
    expect(read).toMatchObject(exact)
    keyframes.forEach((frame, k) => {
      const { step, features, weights, ...rows } = frame
      expect(read.keyframes[k]!.step).toBe(step)
      expect(error(features, read.keyframes[k]!.features)).toBeLessThan(1 / 4000)
      expect(error(weights, read.keyframes[k]!.weights)).toBeLessThan(1 / 4000)
      for (const name of Object.keys(rows) as (keyof typeof rows)[]) {
        expect(error(rows[name], read.keyframes[k]![name])).toBeLessThan(1 / 65000)
      }
    })
    expect(error(losses, read.losses)).toBeLessThan(1 / 65000)
    expect(error(accuracies, read.accuracies)).toBeLessThan(1 / 65000)
    expect(error(moments, read.moments)).toBeLessThan(1 / 65000)
    expect(error(parameters, read.parameters)).toBeLessThan(1 / 4000)
  })

  it('keeps features whatever they do from one keyframe to the next, also at once a thousandfold', async () => {
    const row = fc.array(fc.float({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 8, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(row, row, async (first, second) => {
        const rows = [first, second, first].map((values) => Float32Array.from(values))
        const keyframes = recording.keyframes.map((frame, k): Keyframe => ({ ...frame, features: rows[k]! }))
        const read = await decodeRecording(await encodeRecording({ ...recording, keyframes }))
        rows.forEach((values, k) => expect(error(values, read.keyframes[k]!.features)).toBeLessThan(1 / 4000))
      }),
      { numRuns: 30 },
    )
  })

  it('is refused with a typed error wherever it is damaged or cut', async () => {
    const good = await encodeRecording(recording)
    const whole = await decodeRecording(good)
    await everyDamage(good, async (bad) => {
      const result = await decodeRecording(bad).catch((reason: unknown) => reason)
      // A letter of a name or a digit of the experiment may be another; what is drawn may not.
      if (!(result instanceof RecordingFileError))
        expect((result as Recording).parameters).toEqual(whole.parameters)
    })
  })

  it('has a header that is read as it stands, or refused, whatever stands there', () => {
    const full = { ...HEADER, head: HEAD, tests: [{ step: 3, accuracy: 0.5 }], termStates: 2 }
    let taken = 0
    fc.assert(
      fc.property(fc.oneof({ weight: 9, arbitrary: altered(full) }, fc.jsonValue()), (bad) => {
        const written: unknown = JSON.parse(JSON.stringify(bad))
        let header: RecordingHeader
        try {
          header = parseHeader(written)
        } catch (error) {
          expect(error).toBeInstanceOf(RecordingFileError)
          return
        }
        taken++
        const { head, termStates, ...rest } = header
        expect(written).toMatchObject(head ? { head, ...rest } : rest)
        expect(Number.isInteger(termStates)).toBe(true)
      }),
      { numRuns: 1000 },
    )
    expect(taken).toBeGreaterThan(50)
  })

  it.each([
    [
      'a label of no class',
      { data: { ...recording.data, labels: Uint8Array.of(0, 1, 2, 1, 0, 1) } },
      'label',
    ],
    ['numbers that are not finite', { parameters: recording.parameters.map(() => Infinity) }, 'not finite'],
  ])('with %s is refused', async (_, change, message) => {
    await expect(decodeRecording(await encodeRecording({ ...recording, ...change }))).rejects.toThrow(message)
  })

  it.each([
    ['points that are not held out', { points: 5001 }, 'points'],
    ['keyframes out of order', { keyframes: [0, 500, 400, 1000] }, 'not in order'],
    ['another version', { version: 2 }, 'version'],
    ['more than fits, before memory is taken', { points: 5000 }, 'more than fits'],
    ['something that is not known', { colour: 'red' }, '"colour" is not known'],
    ['a class without a name', { data: { ...HEADER.data, classes: ['a', 2] } }, 'at data.classes.1'],
    ['half a step', { steps: 999.5 }, 'at steps: it is not a whole number'],
    ['a head without a scale', { head: { ...HEAD, scales: [] } }, 'at head.scales'],
    ['a scale for some keyframes', { head: { ...HEAD, scales: [1, 2] } }, 'some are missing'],
    ['a scale of nothing', { head: { ...HEAD, scales: [0] } }, 'at head.scales.0'],
    ['a word for a switch', { head: { ...HEAD, bias: 'yes' } }, 'at head.bias'],
    ['another word of the head', { head: { ...HEAD, margin: 1 } }, 'at head: "margin"'],
  ])('whose header has %s is refused', async (_, change, message) => {
    const text = new TextEncoder().encode(JSON.stringify({ ...HEADER, ...change }))
    const bytes = new Uint8Array(8 + text.length)
    const view = new DataView(bytes.buffer)
    view.setUint32(0, 0x3152474c, true)
    view.setUint32(4, text.length, true)
    bytes.set(text, 8)
    await expect(decodeRecording(bytes)).rejects.toThrow(RecordingFileError)
    await expect(decodeRecording(bytes)).rejects.toThrow(message)
  })
})
