import { z } from 'zod'
import type { Experiment } from '../../src/engine/config'
import { intraToInterRatio, unitRows } from '../../src/geometry/compactness'
import { ActingTriplets, tripletTerm } from '../../src/losses/acting-triplets'
import { stageBatch } from '../../src/geometry/stage-batch'
import { corruptImage } from '../../src/datasets/corruption'
import { corruptionSchema, type Corruption } from '../../src/datasets/settings'
import { classifierOf, readFeatures } from '../../src/engine/evaluate'
import { fitLine } from '../../src/geometry/correlation'
import { accuracy, measure, smallestAngle } from '../../src/geometry/measure'
import { rowNorms } from '../../src/geometry/rows'
import { mean, summarize } from '../../src/geometry/quantiles'
import { Random } from '../../src/geometry/random'
import { trainingCounts } from '../../src/io/dataset-file'
import { measureTail } from '../../src/geometry/tail'
import type { TrainedRun } from '../../src/engine/train-run'

/** Each kind of corruption, from none to as bad as the page's sliders go. */
export const CORRUPTIONS: Readonly<Record<keyof Corruption, readonly number[]>> = {
  blur: [0, 0.5, 1, 1.5, 2, 3, 4],
  noise: [0, 0.1, 0.2, 0.4, 0.6, 0.8],
  occlusion: [0, 0.2, 0.4, 0.6, 0.8],
  contrast: [1, 0.8, 0.6, 0.4, 0.2, 0.1],
  downsample: [1, 2, 4, 7, 14],
}

/** Held-out images whose norms are measured under corruption. */
const CORRUPTED = 400

const curveSchema = z.array(z.number())

export const labMeasuresSchema = z.strictObject({
  testAccuracy: z.number(),
  /** Between vectors of two classes, in degrees. */
  smallestAngle: z.number(),
  /** Correlation of ‖W_j‖ with n_j; null where one of them is the same for all classes. */
  correlation: z.number().nullable(),
  /** The same where the loss does not look at ‖W_j‖: of the vectors as they lie in memory. */
  shortest: z.number(),
  longest: z.number(),
  /** Mean recall of classes with many and few images; null without such. */
  head: z.number().nullable(),
  tail: z.number().nullable(),
  /** Of held-out images of the tail, at 99 % precision; null without tail. */
  tailCoverage: z.number().nullable(),
  bias: z.strictObject({ mean: z.number(), deviation: z.number(), least: z.number(), most: z.number() }),
  /** Mean over held-out images of the largest logit's distance to the smallest. */
  logitSpan: z.number(),
  /** How compact classes are at length 1, see `intraToInterRatio`. */
  intraToInter: z.number().nullable(),
  /** Of the triplets of a balanced batch of held-out images, those that still act, and all; null without triplets. */
  acting: z.strictObject({ count: z.number(), possible: z.number() }).nullable(),
  /** Length of the mean feature over the mean length of features. */
  offCentre: z.number(),
  /** Median ‖x‖ of held-out images under each of CORRUPTIONS; null after training on a long tail. */
  norms: z
    .strictObject({
      blur: curveSchema,
      noise: curveSchema,
      occlusion: curveSchema,
      contrast: curveSchema,
      downsample: curveSchema,
    })
    .nullable(),
})

export type LabMeasures = z.output<typeof labMeasuresSchema>

