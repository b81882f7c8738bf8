import type { Measures } from '../geometry/measure'
import type { ActiveHead } from '../losses/head'
import type { Carried } from '../losses/individual-margins'
import type { TermSetting } from '../losses/forms/base'
import type { StepRecord } from './read-out'

/** Which points are on the stage. */
export interface PointSelection {
  /** 'all' is the training images and then the held-out ones. */
  readonly split: 'train' | 'test' | 'all'
  /** At most this many, from the start of the split, whose order is random. */
  readonly count: number
}

/** The images of a selection: `count` from `first` on. They lie together in the data set. */
export function selectedImages(
  { split, count }: PointSelection,
  { train, test }: { readonly train: number; readonly test: number },
): { readonly first: number; readonly count: number } {
  const sizes = { train, test, all: train + test }
  return { first: split === 'test' ? train : 0, count: Math.min(count, sizes[split]) }
}

/** Fresh values for some of the points on the stage. */
export interface PointUpdate {
  /** The selection that they are part of. */
  readonly selection: PointSelection
  /** Place of the first of them among the points on the stage. */
  readonly first: number
  /** Features, row by row, `dimension` numbers each. */
  readonly features: Float32Array
  readonly measures: Measures
}

/** What the engine shows of a run at one moment. Its arrays travel by transfer. */
export interface Frame {
  /** Counts the runs of a session; frames of an older run are dropped. */
  readonly run: number
  readonly step: number
  /** Epochs passed, with fraction. */
  readonly epochs: number
  /** 1 when the planned run has passed. */
  readonly progress: number
  readonly rate: number
  readonly head: ActiveHead
  /** The terms that are added to the loss of the head. */
  readonly terms: readonly TermSetting[]
  readonly dimension: number
  /** Class weights, classes × K × dimension, and bias, one a class. */
  readonly weights: Float32Array
  readonly bias: Float32Array
  /** What the head carries from step to step, and its numbers of the classes. */
  readonly carried: Carried
  /** What the terms carry, one after the other: see `statesByKind`. */
  readonly termStates: Float32Array
  /** Where d > 3: three orthonormal directions, 3 × d, that the stage shows features along; else null. */
  readonly axes: Float32Array | null
  /** Loss and accuracy of the training batches since the last frame. */
  readonly steps: StepRecord
  readonly points: PointUpdate | null
  /** Accuracy on the held-out images when they were last all looked at, and at which step that was. */
  readonly test: { readonly step: number; readonly accuracy: number } | null
  /** null before it was measured. */
  readonly stepsPerSecond: number | null
}

/** The buffers of a frame that are transferred rather than copied. */
export function transferables({ weights, bias, carried, termStates, steps, points }: Frame): ArrayBuffer[] {
  const { classMargins, rarity, states } = carried
  const arrays = [weights, bias, classMargins, rarity, states, termStates, steps.losses, steps.accuracies]
  const measures = points
    ? Object.values(points.measures as Record<keyof Measures, Float32Array | Uint16Array>)
    : []
  const all = [...arrays, ...(points ? [points.features] : []), ...measures]
  return [...new Set(all.map(({ buffer }) => buffer as ArrayBuffer))]
}

/** Two records of steps, the second following on the first. */
export function joinSteps(a: StepRecord, b: StepRecord): StepRecord {
  if (a.losses.length === 0) return b
  return {
    firstStep: a.firstStep,
    losses: Float32Array.of(...a.losses, ...b.losses),
    accuracies: Float32Array.of(...a.accuracies, ...b.accuracies),
  }
}
