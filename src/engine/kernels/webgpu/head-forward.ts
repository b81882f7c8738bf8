import type { TensorInfo } from '@tensorflow/tfjs-core'
import { recent } from '../../../geometry/recent'
import type { MarginSetting } from '../../../losses/margin-function'
import { MARGINS } from '../../../losses/margin-registry'
import { psiKey, psiOf } from '../../../losses/margin-setting'
import { LEAST_SINE, termsLayout } from '../host/head'
import { PLAN_WIDTH, type HeadAttributes } from '../names'
import type { Gpu } from './gpu'
import { headSettings, headSettingTypes, marginShader, nearestRow } from './head-margin'
import { program, read, write, type Program } from './program'
import { reduction } from './reduction'

/** The terms of each sample of the batch, a workgroup for each. */
export function headForward(
  gpu: Gpu,
  { features, parameters, plan }: Record<'features' | 'parameters' | 'plan', TensorInfo>,
  a: HeadAttributes,
): TensorInfo {
  const result = gpu.allocate(a.batch * termsLayout(a.classes, a.head.subCenters).width)
  const names = Object.keys(a.head.symbols)
  const shader = shaderOf(names, a)
  gpu.dispatch(shader, { features, parameters, plan, terms: result }, headSettings(a), [a.batch])
  return result
}

const shaderFor = recent<Program>(64)

function shaderOf(names: string[], { head, classes, dimension }: HeadAttributes): Program {
  const { margin, subCenters } = head
  const key = [psiKey(margin), classes, subCenters, dimension, ...names].join()
  return shaderFor(key, () => headShader(margin, names, classes, subCenters, dimension))
}

