import { Random } from '../geometry/random'
import { balancedOrder, type Balance } from './balanced'
import type { Experiment } from './config'
import { PLAN_WIDTH } from './kernels/names'

/** Images move by up to this many pixels in each direction. */
const MAX_SHIFT = 1

/** How the images of a run are cut into batches. */
export interface BatchShape {
  /** Images in a batch. */
  readonly size: number
  /** P × K as the data set admits it, or null where batches are not balanced. */
  readonly balance: Balance | null
  /** Batches in an epoch. */
  readonly perEpoch: number
}

/**
 * @param train how many images there are to train on
 * @param presentClasses how many classes they have
 */
export function batchShape(
  { data: { sampling }, optimizer }: Pick<Experiment, 'data' | 'optimizer'>,
  train: number,
  presentClasses: number,
): BatchShape {
  if (sampling.kind === 'shuffle') return shapeOf(optimizer.batchSize, null, train)
  const classes = Math.min(sampling.classes, presentClasses)
  const perClass = Math.min(sampling.perClass, Math.floor(train / classes))
  return shapeOf(classes * perClass, { classes, perClass }, train)
}

function shapeOf(wanted: number, balance: Balance | null, train: number): BatchShape {
  const size = Math.min(wanted, train)
  return { size, balance, perEpoch: stepsPerEpoch(train, size) }
}

/** What is left of an epoch after its last whole batch is not trained on. */
export function stepsPerEpoch(train: number, batch: number): number {
  return Math.floor(train / batch)
}

/** Which images a run trains on and how; from it and the seed follow all batches. */
export interface Sampling {
  readonly seed: number
  /** Indices of the images to train on. */
  readonly indices: Int32Array
  readonly labels: Uint8Array
  readonly shifts: boolean
  /** P × K batches; null takes the images as they come. */
  readonly balance: Balance | null
}

/**
 * The plan of an epoch: every training image once in random order, or balanced batches, each with its shift and its
 * label.
 */
export function epochPlan({ seed, indices, labels, shifts, balance }: Sampling, epoch: number): Int32Array {
  const orderRandom = new Random(seed, 'order', epoch)
  const order = balance
    ? balancedOrder(indices, labels, balance, orderRandom)
    : orderRandom.shuffle(indices.slice())
  const random = new Random(seed, 'shifts', epoch)
  const plan = new Int32Array(PLAN_WIDTH * order.length)
  const shift = (): number => random.below(2 * MAX_SHIFT + 1) - MAX_SHIFT
  order.forEach((index, row) => {
    plan.set([index, ...(shifts ? [shift(), shift()] : [0, 0]), labels[index]!], PLAN_WIDTH * row)
  })
  return plan
}

/** The plan that shows every image as it is, in the order of the data set. */
export function plainPlan(labels: Uint8Array): Int32Array {
  const plan = new Int32Array(PLAN_WIDTH * labels.length)
  labels.forEach((label, index) => {
    plan.set([index, 0, 0, label], PLAN_WIDTH * index)
  })
  return plan
}
