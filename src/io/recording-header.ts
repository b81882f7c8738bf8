import { isRecord } from './is-record'

/** A recording that can't be used; the message says why in one sentence. */
export class RecordingFileError extends Error {
  override readonly name = 'RecordingFileError'
}

/** The header of a recording: what all of its rows are, and how many. */
export interface RecordingHeader {
  /** The configuration that was recorded, as JSON. */
  readonly experiment: Readonly<Record<string, unknown>>
  readonly data: {
    readonly name: string
    readonly width: number
    readonly height: number
    readonly classes: string[]
    readonly train: number
    readonly test: number
  }
  readonly points: number
  /** d */
  readonly dimension: number
  /** K */
  readonly subCenters: number
  /** Images in a training batch. */
  readonly batch: number
  readonly steps: number
  /** Their steps, from 0 to the last. */
  readonly keyframes: readonly number[]
  /** Numbers that the head carries. */
  readonly states: number
  /** Numbers that terms carry. */
  readonly termStates: number
  /** Accuracy on all held-out images, from 0 to 1. */
  readonly tests: readonly { readonly step: number; readonly accuracy: number }[]
  readonly parameters: number
  /** Follows from the experiment, for those who can't read it; null in older files. */
  readonly head: RecordedHead | null
}

/** What of the head points and class vectors are drawn with. */
export interface RecordedHead {
  readonly bias: boolean
  readonly normalizeWeights: boolean
  /** The first step at which features are normalized; null where they never are. */
  readonly normalizeFeaturesFrom: number | null
  /** s at each keyframe; one for all where it stays. */
  readonly scales: readonly number[]
}

export const VERSION = 1

/** What a header may say. Bytes that it promises are held against another limit, before memory is taken. */
const MOST = {
  steps: 200_000,
  keyframes: 1000,
  classes: 256,
  train: 200_000,
  test: 50_000,
  size: 256,
  points: 5000,
  dimension: 128,
  subCenters: 32,
  states: 16,
  termStates: 1_000_000,
  parameters: 2_000_000,
  scale: 1e6,
}

/**
 * What a JSON value says as the header of a recording. Written by hand, as all that it needs delays the first screen.
 * @throws {RecordingFileError} naming what is wrong
 */
export function parseHeader(value: unknown): RecordingHeader {
  const header = new Part(value, '', [
    'version',
    'experiment',
    'data',
    'points',
    'dimension',
    'subCenters',
    'batch',
    'steps',
    'keyframes',
    'states',
    'termStates',
    'centers',
    'tests',
    'parameters',
    'head',
  ])
  if (header.get('version') !== VERSION) header.fail('version', `it is not ${VERSION}`)
  const data = header.part('data', ['name', 'width', 'height', 'classes', 'train', 'test'])
  const classes = data.list('classes', 2, MOST.classes, (names, k) => names.text(k))
  const train = data.count('train', 1, MOST.train)
  const test = data.count('test', 1, MOST.test)
  const dimension = header.count('dimension', 2, MOST.dimension)
  const steps = header.count('steps', 1, MOST.steps)
  const keyframes = header.list('keyframes', 2, MOST.keyframes, (all, k) => all.count(k, 0, steps))
  const tests = header.list('tests', 0, MOST.keyframes, (all, k) => {
    const one = all.part(k, ['step', 'accuracy'])
    return { step: one.count('step', 0, steps), accuracy: one.number('accuracy', 0, 1) }
  })
  if (keyframes[0] !== 0 || keyframes[keyframes.length - 1] !== steps) {
    header.fail('keyframes', 'they do not go from its start to its end')
  }
  if (!rises(keyframes)) header.fail('keyframes', 'they are not in order')
  if (!rises(tests.map(({ step }) => step))) header.fail('tests', 'they are not in order')
  return {
    experiment: header.object('experiment'),
    data: {
      name: data.text('name'),
      width: data.count('width', 1, MOST.size),
      height: data.count('height', 1, MOST.size),
      classes,
      train,
      test,
    },
    points: header.count('points', 1, Math.min(test, MOST.points)),
    dimension,
    subCenters: header.count('subCenters', 1, MOST.subCenters),
    batch: header.count('batch', 1, train),
    steps,
    keyframes,
    states: header.count('states', 0, MOST.states),
    termStates: termStatesOf(header, classes.length * dimension),
    tests,
    parameters: header.count('parameters', 1, MOST.parameters),
    head: header.has('head') ? headOf(header, steps, keyframes.length) : null,
  }
}

