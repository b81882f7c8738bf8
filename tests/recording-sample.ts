import { presetExperiment } from '../src/engine/preset-experiment'
import type { Keyframe, Recording } from '../src/io/recording-file'

const STEPS = 8

/** A recording of four points of two classes in the plane, of eight steps, with three keyframes. */
export function sampleRecording(): Recording {
  const wave = (length: number, k: number): Float32Array =>
    Float32Array.from({ length }, (_, i) => (1 + k) * Math.sin(1 + 3 * i + k))
  return {
    experiment: JSON.parse(JSON.stringify(presetExperiment('softmax', 2))) as Recording['experiment'],
    data: {
      name: 'sample',
      width: 28,
      height: 28,
      classes: ['a', 'b'],
      train: 2,
      test: 4,
      labels: Uint8Array.of(0, 1, 0, 1, 0, 1),
    },
    points: 4,
    dimension: 2,
    subCenters: 1,
    batch: 1,
    head: { bias: true, normalizeWeights: false, normalizeFeaturesFrom: 4, scales: [2, 3, 3] },
    tests: [
      { step: 0, accuracy: 0.5 },
      { step: 4, accuracy: 0.75 },
      { step: STEPS, accuracy: 1 },
    ],
    keyframes: [0, 4, STEPS].map((step, k): Keyframe => ({
      step,
      features: wave(8, k),
      weights: wave(4, k + 1),
      bias: wave(2, k + 2),
      classMargins: wave(2, k + 3),
      states: wave(4, k + 4),
      termStates: wave(4, k + 5),
    })),
    losses: Float32Array.from({ length: STEPS }, (_, i) => 2 / (1 + i)),
    accuracies: Float32Array.from({ length: STEPS }, (_, i) => i / STEPS),
    parameters: wave(600, 9),
    moments: wave(3, 2),
    axes: null,
  }
}
