import { anchoredDrawing } from '../drawings/anchored'
import type { PairTerm } from '../forms/pairs'

/** The weights α of the pairs are held constant, as Sun et al. say. */
export const term: PairTerm = {
  id: 'circle',
  name: 'circle loss',
  summary: 'Every pair pulls or pushes the more, the further its cosine is from where it should be.',
  watch: 'Rays narrow; pairs that are far from their goal move first.',
  source: {
    text: 'Sun et al., Circle Loss: A Unified Perspective of Pair Similarity Optimization, eq. 6',
    year: 2020,
  },
  form: 'pairs',
  // Like ones rest within a cosine of 1 − m, unlike ones beyond m. No weight of a log-sum-exp is ever quite 0.
  drawing: anchoredDrawing({
    name: 'pairs',
    negligible: 1e-3,
    borders: ({ parameters }) => [2 * parameters.margin!, 2 - 2 * parameters.margin!],
  }),
  cosine: true,
  detached: true,
  equation:
    String.raw`\log\Bigl[1+\sum_{n}e^{\p{gamma}[s_n+\p{margin}]_+(s_n-\p{margin})}\\&\quad` +
    String.raw`\cdot\sum_{p}e^{-\p{gamma}[1+\p{margin}-s_p]_+(s_p-1+\p{margin})}\Bigr]`,
  lines: [String.raw`s_p,s_n=\cos\theta_{ij}\text{ of like and unlike pairs}`],
  weight: 0.1,
  parameters: [
    {
      id: 'margin',
      symbol: 'm',
      label: 'relaxation',
      unit: '',
      min: 0,
      max: 0.9,
      step: 0.01,
      default: 0.25,
      help: 'Pairs rest once like cosines are above 1 − m and unlike ones below m.',
    },
    {
      id: 'gamma',
      symbol: String.raw`\gamma`,
      label: 'scale',
      unit: '',
      min: 1,
      max: 256,
      step: 1,
      default: 32,
      help: 'A large scale presses only on the pairs that are furthest from their goal.',
    },
  ],
  evaluate: ({ size, labels, squared }, { parameters }, coefficients, act) => {
    const m = parameters.margin!
    const gamma = parameters.gamma!
    // Twice over the pairs: once for the largest exponents, which keep the sums finite, and once for these.
    const eachPair = (visit: (at: number, same: boolean, pull: number, logit: number) => void): void => {
      for (let i = 0; i < size; i++) {
        for (let j = i + 1; j < size; j++) {
          const cosine = 1 - 0.5 * squared[i * size + j]!
          const same = labels[i] === labels[j]
          const pull = gamma * Math.max(same ? 1 + m - cosine : cosine + m, 0)
          visit(i * size + j, same, pull, pull * (same ? 1 - m - cosine : cosine - m))
        }
      }
    }
    let mostLike = -Infinity
    let mostUnlike = -Infinity
    let like = 0
    let unlike = 0
    eachPair((_, same, __, logit) => {
      if (same) mostLike = Math.max(mostLike, logit)
      else mostUnlike = Math.max(mostUnlike, logit)
    })
    if (mostLike === -Infinity || mostUnlike === -Infinity) return 0
    eachPair((_, same, __, logit) => {
      if (same) like += Math.exp(logit - mostLike)
      else unlike += Math.exp(logit - mostUnlike)
    })
    const z = mostLike + Math.log(like) + mostUnlike + Math.log(unlike)
    const slope = 1 / (1 + Math.exp(-z))
    const value = Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)))
    eachPair((at, same, pull, logit) => {
      const share = slope * (same ? Math.exp(logit - mostLike) / like : Math.exp(logit - mostUnlike) / unlike)
      coefficients[at]! += 0.5 * share * (same ? pull : -pull)
      if (share * pull > 0) act?.([Math.floor(at / size), at % size], share * value)
    })
    return value
  },
  shader: () => `
const NONE = -1e30;
// How strongly a pair counts, its exponent, and whether it is like.
struct Pair { pull: f32, logit: f32, same: bool };
fn pairAt(at: u32) -> Pair {
  let cosine = 1.0 - 0.5 * squared[at];
  let m = settings.margin;
  let same = labelOf(at / settings.batch) == labelOf(at % settings.batch);
  let pull = settings.gamma * max(select(cosine + m, 1.0 + m - cosine, same), 0.0);
  return Pair(pull, pull * select(cosine - m, 1.0 - m - cosine, same), same);
}
fn term(thread: u32) -> f32 {
  let size = settings.batch;
  var most = vec4f(NONE);
  for (var at = thread; at < size * size; at += THREADS) {
    if (at / size >= at % size) { continue; }
    let pair = pairAt(at);
    most = max(most, select(vec4f(NONE, pair.logit, NONE, NONE), vec4f(pair.logit, NONE, NONE, NONE), pair.same));
  }
  most = highest(most, thread);
  var sums = vec4f();
  for (var at = thread; at < size * size; at += THREADS) {
    if (at / size >= at % size) { continue; }
    let pair = pairAt(at);
    if (pair.same) { sums.x += exp(pair.logit - most.x); } else { sums.y += exp(pair.logit - most.y); }
  }
  sums = add(sums, thread);
  if (sums.x == 0.0 || sums.y == 0.0) { return 0.0; }
  let z = most.x + log(sums.x) + most.y + log(sums.y);
  let slope = 1.0 / (1.0 + exp(-z));
  for (var at = thread; at < size * size; at += THREADS) {
    if (at / size >= at % size) { continue; }
    let pair = pairAt(at);
    let share = slope * select(exp(pair.logit - most.y) / sums.y, exp(pair.logit - most.x) / sums.x, pair.same);
    coefficients[at] = 0.5 * share * select(-pair.pull, pair.pull, pair.same);
  }
  return max(z, 0.0) + log(1.0 + exp(-abs(z)));
}`,
}
