import { eachShare, membersOf, nearestMeans } from '../class-means'
import { rangesDrawing } from '../drawings/ranges'
import { LEAST_SQUARE } from '../forms/base'
import type { PairTerm } from '../forms/pairs'

/** The most ranges of a class that may count. */
const MOST_RANGES = 8

export const term: PairTerm = {
  id: 'range',
  name: 'range loss',
  summary: 'Shortens the longest distances within each class and separates the two nearest class means.',
  watch: 'Outliers are drawn in, and the two nearest classes move apart.',
  source: {
    text: 'Zhang et al., Range Loss for Deep Face Recognition with Long-Tailed Training Data',
    year: 2017,
  },
  form: 'pairs',
  drawing: rangesDrawing('Range loss'),
  equation:
    String.raw`\p{alpha}\sum_j\frac{\p{k}}{\sum_{r\le \p{k}}1/D_{jr}}` +
    String.raw`\\&\quad+\p{beta}\,[\p{margin}-D_{\mathrm{center}}]_+`,
  lines: [
    String.raw`D_{jr}=r\text{-th longest }\lVert\x_i-\x_k\rVert^2\text{ in }j`,
    String.raw`D_{\mathrm{center}}=\min_{j\ne k}\lVert\bar{\x}_j-\bar{\x}_k\rVert^2`,
  ],
  weight: 0.01,
  parts: { intra: 'alpha', inter: 'beta' },
  parameters: [
    {
      id: 'k',
      symbol: 'k',
      label: 'ranges of a class',
      unit: '',
      min: 1,
      max: MOST_RANGES,
      step: 1,
      default: 2,
      help: 'How many of the longest distances within a class are shortened.',
    },
    {
      id: 'alpha',
      symbol: String.raw`\alpha`,
      label: 'weight within classes',
      unit: '',
      min: 0,
      max: 10,
      step: 0.1,
      default: 1,
      help: 'How strongly the longest distances within a class are shortened.',
    },
    {
      id: 'beta',
      symbol: String.raw`\beta`,
      label: 'weight between classes',
      unit: '',
      min: 0,
      max: 10,
      step: 0.1,
      default: 1,
      help: 'How strongly the two nearest class means are pushed apart.',
    },
    {
      id: 'margin',
      symbol: 'm',
      label: 'margin',
      unit: '',
      min: 0,
      max: 400,
      step: 1,
      default: 50,
      help: 'The squared distance that the two nearest class means should have.',
    },
  ],
  evaluate: (batch, { parameters }, coefficients, act) => {
    const { size, labels, squared } = batch
    const { k, alpha, beta, margin } = parameters as Record<'k' | 'alpha' | 'beta' | 'margin', number>
    const members = membersOf(labels)
    let value = 0
    for (const own of members) {
      const ranges = own.flatMap((i, r) => own.slice(r + 1).map((j) => i * size + j))
      ranges.sort((a, b) => squared[b]! - squared[a]! || a - b)
      const longest = ranges.slice(0, k)
      if (longest.length === 0) continue
      const length = (at: number): number => Math.max(squared[at]!, LEAST_SQUARE)
      const mean = longest.length / longest.reduce((sum, at) => sum + 1 / length(at), 0)
      value += alpha * mean
      for (const at of longest) {
        coefficients[at]! += (alpha * (mean / length(at)) ** 2) / longest.length
        if (alpha > 0) act?.([Math.floor(at / size), at % size], (alpha * mean) / longest.length)
      }
    }
    const nearest = nearestMeans(batch, members)
    if (!nearest) return value
    const gap = Math.max(margin - nearest.square, 0)
    value += beta * gap
    if (gap === 0) return value
    eachShare(size, nearest.a, nearest.b, (at, share) => {
      coefficients[at]! -= beta * share
    })
    return value
  },
  shader: () => `
fn term(thread: u32) -> f32 {
  let size = settings.batch;
  let k = u32(settings.k);
  let pairs = size * size;
  var value = 0.0;
  var found: array<vec4f, ${MOST_RANGES}>;
  for (var y = 0u; y < settings.classes; y++) {
    var last = vec4f(1e38, -1.0, 0.0, 0.0);
    var count = 0.0;
    var inverse = 0.0;
    for (var r = 0u; r < k; r++) {
      var best = vec4f(-1.0, 0.0, 0.0, 0.0);
      for (var at = thread; at < pairs; at += THREADS) {
        let i = at / size;
        let j = at % size;
        if (i >= j || labelOf(i) != y || labelOf(j) != y) { continue; }
        let pair = vec4f(squared[at], f32(at), 0.0, 0.0);
        if (before(last, pair) && before(pair, best)) { best = pair; }
      }
      best = first(best, thread);
      found[r] = best;
      last = best;
      if (best.x >= 0.0) {
        count += 1.0;
        inverse += 1.0 / max(best.x, ${LEAST_SQUARE});
      }
    }
    if (count > 0.0) {
      let mean = count / inverse;
      value += settings.alpha * mean;
      if (thread == 0u) {
        for (var r = 0u; r < u32(count); r++) {
          let share = mean / max(found[r].x, ${LEAST_SQUARE});
          coefficients[u32(found[r].y)] = settings.alpha * share * share / count;
        }
      }
    }
  }
  storageBarrier();

  // The two nearest class means; the negative of their distance is the largest.
  var nearest = vec4f(-1e38, 0.0, 0.0, 0.0);
  for (var ab = thread; ab < settings.classes * settings.classes; ab += THREADS) {
    let a = ab / settings.classes;
    let b = ab % settings.classes;
    if (a >= b) { continue; }
    let square = between(a, b);
    let candidate = vec4f(-square, f32(ab), 0.0, 0.0);
    if (square >= 0.0 && before(candidate, nearest)) { nearest = candidate; }
  }
  nearest = first(nearest, thread);
  let gap = max(settings.margin + nearest.x, 0.0);
  let a = u32(nearest.y) / settings.classes;
  let b = u32(nearest.y) % settings.classes;
  if (nearest.x > -1e38 && gap > 0.0) {
    let sizes = membersOf(a, b);
    for (var at = thread; at < pairs; at += THREADS) {
      if (at / size < at % size) { coefficients[at] -= settings.beta * shareOf(at, a, b, sizes); }
    }
    value += settings.beta * gap;
  }
  return value;
}
fn membersOf(a: u32, b: u32) -> vec2f {
  var sizes = vec2f();
  for (var i = 0u; i < settings.batch; i++) {
    let y = labelOf(i);
    sizes += vec2f(f32(y == a), f32(y == b));
  }
  return sizes;
}
// What a pair i < j adds to the squared distance of two means, in parts of its own.
fn shareOf(at: u32, a: u32, b: u32, sizes: vec2f) -> f32 {
  let y = labelOf(at / settings.batch);
  let z = labelOf(at % settings.batch);
  if (y == a && z == a) { return -1.0 / (sizes.x * sizes.x); }
  if (y == b && z == b) { return -1.0 / (sizes.y * sizes.y); }
  if ((y == a && z == b) || (y == b && z == a)) { return 1.0 / (sizes.x * sizes.y); }
  return 0.0;
}
// The squared distance of two class means, -1 where a class is not in the batch.
fn between(a: u32, b: u32) -> f32 {
  let size = settings.batch;
  let sizes = membersOf(a, b);
  if (sizes.x == 0.0 || sizes.y == 0.0) { return -1.0; }
  var sum = 0.0;
  for (var i = 0u; i < size; i++) {
    let y = labelOf(i);
    if (y != a && y != b) { continue; }
    for (var j = i + 1u; j < size; j++) {
      sum += shareOf(i * size + j, a, b, sizes) * squared[i * size + j];
    }
  }
  return max(sum, 0.0);
}`,
}
