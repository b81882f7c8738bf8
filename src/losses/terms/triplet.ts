import { anchoredDrawing, grouped } from '../drawings/anchored'
import type { PairTerm } from '../forms/pairs'

const ALL = 'batch-all'
const CHOICES = [
  { id: ALL, label: 'all' },
  { id: 'batch-hard', label: 'hardest', leavesOut: 'not the hardest' },
  { id: 'semi-hard', label: 'semi-hard', leavesOut: '$n$ is nearer than $p$' },
]

/** Triplets with a loss above 0 count, and the value is the mean over them. */
export const term: PairTerm = {
  id: 'triplet',
  name: 'triplet loss',
  summary: 'A feature must be closer to its own class than to any other, by a margin.',
  watch: 'The more triplets are satisfied, the fewer act: mining decides which ones are left.',
  source: {
    text: 'Schroff et al., FaceNet: A Unified Embedding for Face Recognition and Clustering, § 3.1',
    year: 2015,
  },
  form: 'pairs',
  triplets: { margin: ({ parameters }) => parameters.margin!, possible },
  drawing: anchoredDrawing({
    name: 'triplets',
    counted: ({ triplets }, { labels }, { mining }) => {
      const chosen = mining === ALL ? '' : `${CHOICES.find(({ id }) => id === mining)!.label} `
      return `${grouped(triplets)} of ${grouped(possible(labels, mining))} ${chosen}triplets`
    },
    borders: ({ parameters, mining }, farthest) =>
      mining === 'semi-hard' ? [farthest, farthest + parameters.margin!] : [farthest + parameters.margin!],
  }),
  equation: String.raw`\operatorname*{mean}_{a,p,n}\ \bigl[d_{ap}^2-d_{an}^2+\p{margin}\bigr]_{>0}`,
  lines: [String.raw`d_{ij}=\lVert\x_i-\x_j\rVert`],
  weight: 0.1,
  minings: {
    label: 'triplets',
    help:
      "All that have a loss, each anchor's hardest, or those whose negative is further than the positive but " +
      'within the margin.',
    choices: CHOICES,
  },
  parameters: [
    {
      id: 'margin',
      symbol: String.raw`\alpha`,
      label: 'margin',
      unit: '',
      min: 0,
      max: 20,
      step: 0.1,
      default: 1,
      help: 'By how much the squared distance to another class must exceed that within the class.',
    },
  ],
  evaluate: ({ size, labels, squared }, { parameters, mining }, coefficients, act) => {
    const margin = parameters.margin!
    let sum = 0
    let count = 0
    const take = (a: number, p: number, n: number): void => {
      const loss = squared[a * size + p]! - squared[a * size + n]! + margin
      if (!(loss > 0)) return
      sum += loss
      count++
      coefficients[a * size + p]! += 1
      coefficients[a * size + n]! -= 1
      act?.([a, p, n], loss)
    }
    for (let a = 0; a < size; a++) {
      const row = squared.subarray(a * size, (a + 1) * size)
      const positive = (j: number): boolean => j !== a && labels[j] === labels[a]
      if (mining === 'batch-hard') {
        let p = -1
        let n = -1
        for (let j = 0; j < size; j++) {
          if (positive(j)) {
            if (p < 0 || row[j]! > row[p]!) p = j
          } else if (j !== a && (n < 0 || row[j]! < row[n]!)) n = j
        }
        if (p >= 0 && n >= 0) take(a, p, n)
        continue
      }
      for (let p = 0; p < size; p++) {
        if (!positive(p)) continue
        for (let n = 0; n < size; n++) {
          if (labels[n] === labels[a]) continue
          if (mining !== 'semi-hard' || row[n]! > row[p]!) take(a, p, n)
        }
      }
    }
    if (count === 0) return 0
    for (let at = 0; at < size * size; at++) coefficients[at]! /= count
    return sum / count
  },
  shader: (mining) => `
// The anchor's row of coefficients, its losses and how many there are.
var<private> row: u32;
var<private> total: vec4f;
fn take(p: u32, n: u32) {
  let loss = squared[row + p] - squared[row + n] + settings.margin;
  if (loss > 0.0) {
    total += vec4f(loss, 1.0, 0.0, 0.0);
    coefficients[row + p] += 1.0;
    coefficients[row + n] -= 1.0;
  }
}
fn term(thread: u32) -> f32 {
  let size = settings.batch;
  for (var a = thread; a < size; a += THREADS) {
    row = a * size;
    let y = labelOf(a);
    ${mining === 'batch-hard' ? HARDEST : everyTriplet(mining === 'semi-hard')}
  }
  let all = add(total, thread);
  let count = max(all.y, 1.0);
  for (var a = thread; a < size; a += THREADS) {
    for (var j = 0u; j < size; j++) { coefficients[a * size + j] /= count; }
  }
  return all.x / count;
}`,
}

/** Among how many triplets of a batch the mining chooses. */
function possible(labels: ArrayLike<number>, mining: string | undefined): number {
  const sizes = new Map<number, number>()
  for (let i = 0; i < labels.length; i++) sizes.set(labels[i]!, (sizes.get(labels[i]!) ?? 0) + 1)
  let count = 0
  for (const n of sizes.values()) {
    const others = labels.length - n
    count += mining === 'batch-hard' ? (n > 1 && others > 0 ? n : 0) : n * (n - 1) * others
  }
  return count
}

const HARDEST = `
    var p = size;
    var n = size;
    for (var j = 0u; j < size; j++) {
      if (j == a) { continue; }
      if (labelOf(j) == y) {
        if (p == size || squared[row + j] > squared[row + p]) { p = j; }
      } else if (n == size || squared[row + j] < squared[row + n]) { n = j; }
    }
    if (p < size && n < size) { take(p, n); }`

const everyTriplet = (semiHard: boolean): string => `
    for (var p = 0u; p < size; p++) {
      if (p == a || labelOf(p) != y) { continue; }
      for (var n = 0u; n < size; n++) {
        if (labelOf(n) != y${semiHard ? ' && squared[row + n] > squared[row + p]' : ''}) { take(p, n); }
      }
    }`
