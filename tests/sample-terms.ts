import { ORIGIN } from '../src/losses/drawings/term-drawing'
import type { TermBase } from '../src/losses/forms/base'
import type { CenterTerm } from '../src/losses/forms/centers'
import type { FeatureTerm } from '../src/losses/forms/features'
import type { PairTerm } from '../src/losses/forms/pairs'
import type { Term } from '../src/losses/forms/term'
import type { WeightTerm } from '../src/losses/forms/weights'

// A term of each form that the project does not have: nothing but these files knows of them.

const parameter = { symbol: 'q', label: 'q', unit: '', min: 0, max: 10, step: 0.1, help: 'None.' } as const
const base = (id: string, equation: string): Omit<TermBase, 'parameters'> => ({
  id,
  name: id,
  summary: 'It is there to be tested.',
  watch: 'Nothing is shown.',
  source: { text: 'made up', year: 2026 },
  equation,
  lines: [],
  weight: 0.3,
})

/** The mean of exp(−t d²) over all pairs, whatever their classes. */
const crowd: PairTerm = {
  ...base('test-crowd', String.raw`\operatorname{mean}e^{-\p{t}\,\lVert\x_i-\x_j\rVert^2}`),
  form: 'pairs',
  drawing: {
    name: 'crowd',
    begin:
      () =>
      ({ eachActing }) => {
        const act = { most: 0, samples: [0, 0] as readonly number[] }
        eachActing((samples, loss) => {
          if (loss > act.most) Object.assign(act, { most: loss, samples })
        })
        const [i, j] = act.samples.map((at) => ({ of: 'sample', at }) as const)
        return {
          marks: [{ shape: 'line', from: i!, to: j!, tone: 'accent', width: 5, ends: 'small' }],
          caption: `The two nearest are ${act.samples.join(' and ')}.`,
        }
      },
  },
  parameters: [{ ...parameter, id: 't', default: 0.4 }],
  evaluate: ({ size, squared }, { parameters }, coefficients, act) => {
    const pairs = (size * (size - 1)) / 2
    let sum = 0
    for (let i = 0; i < size; i++) {
      for (let j = i + 1; j < size; j++) {
        const value = Math.exp(-parameters.t! * squared[i * size + j]!)
        sum += value
        coefficients[i * size + j]! -= (parameters.t! * value) / pairs
        if (value > 0) act?.([i, j], value)
      }
    }
    return pairs === 0 ? 0 : sum / pairs
  },
  shader: () => `
fn term(thread: u32) -> f32 {
  let size = settings.batch;
  let pairs = f32(size * (size - 1u) / 2u);
  var sum = 0.0;
  for (var at = thread; at < size * size; at += THREADS) {
    if (at / size >= at % size) { continue; }
    let value = exp(-settings.t * squared[at]);
    sum += value;
    coefficients[at] = -settings.t * value / pairs;
  }
  return add(vec4f(sum, 0.0, 0.0, 0.0), thread).x / pairs;
}`,
}

/** The mean of sqrt(1 + ‖x − c_y‖²) − 1; each sample moves its centre by a part of the way. */
const anchor: CenterTerm = {
  ...base('test-anchor', String.raw`\sqrt{1+\lVert\x-c_y\rVert^2}-1`),
  form: 'centers',
  drawing: {
    name: 'anchors',
    begin:
      () =>
      ({ classes, state }) => ({
        marks: classes.flatMap((_, j) => {
          const center = { of: 'center', at: j } as const
          return [
            { shape: 'diamond', at: center, class: j, above: true } as const,
            { shape: 'line', from: { of: 'mean', at: j }, to: center, tone: { class: j }, width: 3 } as const,
          ]
        }),
        caption: `Each class has an anchor, ${state.length} numbers in all.`,
      }),
  },
  lines: [String.raw`c_y\leftarrow c_y+\p{speed}(\bar{\x}-c_y)`],
  parameters: [{ ...parameter, id: 'speed', default: 0.2 }],
  evaluate: ({ size, labels, dimension, features, centers }, _, gradient) => {
    let sum = 0
    for (let i = 0; i < size; i++) {
      const away = Array.from(
        { length: dimension },
        (__, k) => features[i * dimension + k]! - centers[labels[i]! * dimension + k]!,
      )
      const root = Math.sqrt(1 + away.reduce((square, v) => square + v * v, 0))
      sum += root - 1
      away.forEach((v, k) => (gradient[i * dimension + k]! += v / root / size))
    }
    return sum / size
  },
  move: ({ size, labels, dimension, features, centers }, { parameters }) => {
    const start = centers.slice()
    for (let i = 0; i < size; i++) {
      for (let k = 0; k < dimension; k++) {
        const at = labels[i]! * dimension + k
        centers[at]! += (parameters.speed! / size) * (features[i * dimension + k]! - start[at]!)
      }
    }
  },
  shader: `
fn term(thread: u32) -> f32 {
  let size = f32(settings.batch);
  var sum = 0.0;
  for (var i = thread; i < settings.batch; i += THREADS) {
    let center = settings.state + labelOf(i) * settings.dimension;
    var square = 1.0;
    for (var k = 0u; k < settings.dimension; k++) {
      let away = seen[i * settings.dimension + k] - parameters[center + k];
      square += away * away;
    }
    let root = sqrt(square);
    sum += root - 1.0;
    for (var k = 0u; k < settings.dimension; k++) {
      let away = seen[i * settings.dimension + k] - parameters[center + k];
      wanted[i * settings.dimension + k] = away / root / size;
    }
  }
  // Every value is read before any centre moves.
  let loss = add(vec4f(sum, 0.0, 0.0, 0.0), thread).x / size;
  storageBarrier();
  for (var at = thread; at < settings.classes * settings.dimension; at += THREADS) {
    let start = parameters[settings.state + at];
    var change = 0.0;
    for (var i = 0u; i < settings.batch; i++) {
      if (labelOf(i) == at / settings.dimension) {
        change += seen[i * settings.dimension + at % settings.dimension] - start;
      }
    }
    parameters[settings.state + at] = start + settings.speed / size * change;
  }
  return loss;
}`,
}

