import { project } from '../../geometry/principal-axes'
import { parseExperiment, type Experiment } from '../../engine/config'
import type { Frame } from '../../engine/frame'
import { activeHead } from '../../engine/schedule'
import { count } from '../../io/import/errors'
import { nextGeneration, RunView, type VerificationView } from '../run-view'
import { MOST_POINTS, type EvaluatedEmbeddings } from './evaluate-embeddings'

/** Embeddings as stage and panels show them: like a run that has ended, of which there is one frame. */
export interface ShownEmbeddings {
  readonly name: string
  /** With all features and labels, in `evaluated.set`. */
  readonly evaluated: EvaluatedEmbeddings
  /** At most `MOST_POINTS` of the rows, for the stage. */
  readonly stage: RunView
  /** All rows of the classes that are shown, for the panels; without features and positions. */
  readonly panels: RunView
  /** Whose head is the one that reads them. */
  readonly experiment: Experiment
}

/** Embeddings ready for stage and panels. @param name of the files that they are from */
export function showEmbeddings(name: string, evaluated: EvaluatedEmbeddings): ShownEmbeddings {
  const { set, givenWeights } = evaluated
  const experiment = parseExperiment({ head: { bias: set.bias !== null, normalizeWeights: !givenWeights } })
  const frame = frameOf(evaluated, experiment)
  const onStage = Math.min(MOST_POINTS, evaluated.rows.length)
  return {
    name,
    evaluated,
    experiment,
    stage: viewOf(evaluated, frame, onStage),
    panels: Object.assign(viewOf(evaluated, frame, evaluated.rows.length), {
      verification: verificationOf(evaluated),
    }),
  }
}

function verificationOf({ set, verification: result }: EvaluatedEmbeddings): VerificationView {
  const { features, dimension, labels, classes: names } = set
  return { source: { features, dimension, labels, names, firstImage: null, run: null, step: null }, result }
}

function viewOf(
  { set, shownClasses, labels, measures, rows, ...others }: EvaluatedEmbeddings,
  frame: Frame,
  n: number,
) {
  const view = new RunView()
  const classPositions = new Float32Array(3 * shownClasses.length)
  project(classPositions, frame.weights, shownClasses.length, set.dimension, others.axes)
  const { predicted, targetAngle, otherAngle, otherClass, norm } = measures
  return Object.assign(view, {
    // A set without pictures: they have no width.
    data: {
      name: set.name,
      width: 0,
      height: 0,
      pixels: new Uint8Array(),
      labels,
      classes: [...shownClasses].map((j) => set.classes[j]!),
      train: rows.length,
      test: 0,
    },
    frame,
    classPositions,
    dimension: set.dimension,
    count: n,
    generation: nextGeneration(),
    positions: others.positions,
    images: Int32Array.from(rows.subarray(0, n)),
    labels: labels.subarray(0, n),
    predicted: predicted.subarray(0, n),
    targetAngle: targetAngle.subarray(0, n),
    otherAngle: otherAngle.subarray(0, n),
    otherClass: otherClass.subarray(0, n),
    norm: norm.subarray(0, n),
  })
}

function frameOf({ set, weights, bias, axes }: EvaluatedEmbeddings, experiment: Experiment): Frame {
  const none = new Float32Array()
  return {
    run: 0,
    step: 0,
    epochs: 0,
    progress: 1,
    rate: 0,
    dimension: set.dimension,
    head: activeHead(experiment, 1, 0),
    terms: [],
    weights,
    bias,
    axes,
    termStates: new Float32Array(0),
    points: null,
    test: null,
    stepsPerSecond: null,
    carried: { classMargins: none, rarity: none, states: none },
    steps: { firstStep: 0, losses: none, accuracies: none },
  }
}

/** What of the set is on the stage, and what its arrows are: one sentence for the caption. */
export function describeEmbeddings({ evaluated }: ShownEmbeddings): string {
  const { set, rows, shownClasses, givenWeights } = evaluated
  const all = set.labels.length
  const drawn = Math.min(MOST_POINTS, rows.length)
  const points =
    drawn < all ? `${count(drawn)} of ${count(all)} points, drawn at random` : `${count(all)} points`
  const classes =
    shownClasses.length < set.classes.length
      ? `; the ${count(shownClasses.length)} largest of ${count(set.classes.length)} classes`
      : ''
  return `${points}${classes}; arrows are ${givenWeights ? 'the class weights' : 'the means of the classes'}.`
}
