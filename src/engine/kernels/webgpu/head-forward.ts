import type { TensorInfo } from '@tensorflow/tfjs-core'
import { recent } from '../../../geometry/recent'
import { HEAD_LOSSES } from '../../../losses/head-loss-registry'
import { MARGINS } from '../../../losses/margin-registry'
import { psiOf } from '../../../losses/margin-setting'
import { LEAST_SINE } from '../host/head-sample'
import { partialsLayout } from '../host/partials'
import { PLAN_WIDTH, type HeadAttributes } from '../names'
import { foldShader, LOGIT, TOTAL_VECTORS } from './head-fold'
import { headSettings, headSettingTypes, headShader, shaderKey, type ShaderHead } from './head-shader'
import type { Gpu } from './gpu'
import { nearestRow } from './nearest-row'
import { MOST_PROGRAMS, program, read, write, type Program, type StorageBuffer } from './program'
import { reduction } from './reduction'

/**
 * The partials of each sample of the batch, a workgroup for each. A loss over samples needs three dispatches: logits,
 * totals of each class, and what follows from these.
 */
export function headForward(
  gpu: Gpu,
  { features, parameters, plan }: Record<'features' | 'parameters' | 'plan', TensorInfo>,
  a: HeadAttributes,
): TensorInfo {
  const { head, classes, dimension, batch } = a
  const partials = gpu.allocate(batch * partialsLayout(classes, head.subCenters).width)
  const tensors = { features, parameters, plan, partials }
  const shader = (part: Part): Program =>
    shaderFor(`${part} ${shaderKey(head, classes, dimension)}`, () =>
      part === 'totals' ? foldShader(head, classes) : sampleShader(part, head, classes, dimension),
    )
  if (HEAD_LOSSES.get(head.loss.kind).over === 'classes') {
    gpu.dispatch(shader('whole'), tensors, headSettings(a), [batch])
    return partials
  }
  const totals = gpu.allocate(4 * TOTAL_VECTORS * classes)
  gpu.dispatch(shader('logits'), tensors, headSettings(a), [batch])
  gpu.dispatch(shader('totals'), { parameters, partials, totals }, headSettings(a), [classes])
  gpu.dispatch(shader('gradients'), { ...tensors, totals }, headSettings(a), [batch])
  gpu.release(totals)
  return partials
}

/** What a shader does of it: all, or a part where something has to happen between. */
type Part = 'whole' | 'logits' | 'totals' | 'gradients'

const shaderFor = recent<Program>(MOST_PROGRAMS)

