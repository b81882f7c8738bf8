import { parseExperiment } from '../../../src/engine/config'
import { DataLoader } from '../../../src/engine/data-loader'
import { withPreset } from '../../../src/engine/preset-experiment'
import { Trainer } from '../../../src/engine/trainer'
import { Random } from '../../../src/geometry/random'
import type { ImageSet } from '../../../src/io/dataset-file'
import { assets } from './assets'

/** A short training run. */
export interface Task {
  /** A configuration as in a file, with defaults for what is missing. */
  readonly experiment: unknown
  /** The id of a preset that takes the place of the head. */
  readonly preset?: string
  /** The first digits of MNIST, or noise of any size. */
  readonly data:
    | { readonly digits: number }
    | { readonly noise: number; readonly height: number; readonly width: number; readonly classes: number }
}

/** A trainer for a task, on the current backend. */
export async function trainerOf({ experiment, preset, data }: Task): Promise<Trainer> {
  const parsed = parseExperiment(experiment)
  const images = 'digits' in data ? await digits(data.digits) : noise(data)
  return new Trainer(preset === undefined ? parsed : withPreset(parsed, preset), images)
}

let mnist: Promise<ImageSet> | null = null

async function digits(count: number): Promise<ImageSet> {
  mnist ??= new DataLoader(assets).load(parseExperiment({}), () => undefined)
  const set = await mnist
  const pixels = set.pixels.subarray(0, count * set.width * set.height)
  return { ...set, train: count, test: 0, pixels, labels: set.labels.subarray(0, count) }
}

function noise({ noise, height, width, classes }: Exclude<Task['data'], { digits: number }>): ImageSet {
  const random = new Random(1, 'noise')
  return {
    name: 'noise',
    height,
    width,
    train: noise,
    test: 0,
    classes: Array.from({ length: classes }, (_, i) => String(i)),
    labels: Uint8Array.from({ length: noise }, () => random.below(classes)),
    pixels: Uint8Array.from({ length: noise * height * width }, () => random.below(256)),
  }
}
