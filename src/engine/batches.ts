import { Random } from '../geometry/random'
import { balancedOrder, type Balance } from './balanced'
import { PLAN_WIDTH } from './kernels/names'

/** Images move by up to this many pixels in each direction. */
const MAX_SHIFT = 1

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

/** The plan of an epoch: every training image once in random order, or balanced batches, each with its shift and its label. */
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
