import { slice1d, tensor1d, tidy, zeros, type Rank } from '@tensorflow/tfjs-core'
import { useBackend, type BackendName } from '../../../src/engine/backends'
import * as ops from '../../../src/engine/kernels/ops'
import { Random } from '../../../src/geometry/random'
import type { ActiveHead } from '../../../src/losses/head'
import { marginSymbols } from '../../../src/losses/margin-setting'
import type { MarginSetting } from '../../../src/losses/margin-function'
import { HEAD_LOSSES } from '../../../src/losses/head-loss-registry'
import { headStates } from '../../../src/losses/head-states'
import { defaultLoss } from '../../../src/losses/loss-setting'
import { MOST_STATES } from '../../../src/losses/margin-function'
import { startingStates } from '../../../src/engine/initialize'
import { SAMPLE_LOSSES } from '../../sample-losses'
import { assets } from './assets'

SAMPLE_LOSSES.forEach((loss) => HEAD_LOSSES.add(loss))

/** A head on random features and class vectors. */
export interface HeadCase {
  readonly margin: MarginSetting
  readonly bias: boolean
  readonly normalizeWeights: boolean
  readonly normalizeFeatures: boolean
  readonly scale: number
  readonly subCenters: number
  /** Features get no gradient; they do unless this says so. */
  readonly detach?: boolean
  /** What the head makes of its logits, with its defaults; a softmax unless this says otherwise. */
  readonly loss?: string
  readonly batch: number
  readonly classes: number
  readonly dimension: number
  /** Each feature is its class vector times this, instead of anything. */
  readonly along?: number
}

/** The largest difference between webgpu and cpu as a fraction of the largest magnitude, in each result. */
export async function compareHead(headCase: HeadCase): Promise<Record<string, number>> {
  const expected = await evaluate('cpu', headCase)
  const actual = await evaluate('webgpu', headCase)
  const { batch, classes, dimension } = headCase
  const sizes = {
    statistics: 2,
    dx: batch * dimension,
    dW: classes * headCase.subCenters * dimension,
    db: classes,
    dMargins: classes,
    unused: classes + MOST_STATES,
    dSharedBias: 1,
    states: MOST_STATES,
  }
  let offset = 0
  const deviations = Object.entries(sizes).map(([name, size]) => {
    const e = expected.subarray(offset, offset + size)
    const a = actual.subarray(offset, (offset += size))
    const difference = e.reduce((most, value, i) => Math.max(most, Math.abs(value - a[i]!)), 0)
    const magnitude = e.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    return [name, difference === 0 ? 0 : difference / magnitude]
  })
  return Object.fromEntries(deviations) as Record<string, number>
}

/** The loss on webgpu. */
export async function lossOf(headCase: HeadCase): Promise<number> {
  return (await evaluate('webgpu', headCase))[0]!
}

async function evaluate(
  backend: BackendName,
  { margin, batch, classes, dimension, along, detach = false, loss: kind = 'softmax', ...flags }: HeadCase,
): Promise<Float32Array> {
  await useBackend(backend, assets)
  const random = new Random(1, 'heads')
  const bias = classes * flags.subCenters * dimension
  const margins = bias + classes
  const rarity = margins + classes
  const states = margins + 2 * classes
  const sharedBias = states + MOST_STATES
  const size = sharedBias + 1
  const labels = Array.from({ length: batch }, () => random.below(classes))
  const parameters = Array.from({ length: size }, () => random.normal())
  for (let j = 0; j < classes; j++) parameters[rarity + j] = random.uniform()
  const loss = defaultLoss(kind)
  startingStates({ margin, loss, scale: flags.scale }, { classes, dimension }).forEach((value, i) => {
    parameters[states + i] = value
  })
  const features = labels.flatMap((y) =>
    Array.from({ length: dimension }, (_, k) =>
      along === undefined ? random.normal() : along * parameters[y * flags.subCenters * dimension + k]!,
    ),
  )
  const head: ActiveHead = { ...flags, margin, loss, symbols: marginSymbols(margin, 1, 100) }
  // The batch begins at row 2 of the plan.
  const plan = [0, 0, ...labels].flatMap((label) => [0, 0, 0, label])
  const attributes = {
    head,
    batch,
    classes,
    dimension,
    first: 2,
    weights: 0,
    bias,
    margins,
    rarity,
    states,
    sharedBias,
    noise: 123456789,
    slot: 1,
  }
  const result = tidy(() => {
    const inputs = { features: tensor1d(features), parameters: tensor1d(parameters) }
    const gradients = zeros<Rank.R1>([parameters.length])
    const statistics = zeros<Rank.R1>([4])
    const batchPlan = tensor1d(plan, 'int32')
    if (headStates(head).all.length > 0) ops.headState({ ...inputs, plan: batchPlan }, attributes)
    const partials = ops.headForward({ ...inputs, plan: batchPlan }, attributes)
    const dx = ops.headBackward({ ...inputs, partials, gradients, statistics }, { ...attributes, detach })
    return ops.join([statistics, dx, gradients, slice1d(inputs.parameters, states, MOST_STATES)])
  })
  const values = Float32Array.from(await result.data())
  result.dispose()
  return values.subarray(2)
}