/** Older files say whether there are centres [classes · d], in their place. */
function termStatesOf(header: Part, centers: number): number {
  const ofCenters = header.has('centers') && header.flag('centers') ? centers : 0
  return header.has('termStates') ? header.count('termStates', 0, MOST.termStates) : ofCenters
}

function headOf(header: Part, steps: number, keyframes: number): RecordedHead {
  const head = header.part('head', ['bias', 'normalizeWeights', 'normalizeFeaturesFrom', 'scales'])
  const never = head.get('normalizeFeaturesFrom') === null
  const scales = head.list('scales', 1, keyframes, (all, k) => all.number(k, 1e-6, MOST.scale))
  if (scales.length > 1 && scales.length < keyframes) head.fail('scales', 'some are missing')
  return {
    bias: head.flag('bias'),
    normalizeWeights: head.flag('normalizeWeights'),
    normalizeFeaturesFrom: never ? null : head.count('normalizeFeaturesFrom', 0, steps),
    scales,
  }
}

/** A part of the header, an object or a list, whose own parts are asked for with what they must be. */
class Part {
  private readonly values: Readonly<Record<string | number, unknown>>

  /**
   * @param path where it is, for messages; '' is the top
   * @param keys all that it may have; null for a list
   */
  constructor(
    value: unknown,
    private readonly path: string,
    keys: readonly string[] | null,
  ) {
    const list = keys === null
    if (typeof value !== 'object' || value === null || Array.isArray(value) !== list) {
      throw wrong(path, list ? 'it is not a list' : 'it is not an object')
    }
    this.values = value as Record<string | number, unknown>
    const strange = keys && Object.keys(value).find((key) => !keys.includes(key))
    if (strange !== null && strange !== undefined) throw wrong(path, `"${strange}" is not known`)
  }

  has(key: string): boolean {
    return Object.hasOwn(this.values, key)
  }

  get(key: string | number): unknown {
    return Object.hasOwn(this.values, key) ? this.values[key] : undefined
  }

  fail(key: string | number, what: string): never {
    throw wrong(this.pathOf(key), what)
  }

  number(key: string | number, least: number, most: number): number {
    const value = this.get(key)
    // NaN is in no range.
    if (typeof value === 'number' && value >= least && value <= most) return value
    return this.fail(key, `it is not a number from ${least} to ${most}`)
  }

  count(key: string | number, least: number, most: number): number {
    const value = this.number(key, least, most)
    return Number.isInteger(value) ? value : this.fail(key, 'it is not a whole number')
  }

  flag(key: string): boolean {
    const value = this.get(key)
    return typeof value === 'boolean' ? value : this.fail(key, 'it is neither true nor false')
  }

  text(key: string | number): string {
    const value = this.get(key)
    return typeof value === 'string' ? value : this.fail(key, 'it is not a text')
  }

  object(key: string): Readonly<Record<string, unknown>> {
    const value = this.get(key)
    return isRecord(value) ? value : this.fail(key, 'it is not an object')
  }

  part(key: string | number, keys: readonly string[]): Part {
    return new Part(this.get(key), this.pathOf(key), keys)
  }

  list<T>(key: string, least: number, most: number, item: (all: Part, k: number) => T): T[] {
    const value = this.get(key)
    const all = new Part(value, this.pathOf(key), null)
    const { length } = value as unknown[]
    if (length < least || length > most) this.fail(key, `it has ${length} entries, not ${least} to ${most}`)
    return Array.from({ length }, (_, k) => item(all, k))
  }

  private pathOf(key: string | number): string {
    return this.path === '' ? String(key) : `${this.path}.${key}`
  }
}

function wrong(path: string, what: string): RecordingFileError {
  return new RecordingFileError(`the header of the file is wrong at ${path || 'its top'}: ${what}`)
}

function rises(steps: readonly number[]): boolean {
  return steps.every((step, i) => i === 0 || step > steps[i - 1]!)
}