/** Ring loss (Zheng et al. 2018): half the mean of (‖x‖ − R)², R learned. */
const ring: FeatureTerm = {
  ...base('test-ring', String.raw`\tfrac{\p{factor}}2(\lVert\x\rVert-R)^2`),
  form: 'features',
  drawing: {
    name: 'ring',
    begin:
      () =>
      ({ state }) => ({
        marks: [{ shape: 'border', around: ORIGIN, square: state[0]! ** 2 }],
        caption: `The ring has the radius ${state[0]}.`,
      }),
  },
  parameters: [{ ...parameter, id: 'factor', default: 1.5 }],
  learned: [{ id: 'radius', start: 2 }],
  evaluate: ({ feature, learned }, { parameters }, gradient, slopes) => {
    const length = Math.max(1e-6, Math.hypot(...feature))
    const away = length - learned[0]!
    feature.forEach((v, k) => (gradient[k]! += (parameters.factor! * away * v) / length))
    slopes[0]! -= parameters.factor! * away
    return 0.5 * parameters.factor! * away * away
  },
  shader: `
fn term(i: u32) -> f32 {
  let first = i * settings.dimension;
  var square = 0.0;
  for (var k = 0u; k < settings.dimension; k++) { square += seen[first + k] * seen[first + k]; }
  let length = max(1e-6, sqrt(square));
  let away = length - learned(0u);
  for (var k = 0u; k < settings.dimension; k++) {
    wanted[first + k] = settings.factor * away * seen[first + k] / length;
  }
  slopes[0] -= settings.factor * away;
  return 0.5 * settings.factor * away * away;
}`,
}

/** The mean of ‖w‖⁴ over the class vectors, each weighed by how rare its class is. */
const short: WeightTerm = {
  ...base('test-short', String.raw`\p{strength}\operatorname{mean}\lVert W_j\rVert^4`),
  form: 'weights',
  usesRarity: true,
  parameters: [{ ...parameter, id: 'strength', default: 0.5 }],
  evaluate: ({ weights, rarity, subCenters }, { parameters }, gradient) => {
    const rows = rarity.length * subCenters
    const dimension = weights.length / rows
    let sum = 0
    for (let row = 0; row < rows; row++) {
      const own = weights.subarray(row * dimension, (row + 1) * dimension)
      let square = 0
      for (const w of own) square += w * w
      const factor = (parameters.strength! * rarity[Math.floor(row / subCenters)]!) / rows
      sum += factor * square * square
      own.forEach((w, k) => (gradient[row * dimension + k]! += 4 * factor * square * w))
    }
    return sum
  },
  shader: `
fn term(thread: u32) -> f32 {
  let rows = settings.classes * settings.subCenters;
  var sum = 0.0;
  for (var row = thread; row < rows; row += THREADS) {
    let first = row * settings.dimension;
    var square = 0.0;
    for (var k = 0u; k < settings.dimension; k++) { square += weightAt(first + k) * weightAt(first + k); }
    let factor = settings.strength * rarityOf(row / settings.subCenters) / f32(rows);
    sum += factor * square * square;
    for (var k = 0u; k < settings.dimension; k++) { push(first + k, 4.0 * factor * square * weightAt(first + k)); }
  }
  return add(vec4f(sum, 0.0, 0.0, 0.0), thread).x;
}`,
}

/** One of each form. */
export const SAMPLE_TERMS: readonly Term[] = [crowd, anchor, ring, short]