function sampleShader(part: Exclude<Part, 'totals'>, head: ShaderHead, n: number, d: number): Program {
  const { margin, subCenters } = head
  const { other, detached, penalty, classPenalty } = MARGINS.get(margin.kind)
  const { sharedBias, shader: lossShader } = HEAD_LOSSES.get(head.loss.kind)
  const psi = psiOf(margin)
  const { functions, text, derivative, uses, scale, lossValue } = headShader(head, n)
  const { along, logits, sample, width } = partialsLayout(n, subCenters)
  const nearest = nearestRow(d, subCenters)
  const several = subCenters > 1
  const threads = n > 256 ? 256 : 64
  const whole = part === 'whole'
  const share = whole ? 'f32(settings.batch)' : '1.0'
  const set = (symbol: string, value: string): string => (uses(symbol) ? `sample_${symbol} = ${value};` : '')
  // Cosines, norms and logits wait in the row for what comes of all of them; no thread reads another's.
  const findLogits = `
  ${whole ? 'var part = nothing();' : ''}
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
    let length = u * select(wNorm, 1.0, settings.normalizeWeights == 1u);
    let b = sharedBias + select(0.0, parameters[settings.bias + j], settings.useBias == 1u);
    let isTarget = j == y;
    let z = select(length * otherAt(cosine).x + b, targetLogit, isTarget);
    let plain = select(length * cosine + b, plainLogit, isTarget);
    let first = at + j * ${subCenters}u;
    partials[first] = cosine;
    partials[first + ${along}u] = wNorm;
    ${several ? `partials[first + ${along + 1}u] = f32(row);` : ''}
    partials[at + ${logits}u + j] = z;
    ${whole ? 'part = joined(part, ofLogit(Logit(z, plain, isTarget, parameters[settings.rarity + j], xNorm)));' : ''}
  }
  ${whole ? 'let total = fold(part, thread);\n  let value = valueOf(total, xNorm);' : ''}`
  const countPresent = `
  var present = 0.0;
  var classes = 0.0;
  for (var j = thread; j < ${n}u; j += ${threads}u) {
    present += select(0.0, 1.0, totals[${TOTAL_VECTORS}u * j + 1u].x > 0.0);
  }
  classesPresent = add(vec4f(present, 0.0, 0.0, 0.0), thread).x;
  for (var j = thread; j < ${n}u; j += ${threads}u) { classes += valueOf(totals[${TOTAL_VECTORS}u * j], 0.0).x; }
  let value = vec2f(add(vec4f(classes, 0.0, 0.0, 0.0), thread).x, 0.0);`
  const gradients = `
  var radial = 0.0;
  var extra = 0.0;
  var wrong = 0.0;
  for (var j = thread; j < ${n}u; j += ${threads}u) {
    let isTarget = j == y;
    let first = at + j * ${subCenters}u;
    let row = ${several ? `u32(partials[first + ${along + 1}u])` : 'j'};
    let cosine = select(partials[first], targetCosine, isTarget);
    let wNorm = select(partials[first + ${along}u], targetNorm, isTarget);
    let v = select(wNorm, 1.0, settings.normalizeWeights == 1u);
    let b = sharedBias + select(0.0, parameters[settings.bias + j], settings.useBias == 1u);
    let plain = select(u * v * cosine + b, plainLogit, isTarget);
    if (!isTarget && plain >= plainLogit) { wrong = 1.0; }
    ${whole ? '' : `let total = totals[${TOTAL_VECTORS}u * j];`}
    let logit = Logit(partials[at + ${logits}u + j], plain, isTarget, parameters[settings.rarity + j], xNorm);
    let g = slopeOf(logit, total) / ${share};
    let otherValue = otherAt(cosine);
    let value = select(otherValue.x, margin.psi, isTarget);
    let turn = g * u * v * select(otherValue.y, slope, isTarget);
    let alongWeight = select(g * u * value / wNorm, 0.0, settings.normalizeWeights == 1u);
    let alongFeature = select(g * v * value / xNorm, 0.0, settings.normalizeFeatures == 1u);
    ${
      several
        ? `for (var k = 0u; k < ${subCenters}u; k++) {
      partials[first + k] = 0.0;
      partials[first + ${along}u + k] = 0.0;
    }`
        : ''
    }
    partials[at + row] = turn / (xNorm * wNorm);
    partials[at + ${along}u + row] = alongWeight - turn * cosine / (wNorm * wNorm);
    partials[at + ${logits}u + j] = g;
    radial += alongFeature - turn * cosine / (xNorm * xNorm);
  }
  ${
    classPenalty
      ? `for (var j = thread; j < ${n}u; j += ${threads}u) {
    sample_classMargin = parameters[settings.margins + j];
    extra += ${text(classPenalty)} / ${n}.0;
  }
  sample_classMargin = parameters[settings.margins + y];`
      : ''
  }
  let sums = add(vec4f(radial, extra, wrong, 0.0), thread);
  if (thread == 0u) {
    ${whole ? '' : `let total = totals[${TOTAL_VECTORS}u * y];`}
    let ofTarget = Logit(targetLogit, plainLogit, true, parameters[settings.rarity + y], xNorm);
    let toTarget = ${detached ? '0.0' : `slopeOf(ofTarget, total) / ${share} * u * vTarget`};
    partials[at + ${sample}u] = sums.x + toTarget * margin.dNorm / xNorm + value.y / (${share} * xNorm)
      ${penalty ? `+ ${derivative(penalty, 'norm')} / (f32(settings.batch) * xNorm)` : ''};
    partials[at + ${sample + 1}u] = value.x + sums.y
      ${penalty ? `+ ${text(penalty)}` : ''};
    partials[at + ${sample + 2}u] = select(1.0, 0.0, sums.z > 0.0);
    partials[at + ${sample + 3}u] = toTarget * margin.dClassMargin;
    partials[at + ${sample + 4}u] = f32(y);
  }`
  const rest = {
    whole: findLogits + gradients,
    logits: `${findLogits}
  if (thread == 0u) {
    partials[at + ${sample}u] = xNorm;
    partials[at + ${sample + 4}u] = f32(y);
  }`,
    gradients: countPresent + gradients,
  }[part]
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
${LOGIT}
${lossShader(lossValue)}
${reduction('add', threads, 'a + b')}
${whole ? reduction('fold', threads, 'joined(a, b)') : ''}

@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let x = group.x * ${d}u;
  let y = u32(plan[${PLAN_WIDTH}u * (settings.first + group.x) + 3u]);
  let w = settings.weights + ${nearest.row('y')} * ${d}u;
  let at = group.x * ${width}u;

  // First the target, whose angle takes part in every logit.
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
  let sharedBias = ${sharedBias ? `${sharedBias.sign}.0 * parameters[settings.sharedBias]` : '0.0'};
  let targetBias = sharedBias + select(0.0, parameters[settings.bias + y], settings.useBias == 1u);
  let plainLogit = u * vTarget * targetCosine + targetBias;
  let targetLogit = u * vTarget * margin.psi + targetBias;
${rest}
}`
  const buffers: Record<string, StorageBuffer> = {
    features: read(),
    parameters: read(),
    plan: read('i32'),
    partials: write(),
  }
  return program({
    label: `head, ${margin.kind}, ${head.loss.kind}, ${n} classes of ${subCenters}`,
    buffers: part === 'gradients' ? { ...buffers, totals: read('vec4f') } : buffers,
    settings: headSettingTypes(head),
    live: true,
    code,
  })
}