function headShader(
  margin: MarginSetting,
  names: string[],
  n: number,
  subCenters: number,
  d: number,
): Program {
  const { other, detached, penalty, classPenalty, binary } = MARGINS.get(margin.kind)
  const psi = psiOf(margin)
  const { functions, text, derivative, uses, scale } = marginShader(margin, names, n)
  const { along, logits, sample, width } = termsLayout(n, subCenters)
  const nearest = nearestRow(d, subCenters)
  const several = subCenters > 1
  const threads = n > 256 ? 256 : 64
  const set = (symbol: string, value: string): string => (uses(symbol) ? `sample_${symbol} = ${value};` : '')
  const code = `${functions}${nearest.functions}
// ψ and its derivatives.
struct Margin { psi: f32, dTheta: f32, dCosTheta: f32, dNorm: f32, dClassMargin: f32 };
fn marginAt(theta: f32, cosTheta: f32) -> Margin {
  return Margin(
    ${text(psi)},
    ${derivative(psi, 'theta')},
    ${derivative(psi, 'cosTheta')},
    ${derivative(psi, 'norm')},
    ${derivative(psi, 'classMargin')},
  );
}
// What counts for another class instead of its cosine, and the slope of that.
fn otherAt(cosTheta: f32) -> vec2f {
  return vec2f(${other ? text(other) : 'cosTheta'}, ${other && !detached ? derivative(other, 'cosTheta') : '1.0'});
}
${reduction('add', threads, 'a + b')}
${reduction('largest', threads, 'max(a, b)')}

@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let x = group.x * ${d}u;
  let y = u32(plan[${PLAN_WIDTH}u * (settings.first + group.x) + 3u]);
  let w = settings.weights + ${nearest.row('y')} * ${d}u;
  let at = group.x * ${width}u;

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
  ${set('norm', 'xNorm')}
  ${set('fixedNorm', 'xNorm')}
  ${set('noise', 'noiseOf(settings.noise, group.x)')}
  ${set('rarity', 'parameters[settings.rarity + y]')}
  ${set('classMargin', 'parameters[settings.margins + y]')}
  ${set('targetTheta', 'theta')}
  ${set('targetCosTheta', 'targetCosine')}
  let margin = marginAt(theta, targetCosine);
  let slope = ${detached ? '1.0' : `margin.dCosTheta - margin.dTheta / max(sine, ${LEAST_SINE})`};

  // A logit is u · v_j · ψ + b_j, with u for the feature and v_j for the class vector.
  let scale = ${scale};
  let u = select(xNorm, scale, settings.normalizeFeatures == 1u);
  let vTarget = select(targetNorm, 1.0, settings.normalizeWeights == 1u);
  let sharedBias = ${binary ? 'parameters[settings.sharedBias]' : '0.0'};
  let targetBias = sharedBias + select(0.0, parameters[settings.bias + y], settings.useBias == 1u);
  let plainLogit = u * vTarget * targetCosine + targetBias;
  let targetLogit = u * vTarget * margin.psi + targetBias;

  // Cosines, norms and logits wait in the row for the sum over all classes; no thread reads another's.
  var most = ${-3.4e38};
  var sum = 0.0;
  var wrong = 0.0;
  for (var j = thread; j < ${n}u; j += ${threads}u) {
    let row = ${nearest.row('j')};
    var product = 0.0;
    var square = 0.0;
    for (var k = 0u; k < ${d}u; k++) {
      let v = parameters[settings.weights + row * ${d}u + k];
      product += v * features[x + k];
      square += v * v;
    }
    let wNorm = normOf(square);
    let cosine = cosineOf(product, xNorm * wNorm);
    let v = select(wNorm, 1.0, settings.normalizeWeights == 1u);
    let b = sharedBias + select(0.0, parameters[settings.bias + j], settings.useBias == 1u);
    var logit = targetLogit;
    if (j != y) {
      if (u * v * cosine + b >= plainLogit) { wrong = 1.0; }
      logit = u * v * otherAt(cosine).x + b;
    }
    let now = max(most, logit);
    sum = sum * exp(most - now) + exp(logit - now);
    most = now;
    let first = at + j * ${subCenters}u;
    terms[first] = cosine;
    terms[first + ${along}u] = wNorm;
    ${several ? `terms[first + ${along + 1}u] = f32(row);` : ''}
    terms[at + ${logits}u + j] = logit;
  }
  let top = largest(vec4f(most), thread).x;
  let total = add(vec4f(sum * exp(most - top), wrong, 0.0, 0.0), thread);

  var radial = 0.0;
  var extra = 0.0;
  for (var j = thread; j < ${n}u; j += ${threads}u) {
    let isTarget = j == y;
    let first = at + j * ${subCenters}u;
    let row = ${several ? `u32(terms[first + ${along + 1}u])` : 'j'};
    let cosine = select(terms[first], targetCosine, isTarget);
    let wNorm = select(terms[first + ${along}u], targetNorm, isTarget);
    let v = select(wNorm, 1.0, settings.normalizeWeights == 1u);
    let logit = terms[at + ${logits}u + j];
    let hit = select(0.0, 1.0, isTarget);
    ${
      binary
        ? `let weight = select(${text(binary.others)}, ${text(binary.own)}, isTarget) / scale;
    let g = weight * (1.0 / (1.0 + exp(-logit)) - hit) / f32(settings.batch);
    let size = abs(logit);
    let wrongSide = select(max(logit, 0.0), max(-logit, 0.0), isTarget);
    // What is not a number stays so: max need not keep it.
    extra += weight * (select(wrongSide, logit, logit != logit) + log(1.0 + exp(-size)));`
        : `let g = (exp(logit - top) / total.x - hit) / f32(settings.batch);`
    }
    let otherValue = otherAt(cosine);
    let value = select(otherValue.x, margin.psi, isTarget);
    let turn = g * u * v * select(otherValue.y, slope, isTarget);
    let alongWeight = select(g * u * value / wNorm, 0.0, settings.normalizeWeights == 1u);
    let alongFeature = select(g * v * value / xNorm, 0.0, settings.normalizeFeatures == 1u);
    ${
      several
        ? `for (var k = 0u; k < ${subCenters}u; k++) {
      terms[first + k] = 0.0;
      terms[first + ${along}u + k] = 0.0;
    }`
        : ''
    }
    terms[at + row] = turn / (xNorm * wNorm);
    terms[at + ${along}u + row] = alongWeight - turn * cosine / (wNorm * wNorm);
    terms[at + ${logits}u + j] = g;
    radial += alongFeature - turn * cosine / (xNorm * xNorm);
  }
  ${
    classPenalty
      ? `for (var j = thread; j < ${n}u; j += ${threads}u) {
    sample_classMargin = parameters[settings.margins + j];
    extra += ${text(classPenalty)} / ${n}.0;
  }`
      : ''
  }
  let sums = add(vec4f(radial, extra, 0.0, 0.0), thread);
  if (thread == 0u) {
    let targetGradient = ${
      binary
        ? `(${text(binary.own)} / scale) * (1.0 / (1.0 + exp(-targetLogit)) - 1.0)`
        : 'exp(targetLogit - top) / total.x - 1.0'
    };
    let toTarget = ${detached ? '0.0' : 'targetGradient / f32(settings.batch) * u * vTarget'};
    terms[at + ${sample}u] = sums.x + toTarget * margin.dNorm / xNorm
      ${penalty ? `+ ${derivative(penalty, 'norm')} / (f32(settings.batch) * xNorm)` : ''};
    terms[at + ${sample + 1}u] = sums.y
      ${binary ? '' : '+ top + log(total.x) - targetLogit'}
      ${penalty ? `+ ${text(penalty)}` : ''};
    terms[at + ${sample + 2}u] = select(1.0, 0.0, total.y > 0.0);
    terms[at + ${sample + 3}u] = toTarget * margin.dClassMargin;
    terms[at + ${sample + 4}u] = f32(y);
  }
}`
  return program({
    label: `head, ${margin.kind}, ${n} classes of ${subCenters}`,
    buffers: { features: read(), parameters: read(), plan: read('i32'), terms: write() },
    settings: headSettingTypes(names),
    live: true,
    code,
  })
}
