import { add, multiply, subtract } from '../src/geometry/expression'
import type { HeadLoss } from '../src/losses/head-loss'
import { HEAD_LOSSES } from '../src/losses/head-loss-registry'

// Losses of heads that are not the project's, of every kind that a head may be.

const source = { text: 'a test', year: 2026 }
const number = { unit: '', label: '', help: '', min: 0, max: 100, step: 0.01 } as const

const SUMS = `
fn nothing() -> vec4f { return vec4f(); }
fn joined(a: vec4f, b: vec4f) -> vec4f { return a + b; }
`

/** ½(cos θ_y − 1)², with class vectors that stay (dot regression, Yang et al. 2022). */
const dotRegression: HeadLoss = {
  id: 'dot-regression',
  name: 'dot regression',
  help: 'Pulls a feature to its class vector, whatever the others are.',
  source,
  parameters: [],
  over: 'classes',
  evaluate: ({ logits, targets }, { scale = 1 }, slopes) => {
    const y = targets.indexOf(1)
    const away = logits[y]! / scale - 1
    slopes.logits[y] = away / scale
    return 0.5 * away ** 2
  },
  shader: (value) => `${SUMS}fn ofLogit(logit: Logit) -> vec4f {
  return vec4f(select(0.0, logit.z / ${value('scale')} - 1.0, logit.isTarget));
}
fn valueOf(total: vec4f, norm: f32) -> vec2f { return vec2f(0.5 * total.x * total.x, 0.0); }
fn slopeOf(logit: Logit, total: vec4f) -> f32 { return select(0.0, total.x / ${value('scale')}, logit.isTarget); }`,
  fixedWeights: true,
  equation: String.raw`\tfrac12(z_y/\p{scale}-1)^2`,
}

/** log(1 + e^{−z_y}) + ℓ Σ log(1 + e^{z_j}), more for rare classes, with one threshold for all logits (UniFace). */
const threshold: HeadLoss = {
  id: 'threshold',
  name: 'one threshold',
  help: 'One threshold parts own cosines from all others.',
  source,
  parameters: [{ ...number, id: 'others', symbol: 'l', default: 0.7 }],
  over: 'classes',
  evaluate: ({ logits, targets, rarity }, { others = 0 }, slopes) => {
    let loss = 0
    logits.forEach((z, j) => {
      const sign = targets[j] === 1 ? -1 : 1
      const weight = (targets[j] === 1 ? 1 : others) * (1 + rarity[j]!)
      slopes.logits[j] = (weight * sign) / (1 + Math.exp(-sign * z))
      loss += weight * (Math.max(sign * z, 0) + Math.log1p(Math.exp(-Math.abs(z))))
    })
    return loss
  },
  shader: (value) => `${SUMS}fn weightOf(logit: Logit) -> f32 {
  return select(${value('others')}, 1.0, logit.isTarget) * (1.0 + logit.rarity);
}
fn ofLogit(logit: Logit) -> vec4f {
  let z = select(logit.z, -logit.z, logit.isTarget);
  return vec4f(weightOf(logit) * (max(z, 0.0) + log(1.0 + exp(-abs(z)))));
}
fn valueOf(total: vec4f, norm: f32) -> vec2f { return vec2f(total.x, 0.0); }
fn slopeOf(logit: Logit, total: vec4f) -> f32 {
  let sign = select(1.0, -1.0, logit.isTarget);
  return weightOf(logit) * sign / (1.0 + exp(-sign * logit.z));
}`,
  usesRarity: true,
  sharedBias: { sign: -1, start: (_, { classes }) => Math.log(10 * classes) },
  equation: String.raw`\log(1+e^{-z_y})+\p{others}\sum_{j\ne y}\log(1+e^{z_j})`,
}

