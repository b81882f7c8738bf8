import { classSpread } from '../../geometry/margin-bound'
import type { HeadLoss } from '../head-loss'

/**
 * A logistic loss for each class, of which one bias is shared: (w/s)(λ log(1 + e^{−z_y}) + (1 − λ) Σ_{j≠y} log(1 +
 * e^{z_j})), SphereFace2, Wen et al. 2022.
 */
export const loss: HeadLoss = {
  id: 'one-vs-all',
  name: 'one-vs-all',
  help: 'Each class asks by itself whether a feature is its own, whatever the other classes say.',
  source: {
    text: 'Wen et al., SphereFace2: Binary Classification is All You Need for Deep Face Recognition',
    year: 2022,
  },
  parameters: [
    {
      id: 'alpha',
      symbol: String.raw`\lambda`,
      label: 'weight of the own class',
      unit: '',
      min: 0.05,
      max: 0.95,
      step: 0.01,
      default: 0.7,
      help: 'How much the loss of the own class counts against those of all others.',
      advanced: true,
    },
    {
      id: 'lossWeight',
      symbol: String.raw`w`,
      label: 'weight of the loss',
      unit: '',
      min: 1,
      max: 100,
      step: 1,
      default: 50,
      help: 'All losses are multiplied by this and divided by the scale.',
      advanced: true,
    },
  ],
  over: 'classes',
  evaluate: ({ logits, targets }, { alpha = 0, lossWeight = 0, scale = 1 }, slopes) => {
    const weights = [((1 - alpha) * lossWeight) / scale, (alpha * lossWeight) / scale]
    let value = 0
    for (let j = 0; j < logits.length; j++) {
      const z = logits[j]!
      const weight = weights[targets[j]!]!
      slopes.logits[j] = weight * (1 / (1 + Math.exp(-z)) - targets[j]!)
      value += weight * (Math.max(targets[j] === 1 ? -z : z, 0) + Math.log1p(Math.exp(-Math.abs(z))))
    }
    return value
  },
  shader: (value) => `
fn nothing() -> vec4f { return vec4f(); }
fn joined(a: vec4f, b: vec4f) -> vec4f { return a + b; }
fn weightOf(isTarget: bool) -> f32 {
  let share = ${value('alpha')};
  return select(1.0 - share, share, isTarget) * ${value('lossWeight')} / ${value('scale')};
}
fn ofLogit(logit: Logit) -> vec4f {
  let z = logit.z;
  let wrongSide = select(max(z, 0.0), max(-z, 0.0), logit.isTarget);
  // What is not a number stays so: max need not keep it.
  let value = select(wrongSide, z, z != z) + log(1.0 + exp(-abs(z)));
  return vec4f(weightOf(logit.isTarget) * value, 0.0, 0.0, 0.0);
}
fn valueOf(total: vec4f, norm: f32) -> vec2f { return vec2f(total.x, 0.0); }
fn slopeOf(logit: Logit, total: vec4f) -> f32 {
  return weightOf(logit.isTarget) * (1.0 / (1.0 + exp(-logit.z)) - select(0.0, 1.0, logit.isTarget));
}`,
  /**
   * The bias at which the threshold lies midway between a feature's own class vector and its neighbour, the vectors
   * as far apart as the dimension lets them be. The source (§ 3.3) takes all angles for 90°, as they are at random in
   * many dimensions; in two that bias is off by more than the optimizer can move it, and pushes all class vectors
   * onto one.
   */
  sharedBias: {
    sign: 1,
    start: (_, { scale, classes, dimension, counts }) => {
      const neighbour = counts(Math.cos(classSpread(classes, dimension).angle))
      return (-scale * (counts(1) + neighbour)) / 2
    },
  },
  equation:
    String.raw`\tfrac{\p{lossWeight}}{\p{scale}}\Bigl(\p{alpha}\log(1+e^{-z_y})` +
    String.raw`\\&\quad+(1-\p{alpha})\sum_{j\ne y}\log(1+e^{z_j})\Bigr)`,
}
