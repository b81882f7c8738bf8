import { Labels } from '../../src/render/stage/labels'
import { StageModel } from '../../src/render/stage/model'
import type { StageData, StageSettings } from '../../src/render/stage/stage-data'
import type { Theme } from '../../src/render/theme'

export const THEME: Theme = {
  paper: '#ffffff',
  paperRaised: '#ffffff',
  ink: '#000000',
  ink2: '#444444',
  ink3: '#777777',
  hairline: '#dddddd',
  accent: '#bb5500',
  accentLine: '#bb5500',
  classes: ['#ff0000', '#00ff00'],
  classInks: ['#cc0000', '#008800'],
  line: 1,
  rem: 16,
  font: 'sans-serif',
  dark: false,
}

export const SETTINGS: StageSettings = {
  space: 'raw',
  regions: true,
  margins: true,
  hiddenClasses: [],
  focusedClass: null,
  pinned: null,
  note: null,
  sizes: true,
  terms: [],
  head: {
    bias: false,
    normalizeWeights: true,
    normalizeFeatures: false,
    scale: 16,
    subCenters: 1,
    loss: { kind: 'softmax', parameters: {} },
    margin: { kind: 'none', parameters: {} },
    symbols: {},
  },
}

/** Of two classes. */
export const CARRIED = {
  classMargins: new Float32Array(2),
  rarity: new Float32Array(2).fill(1),
  states: new Float32Array(4),
}

/** Points at `places` (x, y, z), of classes in turn, with unit class vectors along x and y. */
export function stageData(
  places: readonly (readonly number[])[],
  change: Partial<StageData> = {},
): StageData {
  const count = places.length
  const dimension = change.dimension ?? 2
  return {
    generation: 1,
    dimension,
    classes: ['a', 'b'],
    count,
    images: Int32Array.from({ length: count }, (_, i) => i),
    labels: Uint8Array.from({ length: count }, (_, i) => i % 2),
    positions: Float32Array.from(places.flatMap(([x = 0, y = 0, z = 0]) => [x, y, z])),
    features: Float32Array.from(
      places.flatMap((place) => Array.from({ length: dimension }, (_, k) => place[k] ?? 0)),
    ),
    predicted: Uint16Array.from({ length: count }, (_, i) => i % 2),
    targetAngle: new Float32Array(count),
    otherAngle: new Float32Array(count),
    otherClass: Uint16Array.from({ length: count }, (_, i) => 1 - (i % 2)),
    norm: Float32Array.from(places, (place) => Math.hypot(...place)),
    classPositions: Float32Array.of(1, 0, 0, 0, 1, 0),
    states: [],
    frame: {
      weights: new Float32Array(2 * dimension).fill(dimension ** -0.5),
      bias: new Float32Array(2),
      carried: CARRIED,
    },
    data: null,
    ...change,
  }
}

/** A stage of 400 × 400 pixels with these data, everything at its place. */
export function stageModel(data: StageData, settings: StageSettings = SETTINGS): StageModel {
  const model = new StageModel(data, new Labels((text, size) => 0.55 * size * text.length), THEME)
  model.camera.reducedMotion = true
  model.resize(400, 400)
  model.setSettings(settings)
  model.updateData()
  model.advance(16)
  return model
}