/** Softmax, and a pull of ‖x‖ towards a moving mean: half of it where the answer is wrong. */
const steady: HeadLoss = {
  id: 'steady',
  name: 'steady softmax',
  help: 'Softmax that keeps lengths near their mean.',
  source,
  parameters: [
    { ...number, id: 'pull', symbol: 'p', default: 0.5 },
    { ...number, id: 'rate', symbol: 'r', default: 0.25 },
  ],
  over: 'classes',
  evaluate: (group, values, slopes) => {
    const { pull = 0, mean = 0 } = values
    const own = group.plain[group.targets.indexOf(1)]!
    const strength = own < Math.max(...group.plain) ? pull / 2 : pull
    const away = group.norms[0]! - mean
    slopes.norm = strength * away
    return HEAD_LOSSES.get('softmax').evaluate(group, values, slopes) + 0.5 * strength * away ** 2
  },
  // The sum of exponentials, the largest plain logit, the own logit and the own plain one.
  shader: (value) => `
fn nothing() -> vec4f { return vec4f(0.0, -1e38, 0.0, 0.0); }
fn joined(a: vec4f, b: vec4f) -> vec4f { return vec4f(a.x + b.x, max(a.y, b.y), a.z + b.z, a.w + b.w); }
fn ofLogit(logit: Logit) -> vec4f {
  let own = select(vec2f(), vec2f(logit.z, logit.plain), logit.isTarget);
  return vec4f(exp(logit.z), logit.plain, own);
}
fn valueOf(total: vec4f, norm: f32) -> vec2f {
  let strength = ${value('pull')} * select(1.0, 0.5, total.w < total.y);
  let away = norm - ${value('mean')};
  return vec2f(log(total.x) - total.z + 0.5 * strength * away * away, strength * away);
}
fn slopeOf(logit: Logit, total: vec4f) -> f32 {
  return exp(logit.z) / total.x - select(0.0, 1.0, logit.isTarget);
}`,
  state: [
    {
      id: 'mean',
      symbol: String.raw`\mu_n`,
      label: 'mean length',
      start: () => 1,
      next: add('mean', multiply('rate', subtract('meanNorm', 'mean'))),
    },
  ],
  equation: 'L',
}

/**
 * Each class gathers its samples of the batch and keeps off the others (Proxy-Anchor, Kim et al. 2020); short features
 * count by half.
 */
const proxies: HeadLoss = {
  id: 'proxies',
  name: 'proxies',
  help: 'Class vectors gather the samples of the batch.',
  source,
  parameters: [
    { ...number, id: 'alpha', symbol: String.raw`\alpha`, default: 8 },
    { ...number, id: 'delta', symbol: String.raw`\delta`, default: 0.1 },
  ],
  over: 'samples',
  evaluate: ({ logits, targets, norms }, values, slopes) => {
    const { alpha = 1, delta = 0, scale = 1, present = 1, classes = 1 } = values
    const powers = logits.map((z, i) => {
      const sign = targets[i] === 1 ? -1 : 1
      return (norms[i]! > 1 ? 1 : 0.5) * Math.exp(sign * alpha * (z / scale + sign * delta))
    })
    let near = 0
    let far = 0
    powers.forEach((power, i) => {
      if (targets[i] === 1) near += power
      else far += power
    })
    powers.forEach((power, i) => {
      const slope = targets[i] === 1 ? -power / (1 + near) / present : power / (1 + far) / classes
      slopes.logits[i] = (alpha * slope) / scale
    })
    return Math.log1p(near) / present + Math.log1p(far) / classes
  },
  shader: (value) => `${SUMS}fn powerOf(logit: Logit) -> f32 {
  let sign = select(1.0, -1.0, logit.isTarget);
  let share = select(0.5, 1.0, logit.norm > 1.0);
  return share * exp(sign * ${value('alpha')} * (logit.z / ${value('scale')} + sign * ${value('delta')}));
}
fn ofLogit(logit: Logit) -> vec4f {
  let power = powerOf(logit);
  return select(vec4f(0.0, power, 0.0, 0.0), vec4f(power, 0.0, 0.0, 0.0), logit.isTarget);
}
fn valueOf(total: vec4f, norm: f32) -> vec2f {
  return vec2f(log(1.0 + total.x) / ${value('present')} + log(1.0 + total.y) / ${value('classes')}, 0.0);
}
fn slopeOf(logit: Logit, total: vec4f) -> f32 {
  let near = -1.0 / (1.0 + total.x) / ${value('present')};
  let far = 1.0 / (1.0 + total.y) / ${value('classes')};
  return ${value('alpha')} / ${value('scale')} * powerOf(logit) * select(far, near, logit.isTarget);
}`,
  equation: String.raw`\sum_j\log\bigl(1+\sum_i e^{\pm\p{alpha}(z_j-\p{delta})}\bigr)`,
}

export const SAMPLE_LOSSES: readonly HeadLoss[] = [dotRegression, threshold, steady, proxies]
