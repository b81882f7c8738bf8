import type { HeadLoss } from '../head-loss'

/** −log of the softmax at the own class. */
export const loss: HeadLoss = {
  id: 'softmax',
  name: 'softmax cross-entropy',
  help: 'Classes share one unit of probability: the own class gains what the others lose.',
  source: {
    text:
      'Bridle, Training Stochastic Model Recognition Algorithms as Networks ' +
      'can Lead to Maximum Mutual Information Estimation of Parameters',
    year: 1989,
  },
  parameters: [],
  over: 'classes',
  evaluate: ({ logits, targets }, _, slopes) => {
    const largest = logits.reduce((m, z) => Math.max(m, z), -Infinity)
    let sum = 0
    for (const z of logits) sum += Math.exp(z - largest)
    for (let j = 0; j < logits.length; j++) {
      slopes.logits[j] = Math.exp(logits[j]! - largest) / sum - targets[j]!
    }
    return largest + Math.log(sum) - logits[targets.indexOf(1)]!
  },
  // The largest logit, the sum of exponentials relative to it, and the own logit.
  shader: () => `
fn nothing() -> vec4f { return vec4f(${-3.4e38}, 0.0, 0.0, 0.0); }
fn ofLogit(logit: Logit) -> vec4f {
  return vec4f(logit.z, 1.0, select(0.0, logit.z, logit.isTarget), 0.0);
}
fn joined(a: vec4f, b: vec4f) -> vec4f {
  let top = max(a.x, b.x);
  return vec4f(top, a.y * exp(a.x - top) + b.y * exp(b.x - top), a.z + b.z, 0.0);
}
fn valueOf(total: vec4f, norm: f32) -> vec2f { return vec2f(total.x + log(total.y) - total.z, 0.0); }
fn slopeOf(logit: Logit, total: vec4f) -> f32 {
  return exp(logit.z - total.x) / total.y - select(0.0, 1.0, logit.isTarget);
}`,
  equation: String.raw`-\log\dfrac{e^{z_y}}{\sum_j e^{z_j}}`,
}
