import { HEAD_LOSSES } from '../../../losses/head-loss-registry'
import { partialsLayout } from '../host/partials'
import { headSettingTypes, headShader, type ShaderHead } from './head-shader'
import { program, read, write, type Program } from './program'
import { reduction } from './reduction'

/** A logit as the shader of a loss sees it, and what is the same for all logits of a batch. */
export const LOGIT = `
struct Logit { z: f32, plain: f32, isTarget: bool, rarity: f32, norm: f32 };
var<private> classesPresent: f32;`

/** Vectors of four that a class has in the totals: what its logits come to, and how many are of its own samples. */
export const TOTAL_VECTORS = 2

const THREADS = 64

/** Folds the logits of all samples, a workgroup for each class; `partials` has logits, cosines and norms. */
export function foldShader(head: ShaderHead, n: number): Program {
  const { subCenters, loss } = head
  const { functions, scale, lossValue } = headShader(head, n)
  const { along, logits, sample, width } = partialsLayout(n, subCenters)
  const { sharedBias, shader } = HEAD_LOSSES.get(loss.kind)
  const code = `${functions}${LOGIT}
${shader(lossValue)}
${reduction('add', THREADS, 'a + b')}
${reduction('fold', THREADS, 'joined(a, b)')}
@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let j = group.x;
  let sharedBias = ${sharedBias ? `${sharedBias.sign}.0 * parameters[settings.sharedBias]` : '0.0'};
  let b = sharedBias + select(0.0, parameters[settings.bias + j], settings.useBias == 1u);
  var part = nothing();
  var count = 0.0;
  for (var i = thread; i < settings.batch; i += ${THREADS}u) {
    let at = i * ${width}u;
    let first = at + j * ${subCenters}u;
    let norm = partials[at + ${sample}u];
    let u = select(norm, ${scale}, settings.normalizeFeatures == 1u);
    let v = select(partials[first + ${along}u], 1.0, settings.normalizeWeights == 1u);
    let isTarget = partials[at + ${sample + 4}u] == f32(j);
    let plain = u * v * partials[first] + b;
    let rarity = parameters[settings.rarity + j];
    part = joined(part, ofLogit(Logit(partials[at + ${logits}u + j], plain, isTarget, rarity, norm)));
    count += select(0.0, 1.0, isTarget);
  }
  let total = fold(part, thread);
  count = add(vec4f(count, 0.0, 0.0, 0.0), thread).x;
  if (thread == 0u) {
    totals[${TOTAL_VECTORS}u * j] = total;
    totals[${TOTAL_VECTORS}u * j + 1u] = vec4f(count, 0.0, 0.0, 0.0);
  }
}`
  return program({
    label: `logits of each class, ${loss.kind}, ${n} classes`,
    buffers: { parameters: read(), partials: read(), totals: write('vec4f') },
    settings: headSettingTypes(head),
    live: true,
    code,
  })
}
