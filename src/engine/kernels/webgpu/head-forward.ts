import type { TensorInfo } from '@tensorflow/tfjs-core'
import { differentiate, toShader } from '../../../geometry/expression'
import type { MarginSetting } from '../../../losses/head'
import { psiKey, psiOf } from '../../../losses/margins'
import { LEAST_NORM, LEAST_SINE, termsWidth } from '../host/head'
import { PLAN_WIDTH, type HeadAttributes } from '../names'
import { EXACT_FUNCTIONS, exactName } from './functions'
import type { Gpu } from './gpu'
import { program, read, write, type Program } from './program'
import { reduction } from './reduction'

/** The terms of each sample of the batch, a workgroup for each. */
export function headForward(
  gpu: Gpu,
  { features, parameters, plan }: Record<'features' | 'parameters' | 'plan', TensorInfo>,
  a: HeadAttributes,
): TensorInfo {
  const { head, batch, first, weights } = a
  const result = gpu.allocate(batch * termsWidth(a.classes))
  const names = Object.keys(head.symbols)
  const settings = {
    ...{ batch, first, weights, bias: a.bias, scale: head.scale },
    useBias: Number(head.bias),
    normalizeWeights: Number(head.normalizeWeights),
    normalizeFeatures: Number(head.normalizeFeatures),
    ...Object.fromEntries(names.map((name) => [symbolName(name), head.symbols[name]!])),
  }
  const shader = shaderOf(head.margin, names, a.classes, a.dimension)
  gpu.dispatch(shader, { features, parameters, plan, terms: result }, settings, [batch])
  return result
}

/** Symbols of ψ are settings beside those of the head, so they get names of their own. */
const symbolName = (symbol: string): string => `symbol_${symbol}`

const shaders = new Map<string, Program>()

function shaderOf(margin: MarginSetting, names: string[], classes: number, dimension: number): Program {
  const key = [psiKey(margin), classes, dimension, ...names].join()
  let shader = shaders.get(key)
  if (!shader) {
    shader = headShader(margin, names, classes, dimension)
    shaders.set(key, shader)
  }
  return shader
}

