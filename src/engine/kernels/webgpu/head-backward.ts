import type { TensorInfo } from '@tensorflow/tfjs-core'
import { recent } from '../../../geometry/recent'
import { partialsLayout } from '../host/partials'
import type { ActiveHead } from '../../../losses/head'
import type { HeadAttributes, HeadBackwardAttributes } from '../names'
import { HEAD_LOSSES } from '../../../losses/head-loss-registry'
import { MARGINS } from '../../../losses/margin-registry'
import type { Gpu } from './gpu'
import { headSettings, headSettingTypes, headShader, shaderKey } from './head-shader'
import { MOST_PROGRAMS, program, read, write, type Program } from './program'
import { reduction } from './reduction'
import { powerOfTwo } from './tiles'

type Inputs = Record<'partials' | 'features' | 'parameters' | 'gradients' | 'statistics', TensorInfo>

/** One dispatch, with a workgroup for each row of W, one for each sample and one for the statistics. */
export function headBackward(gpu: Gpu, inputs: Inputs, a: HeadBackwardAttributes): TensorInfo {
  const { batch, classes, dimension, slot } = a
  const featureGradient = gpu.allocate(batch * dimension)
  const settings = { ...headSettings(a), slot, detach: Number(a.detach) }
  const { partials, features, parameters, gradients, statistics } = inputs
  const tensors = { partials, features, parameters, gradients, statistics, featureGradient }
  gpu.dispatch(shaderOf(a), tensors, settings, [classes * a.head.subCenters + batch + 1])
  return featureGradient
}

const shaderFor = recent<Program>(MOST_PROGRAMS)

/** Heads share one shader where no class has a penalty of its own: ψ itself is not in it. */
function shaderOf({ head, classes, dimension }: HeadAttributes): Program {
  const { margin, loss, subCenters } = head
  const own = MARGINS.get(margin.kind).classPenalty ? shaderKey(head, classes, dimension) : ''
  const { sharedBias, fixedWeights } = HEAD_LOSSES.get(loss.kind)
  const key = [classes, subCenters, dimension, sharedBias?.sign, fixedWeights, own].join()
  return shaderFor(key, () => gradientShader(head, classes, dimension))
}

const THREADS = 64

/**
 * Both gradients have one form: row r is Σ_s c_rs · other_s + c_r · own_r, for a row of W over all samples and for
 * a sample over all rows of W. Lanes of threads take an element of the row each, and slices of lanes a part of the sum.
 */
function gradientShader(head: ActiveHead, n: number, d: number): Program {
  const { subCenters } = head
  const { classPenalty } = MARGINS.get(head.margin.kind)
  const { sharedBias, fixedWeights } = HEAD_LOSSES.get(head.loss.kind)
  const { functions, derivative } = headShader(head, n)
  const lanes = Math.min(powerOfTwo(d), THREADS)
  const slices = THREADS / lanes
  const { along, logits, sample, width } = partialsLayout(n, subCenters)
  const rowSum = (count: string, coefficient: string, other: string, store: string): string => `
  for (var chunk = 0u; chunk < ${d}u; chunk += ${lanes}u) {
    let k = chunk + lane;
    var sum = 0.0;
    if (k < ${d}u) {
      for (var s = slice; s < ${count}; s += ${slices}u) { sum += ${coefficient} * ${other}; }
    }
    workgroupBarrier();
    sums[thread] = sum;
    workgroupBarrier();
    if (slice == 0u && k < ${d}u) {
      for (var t = thread + ${lanes}u; t < ${THREADS}u; t += ${lanes}u) { sum += sums[t]; }
      ${store}
    }
  }`
  const code = `${classPenalty ? functions : ''}
var<workgroup> sums: array<f32, ${THREADS}>;
${reduction('add', THREADS, 'a + b')}
fn weightGradient(r: u32, thread: u32) {
  let j = r${subCenters > 1 ? ` / ${subCenters}u` : ''};
  let lane = thread % ${lanes}u;
  let slice = thread / ${lanes}u;
  var own = vec4f();
  for (var i = thread; i < settings.batch; i += ${THREADS}u) {
    let row = i * ${width}u;
    let mine = partials[row + ${sample + 4}u] == f32(j);
    own += vec4f(
      partials[row + ${along}u + r],
      partials[row + ${logits}u + j],
      select(0.0, partials[row + ${sample + 3}u], mine),
      0.0,
    );
  }
  own = add(own, thread);
  let at = settings.weights + r * ${d}u;
  ${rowSum(
    'settings.batch',
    `partials[s * ${width}u + r]`,
    `features[s * ${d}u + k]`,
    fixedWeights ? 'gradients[at + k] = 0.0;' : 'gradients[at + k] = sum + own.x * parameters[at + k];',
  )}
  // The first of a class's rows sees to what is the class's.
  if (thread == 0u${subCenters > 1 ? ` && r == j * ${subCenters}u` : ''}) {
    gradients[settings.bias + j] = select(0.0, own.y, settings.useBias == 1u);
    ${classPenalty ? 'sample_classMargin = parameters[settings.margins + j];' : ''}
    gradients[settings.margins + j] = own.z
      ${classPenalty ? `+ ${derivative(classPenalty, 'classMargin')} / ${n}.0` : ''};
  }
}
fn sampleGradient(i: u32, thread: u32) {
  let lane = thread % ${lanes}u;
  let slice = thread / ${lanes}u;
  let at = i * ${d}u;
  ${rowSum(
    `${along}u`,
    `partials[i * ${width}u + s]`,
    `parameters[settings.weights + s * ${d}u + k]`,
    `let whole = sum + partials[i * ${width}u + ${sample}u] * features[at + k];
      featureGradient[at + k] = select(whole, 0.0, settings.detach == 1u);`,
  )}
}
fn means(thread: u32) {
  var sum = vec4f();
  for (var i = thread; i < settings.batch; i += ${THREADS}u) {
    let at = i * ${width}u + ${sample + 1}u;
    sum += vec4f(partials[at], partials[at + 1u], 0.0, 0.0);
    ${
      sharedBias
        ? `for (var j = 0u; j < ${n}u; j++) { sum += vec4f(0.0, 0.0, partials[i * ${width}u + ${logits}u + j], 0.0); }`
        : ''
    }
  }
  let total = add(sum, thread);
  sum = total / f32(settings.batch);
  if (thread == 0u) {
    statistics[2u * settings.slot] = sum.x;
    statistics[2u * settings.slot + 1u] = sum.y;
    gradients[settings.sharedBias] = ${sharedBias?.sign ?? 1}.0 * total.z;
  }
}
@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  if (group.x < ${along}u) {
    weightGradient(group.x, thread);
  } else if (group.x < ${along}u + settings.batch) {
    sampleGradient(group.x - ${along}u, thread);
  } else {
    means(thread);
  }
}`
  return program({
    label: `head gradient, ${n} classes of ${subCenters}`,
    buffers: {
      partials: read(),
      features: read(),
      parameters: read(),
      gradients: write(),
      statistics: write(),
      featureGradient: write(),
    },
    settings: { ...headSettingTypes(classPenalty && head), slot: 'u32', detach: 'u32' },
    live: true,
    code,
  })
}
