import { accuracy, measure } from '../geometry/measure'
import { PrincipalAxes } from '../geometry/principal-axes'
import { Random } from '../geometry/random'
import type { ImageSet } from '../io/dataset-file'
import { PARAMETER_ROW, type Keyframe, type Recording } from '../io/recording-file'
import { stepsPerEpoch } from './batches'
import type { Experiment } from './config'
import { recordedHead } from './recorded-head'
import type { RecordingSpec } from './recordings'
import { classifierOf, readFeatures } from './evaluate'
import { STATISTICS_SLOTS } from './read-out'
import { divergedError } from './train-steps'
import { Trainer } from './trainer'

interface RecordPlan {
  /** Held-out images on the stage. */
  readonly points: number
  readonly keyframes: number
  /** Where to stop; null is the end of the planned run. */
  readonly steps: number | null
}

const RECORD_PLAN: RecordPlan = { points: 600, keyframes: 100, steps: null }
/** Of runs side by side: their stages are smaller, and their files come together. */
const BESIDE_PLAN: RecordPlan = { points: 400, keyframes: 64, steps: null }
/** With many features a keyframe is large. */
const MANY_FEATURES_PLAN: RecordPlan = { points: 332, keyframes: 40, steps: null }

/** What of an experiment is recorded, so that the files of all runs that are shown together stay below 1 MB. */
export function planFor({
  experiment: { network },
  among,
}: Pick<RecordingSpec, 'experiment' | 'among'>): RecordPlan {
  if (network.dimension > 3) return MANY_FEATURES_PLAN
  return among > 1 ? BESIDE_PLAN : RECORD_PLAN
}

/** All held-out images are looked at in every so many keyframes, and in the last. */
const TEST_EVERY = 4
/** Above 1, keyframes lie the denser, the earlier: a run changes most at its start. */
const DENSITY = 1.6
const AXES_ITERATIONS = 100

/**
 * Trains an experiment on the current backend, and keeps what there is to see of it. On one machine, the same
 * experiment and plan give the same recording.
 * @param onProgress is told from 0 to 1 how much is done
 * @throws {DivergedError} when the run diverges
 */
export async function recordRun(
  experiment: Experiment,
  data: ImageSet,
  plan: RecordPlan,
  onProgress: (fraction: number) => void = () => undefined,
): Promise<Recording> {
  const trainer = new Trainer(experiment, data)
  try {
    return await record(trainer, data, plan, onProgress)
  } finally {
    trainer.dispose()
  }
}

async function record(
  trainer: Trainer,
  data: ImageSet,
  plan: RecordPlan,
  onProgress: (fraction: number) => void,
): Promise<Recording> {
  const { experiment, layout } = trainer
  const steps = plan.steps ?? trainer.stepsLeft
  const points = Math.min(plan.points, data.test)
  const keyframes: Keyframe[] = []
  const tests: { step: number; accuracy: number }[] = []
  const losses = new Float32Array(steps)
  const accuracies = new Float32Array(steps)
  const frameSteps = keyframeSteps(steps, plan.keyframes)
  for (const step of frameSteps) {
    while (trainer.step < step) {
      const end = Math.min(step, trainer.step + STATISTICS_SLOTS)
      while (trainer.step < end) trainer.trainStep()
      const read = (await trainer.read()).steps
      losses.set(read.losses, read.firstStep)
      accuracies.set(read.accuracies, read.firstStep)
    }
    const { weights, bias, carried, termStates } = await trainer.read()
    const last = step === steps
    const tested = last || keyframes.length % TEST_EVERY === 0
    const features = await readFeatures(trainer, data.train, tested ? data.test : points)
    if (!losses.every(Number.isFinite) || !features.every(Number.isFinite)) {
      throw divergedError(trainer)
    }
    if (tested) {
      const labels = data.labels.subarray(data.train, data.train + data.test)
      const { predicted } = measure(features, labels, layout.dimension, classifierOf(trainer, weights, bias))
      tests.push({ step, accuracy: Math.round(1e4 * accuracy(predicted, labels)) / 1e4 })
    }
    keyframes.push({
      step,
      features: features.slice(0, points * layout.dimension),
      weights,
      bias,
      classMargins: carried.classMargins,
      states: carried.states,
      termStates,
    })
    onProgress(step / steps)
  }
  const { parameters: all, moments } = await trainer.checkpoint()
  // What terms carry is in the last keyframe, so that a recording does not depend on which terms there are.
  const parameters = all.subarray(0, layout.termsAt)
  const { name, width, height, classes, train, test } = data
  return {
    experiment: JSON.parse(JSON.stringify(experiment)) as Recording['experiment'],
    data: {
      name,
      width,
      height,
      classes,
      train,
      test,
      labels: data.labels.slice(0, train + test),
    },
    points,
    dimension: layout.dimension,
    subCenters: layout.subCenters,
    batch: trainer.batch,
    tests,
    head: recordedHead(experiment, frameSteps, stepsPerEpoch(train, trainer.batch)),
    keyframes,
    losses,
    accuracies,
    parameters,
    axes: principalAxes(experiment, keyframes[keyframes.length - 1]!.features),
    moments: meanRoots(moments.subarray(all.length, all.length + layout.termsAt)),
  }
}

/** The axes along which a run ends, found as a live run finds them; null where features are shown as they are. */
function principalAxes({ network, seed }: Experiment, features: Float32Array): Float32Array | null {
  if (network.dimension <= 3) return null
  const principal = new PrincipalAxes(network.dimension, new Random(seed, 'axes'))
  principal.follow(features, AXES_ITERATIONS)
  return principal.axes
}

/** Roots of the means of the second moments of `PARAMETER_ROW` parameters each; zeros where the optimizer has none. */
function meanRoots(moments: Float32Array): Float32Array {
  return Float32Array.from({ length: Math.ceil(moments.length / PARAMETER_ROW) }, (_, k) => {
    const row = moments.subarray(k * PARAMETER_ROW, (k + 1) * PARAMETER_ROW)
    return Math.sqrt(row.reduce((sum, value) => sum + value, 0) / row.length)
  })
}

/** Steps from 0 to `steps`, at most `count` of them. */
export function keyframeSteps(steps: number, count: number): number[] {
  const all = Array.from({ length: count }, (_, k) => Math.round(steps * (k / (count - 1)) ** DENSITY))
  return [...new Set(all)]
}