function headShader(margin: MarginSetting, names: string[], n: number, d: number): Program {
  const psi = psiOf(margin)
  const slot = (symbol: string): string =>
    names.includes(symbol) ? `settings.${symbolName(symbol)}` : symbol
  const text = (e: typeof psi): string => toShader(e, slot, exactName)
  const threads = n > 256 ? 256 : 64
  const code = `${EXACT_FUNCTIONS}
// ψ and its two derivatives.
struct Margin { psi: f32, dTheta: f32, dCosTheta: f32 };
fn marginAt(theta: f32, cosTheta: f32) -> Margin {
  return Margin(
    ${text(psi)},
    ${text(differentiate(psi, 'theta'))},
    ${text(differentiate(psi, 'cosTheta'))},
  );
}
${reduction('add', threads, 'a + b')}
${reduction('largest', threads, 'max(a, b)')}
// In these, what is not a number stays so, which max, min and clamp do not promise: a diverged run must show.
fn normOf(square: f32) -> f32 { return select(sqrt(square), ${LEAST_NORM}, square < ${LEAST_NORM ** 2}); }
fn cosineOf(product: f32, norms: f32) -> f32 {
  let c = product / norms;
  return select(select(c, 1.0, c > 1.0), -1.0, c < -1.0);
}

@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let x = group.x * ${d}u;
  let y = u32(plan[${PLAN_WIDTH}u * (settings.first + group.x) + 3u]);
  let w = settings.weights + y * ${d}u;
  let at = group.x * ${termsWidth(n)}u;

  // First the target, whose angle takes part in every term.
  var squares = vec4f();
  for (var k = thread; k < ${d}u; k += ${threads}u) {
    let v = vec2f(features[x + k], parameters[w + k]);
    squares += vec4f(v * v, v.x * v.y, 0.0);
  }
  squares = add(squares, thread);
  let xNorm = normOf(squares.x);
  let targetNorm = normOf(squares.y);
  let targetCosine = cosineOf(squares.z, xNorm * targetNorm);
  // The angle from the sum and the difference of the unit vectors (Kahan): an arc cosine is off by 3e-4 at 0.
  var chords = vec4f();
  for (var k = thread; k < ${d}u; k += ${threads}u) {
    let u = features[x + k] / xNorm;
    let v = parameters[w + k] / targetNorm;
    chords += vec4f((u + v) * (u + v), (u - v) * (u - v), 0.0, 0.0);
  }
  chords = sqrt(add(chords, thread));
  let theta = 2.0 * exactAngle(chords.x, chords.y);
  let sine = 2.0 * chords.x * chords.y / (chords.x * chords.x + chords.y * chords.y);
  let margin = marginAt(theta, targetCosine);
  let slope = margin.dCosTheta - margin.dTheta / max(sine, ${LEAST_SINE});

  // A logit is u · v_j · ψ + b_j, with u for the feature and v_j for the class vector.
  let u = select(xNorm, settings.scale, settings.normalizeFeatures == 1u);
  let vTarget = select(targetNorm, 1.0, settings.normalizeWeights == 1u);
  let targetBias = select(0.0, parameters[settings.bias + y], settings.useBias == 1u);
  let plainLogit = u * vTarget * targetCosine + targetBias;
  let targetLogit = u * vTarget * margin.psi + targetBias;

  // Cosines, norms and logits wait in the row for the sum over all classes; no thread reads another's.
  var most = ${-3.4e38};
  var sum = 0.0;
  var wrong = 0.0;
  for (var j = thread; j < ${n}u; j += ${threads}u) {
    var product = 0.0;
    var square = 0.0;
    for (var k = 0u; k < ${d}u; k++) {
      let v = parameters[settings.weights + j * ${d}u + k];
      product += v * features[x + k];
      square += v * v;
    }
    let wNorm = normOf(square);
    let cosine = cosineOf(product, xNorm * wNorm);
    let v = select(wNorm, 1.0, settings.normalizeWeights == 1u);
    var logit = u * v * cosine + select(0.0, parameters[settings.bias + j], settings.useBias == 1u);
    if (j == y) {
      logit = targetLogit;
    } else if (logit >= plainLogit) {
      wrong = 1.0;
    }
    let now = max(most, logit);
    sum = sum * exp(most - now) + exp(logit - now);
    most = now;
    terms[at + j] = cosine;
    terms[at + ${n}u + j] = wNorm;
    terms[at + ${2 * n}u + j] = logit;
  }
  let top = largest(vec4f(most), thread).x;
  let total = add(vec4f(sum * exp(most - top), wrong, 0.0, 0.0), thread);

  var radial = 0.0;
  for (var j = thread; j < ${n}u; j += ${threads}u) {
    let isTarget = j == y;
    let cosine = select(terms[at + j], targetCosine, isTarget);
    let wNorm = select(terms[at + ${n}u + j], targetNorm, isTarget);
    let v = select(wNorm, 1.0, settings.normalizeWeights == 1u);
    let probability = exp(terms[at + ${2 * n}u + j] - top) / total.x;
    let g = (probability - select(0.0, 1.0, isTarget)) / f32(settings.batch);
    let value = select(cosine, margin.psi, isTarget);
    let turn = g * u * v * select(1.0, slope, isTarget);
    let alongWeight = select(g * u * value / wNorm, 0.0, settings.normalizeWeights == 1u);
    let alongFeature = select(g * v * value / xNorm, 0.0, settings.normalizeFeatures == 1u);
    terms[at + j] = turn / (xNorm * wNorm);
    terms[at + ${n}u + j] = alongWeight - turn * cosine / (wNorm * wNorm);
    terms[at + ${2 * n}u + j] = g;
    radial += alongFeature - turn * cosine / (xNorm * xNorm);
  }
  radial = add(vec4f(radial), thread).x;
  if (thread == 0u) {
    terms[at + ${3 * n}u] = radial;
    terms[at + ${3 * n + 1}u] = top + log(total.x) - targetLogit;
    terms[at + ${3 * n + 2}u] = select(1.0, 0.0, total.y > 0.0);
  }
}`
  return program({
    label: `head, ${margin.kind}, ${n} classes`,
    buffers: { features: read(), parameters: read(), plan: read('i32'), terms: write() },
    settings: {
      ...({ batch: 'u32', first: 'u32', weights: 'u32', bias: 'u32' } as const),
      ...({ useBias: 'u32', normalizeWeights: 'u32', normalizeFeatures: 'u32', scale: 'f32' } as const),
      ...Object.fromEntries(names.map((name) => [symbolName(name), 'f32' as const])),
    },
    live: true,
    code,
  })
}