/** What a finished run shows of what the labs speak of. */
export async function measureLab({ trainer, data, weights, bias }: TrainedRun): Promise<LabMeasures> {
  const { dimension, subCenters } = trainer.layout
  const classifier = classifierOf(trainer, weights, bias)
  const features = await readFeatures(trainer, data.train, data.test)
  const labels = data.labels.subarray(data.train, data.train + data.test)
  const { predicted } = measure(features, labels, dimension, classifier)
  const counts = trainingCounts(data)
  const norms = rowNorms(weights, dimension)
  const tail = measureTail(features, predicted, labels, counts, dimension, classifier)
  const centre = Array.from({ length: dimension }, (_, k) =>
    mean(Float32Array.from(labels, (_, i) => features[i * dimension + k]!)),
  )
  return {
    testAccuracy: accuracy(predicted, labels),
    smallestAngle: (180 / Math.PI) * smallestAngle(weights, dimension, subCenters),
    correlation: fitLine(counts, norms)?.r ?? null,
    shortest: Math.min(...norms),
    longest: Math.max(...norms),
    head: orNull(tail.head),
    tail: orNull(tail.tail),
    tailCoverage: orNull(tail.coverage),
    bias: {
      mean: mean(bias),
      deviation: Math.sqrt(mean(bias.map((b) => (b - mean(bias)) ** 2))),
      least: Math.min(...bias),
      most: Math.max(...bias),
    },
    logitSpan: logitSpan(features, weights, bias, dimension),
    intraToInter: intraToInterRatio(unitRows(features, dimension), labels, dimension, data.classes.length),
    acting: actingTriplets(trainer.experiment, features, labels, dimension),
    offCentre: Math.hypot(...centre) / mean(rowNorms(features, dimension)),
    norms: trainer.experiment.data.imbalance ? null : await normCurves(trainer, data),
  }
}

/** On the same kind of batch as the stage shows. */
function actingTriplets(
  { terms }: Experiment,
  features: Float32Array,
  labels: Uint8Array,
  dimension: number,
): LabMeasures['acting'] {
  const setting = tripletTerm(terms)
  if (!setting) return null
  const counted = new ActingTriplets()
  counted.count(
    setting,
    stageBatch(labels, labels.length, () => true),
    labels,
    features,
    dimension,
  )
  return { count: counted.acting, possible: counted.possible }
}

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value)

function logitSpan(
  features: Float32Array,
  weights: Float32Array,
  bias: Float32Array,
  dimension: number,
): number {
  const spans = new Float32Array(features.length / dimension).map((_, i) => {
    let least = Infinity
    let most = -Infinity
    for (let j = 0; j < bias.length; j++) {
      let logit = bias[j]!
      for (let k = 0; k < dimension; k++) logit += features[i * dimension + k]! * weights[j * dimension + k]!
      least = Math.min(least, logit)
      most = Math.max(most, logit)
    }
    return most - least
  })
  return mean(spans)
}

async function normCurves(
  trainer: TrainedRun['trainer'],
  data: TrainedRun['data'],
): Promise<LabMeasures['norms']> {
  return {
    blur: await normCurve('blur', trainer, data),
    noise: await normCurve('noise', trainer, data),
    occlusion: await normCurve('occlusion', trainer, data),
    contrast: await normCurve('contrast', trainer, data),
    downsample: await normCurve('downsample', trainer, data),
  }
}

async function normCurve(
  kind: keyof Corruption,
  trainer: TrainedRun['trainer'],
  data: TrainedRun['data'],
): Promise<number[]> {
  const { width, height } = data
  const size = width * height
  const count = Math.min(CORRUPTED, data.test)
  const curve: number[] = []
  for (const strength of CORRUPTIONS[kind]) {
    const corruption = corruptionSchema.parse({ [kind]: strength })
    const norms = new Float32Array(count)
    const chunk = trainer.evaluationChunk
    for (let first = 0; first < count; first += chunk) {
      const rows = Math.min(chunk, count - first)
      const pixels = new Uint8Array(rows * size)
      for (let i = 0; i < rows; i++) {
        const image = data.train + first + i
        const own = data.pixels.subarray(image * size, (image + 1) * size)
        pixels.set(corruptImage(own, width, height, corruption, new Random(1, 'quality', image)), i * size)
      }
      const features = trainer.featuresOf(pixels)
      norms.set(rowNorms((await features.data()) as Float32Array, trainer.layout.dimension), first)
      features.dispose()
    }
    curve.push(summarize(norms).median)
  }
  return curve
}
