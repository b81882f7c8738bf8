import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseExperiment } from '../../src/engine/config'
import { presetExperiment } from '../../src/engine/preset-experiment'
import { decodeDataset, encodeDataset } from '../../src/io/dataset-file'
import { decodeRecording, encodeRecording } from '../../src/io/recording-file'
import { decodeTable, encodePicture } from '../../src/io/table-file'
import { momentFrom, linkTo } from '../../src/session/link'
import { momentOf } from '../../src/session/moment'
import { sampleRecording } from '../recording-sample'
import { tableFile } from '../table-sample'
import { altered, mutated } from './damaged-file'
import { metered } from './metered'

const MOST = 2 ** 22

/** Whether reading ends in a value or an error of such a name, with words, in time and memory. */
async function ends(read: () => unknown, ...names: readonly string[]): Promise<void> {
  const error = await metered(MOST, read).then(
    () => null,
    (reason: unknown) => reason as Error,
  )
  if (!error) return
  expect(names, error.stack).toContain(error.name)
  expect(error.message).toMatch(/^.{10,}/u)
}

const encoder = new TextEncoder()
const text = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes)

/** A file of this program with another header before the same contents. */
function withHeader(good: Uint8Array<ArrayBuffer>, header: unknown): Uint8Array<ArrayBuffer> {
  const old = new DataView(good.buffer).getUint32(4, true)
  const json = encoder.encode(JSON.stringify(header))
  const bytes = Uint8Array.from([...good.subarray(0, 8), ...json, ...good.subarray(8 + old)])
  new DataView(bytes.buffer).setUint32(4, json.length, true)
  return bytes
}

function headerOf(good: Uint8Array<ArrayBuffer>): unknown {
  const length = new DataView(good.buffer).getUint32(4, true)
  return JSON.parse(new TextDecoder().decode(good.subarray(8, 8 + length)))
}

const dataset = await encodeDataset({
  name: 'small',
  width: 3,
  height: 2,
  classes: ['a', 'b'],
  train: 2,
  test: 1,
  unseen: { count: 1, classes: ['z'] },
  labels: Uint8Array.of(0, 1, 1, 2),
  pixels: new Uint8Array(24),
})
const recording = await encodeRecording(sampleRecording())

describe.each([
  ['a data set', dataset, decodeDataset, 'DatasetFileError'],
  ['a recording', recording, decodeRecording, 'RecordingFileError'],
] as const)('the file of %s', (_, good, decode, name) => {
  it('with bytes changed, lengths at their extremes, or parts doubled is read or refused', async () => {
    await fc.assert(
      fc.asyncProperty(mutated(good), (bad) => ends(() => decode(bad), name)),
      { numRuns: 300 },
    )
  })

  it('with a header of anything before whole contents is read or refused', async () => {
    const header = fc.oneof({ weight: 9, arbitrary: altered(headerOf(good)) }, fc.jsonValue())
    await fc.assert(
      fc.asyncProperty(header, (bad) => ends(() => decode(withHeader(good, bad)), name)),
      { numRuns: 300 },
    )
  })
})

describe('a table', () => {
  const picture = encodePicture(new Float32Array(8), [0, 1, 0, 1], Float32Array.of(1, 0, 0, 1))
  const table = { ...tableFile(), pictures: { arcface: picture } }

  it('of anything is read or refused', async () => {
    const value = altered(table).map((bad) => JSON.stringify(bad))
    const letters = mutated(encoder.encode(JSON.stringify(table))).map(text)
    await fc.assert(
      fc.asyncProperty(fc.oneof(value, letters, fc.string()), (bad) =>
        ends(() => decodeTable(bad), 'TableFileError'),
      ),
      { numRuns: 300 },
    )
  })
})

describe('a configuration', () => {
  const experiment = presetExperiment('adaface', 3)

  it('of anything is taken or refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(altered(experiment), fc.jsonValue()), (bad) =>
        ends(() => parseExperiment(bad), 'ConfigError'),
      ),
      { numRuns: 400 },
    )
  })

  it('in a link of anything is taken or refused', async () => {
    const runs = [experiment, presetExperiment('softmax', 2)]
    const link = fc.constantFrom(linkTo(momentOf(experiment), ''), linkTo(momentOf(...runs), ''))
    const letters = link.chain((good) => mutated(encoder.encode(good)).map(text))
    const anything = fc
      .tuple(fc.constantFrom('#run=', '#runs=', '#m='), fc.oneof(altered(runs), fc.jsonValue()), fc.string())
      .map(([prefix, value, more]) => prefix + btoa(text(encoder.encode(JSON.stringify(value)))) + more)
    await fc.assert(
      fc.asyncProperty(fc.oneof(letters, anything), (bad) =>
        ends(() => momentFrom(bad), 'ConfigError', 'Error'),
      ),
      { numRuns: 300 },
    )
  })

  it('in a link that is nested deeply or very long is refused', () => {
    const deep = '['.repeat(14_000) + ']'.repeat(14_000)
    for (const hash of [
      `#run=${btoa(deep.slice(7000, 21_000))}`,
      `#runs=${btoa(deep)}`,
      `#runs=${'A'.repeat(1e6)}`,
      `#m=${btoa(deep)}`,
      `#m=${'A'.repeat(1e6)}`,
    ]) {
      expect(() => momentFrom(hash)).toThrow(/it is|object|experiment|too long/)
    }
  })
})
