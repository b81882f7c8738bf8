import type { TensorInfo } from '@tensorflow/tfjs-core'
import { recent } from '../../../geometry/recent'
import { headStates } from '../../../losses/head-states'
import { MARGINS } from '../../../losses/margin-registry'
import { LARGEST_COUNTED_NORM, LEAST_COUNTED_NORM } from '../host/head-state'
import { MOST_BATCH } from '../../limits'
import { PLAN_WIDTH, type HeadAttributes } from '../names'
import type { Gpu } from './gpu'
import { headSettings, headSettingTypes, headShader, shaderKey, type ShaderHead } from './head-shader'
import { nearestRow } from './nearest-row'
import { MOST_PROGRAMS, program, read, write, type Program } from './program'
import { reduction } from './reduction'

/** Brings what the head carries from step to step up to date, in one workgroup that goes over the batch. */
export function headState(
  gpu: Gpu,
  { features, parameters, plan }: Record<'features' | 'parameters' | 'plan', TensorInfo>,
  a: HeadAttributes,
): TensorInfo {
  if (a.batch > MOST_BATCH) throw new RangeError(`a batch has at most ${MOST_BATCH} samples`)
  const { head, classes, dimension } = a
  const shader = shaderFor(shaderKey(head, classes, dimension), () => stateShader(head, classes, dimension))
  gpu.dispatch(shader, { features, parameters, plan }, headSettings(a), [1])
  return gpu.allocate(0)
}

const THREADS = 256

const shaderFor = recent<Program>(MOST_PROGRAMS)

function stateShader(head: ShaderHead, n: number, d: number): Program {
  const nearest = nearestRow(d, head.subCenters)
  const { functions, text, uses, scale, nextLossStates } = headShader(head, n)
  const ofMargin = headStates(head).margin.map((spec) => text(spec.next))
  const next = [...ofMargin, ...nextLossStates]
  // As `marginWaits` says: whether features have unit length differs from step to step.
  const waits = MARGINS.get(head.margin.kind).scale !== undefined
  const store = (i: number): string => `parameters[settings.states + ${i}u] = next${i};`
  const storeMargin = ofMargin.map((_, i) => store(i)).join(' ')
  const set = (symbol: string, value: string): string => (uses(symbol) ? `sample_${symbol} = ${value};` : '')
  const code = `${functions}${nearest.functions}
${reduction('add', THREADS, 'a + b')}
var<workgroup> angles: array<f32, ${MOST_BATCH}>;
var<workgroup> median: f32;
@compute @workgroup_size(${THREADS})
fn main(@builtin(local_invocation_index) thread: u32) {
  let scale = ${scale};
  // Norms, target cosines, and the sums over other classes.
  var sums = vec4f();
  var norms = array<f32, ${MOST_BATCH / THREADS}>();
  for (var i = thread; i < settings.batch; i += ${THREADS}u) {
    let y = u32(plan[${PLAN_WIDTH}u * (settings.first + i) + 3u]);
    let x = i * ${d}u;
    var square = 0.0;
    for (var k = 0u; k < ${d}u; k++) { square += features[x + k] * features[x + k]; }
    let xNorm = normOf(square);
    let counted = clamp(xNorm, ${LEAST_COUNTED_NORM}, ${LARGEST_COUNTED_NORM}.0);
    norms[i / ${THREADS}u] = counted;
    sums.x += counted;
    for (var j = 0u; j < ${n}u; j++) {
      let w = settings.weights + ${nearest.row('j')} * ${d}u;
      var product = 0.0;
      var weight = 0.0;
      for (var k = 0u; k < ${d}u; k++) {
        product += features[x + k] * parameters[w + k];
        weight += parameters[w + k] * parameters[w + k];
      }
      let wNorm = normOf(weight);
      let cosine = cosineOf(product, xNorm * wNorm);
      if (j == y) {
        sums.y += cosine;
        // The angle from the sum and the difference of the unit vectors (Kahan).
        var chords = vec2f();
        for (var k = 0u; k < ${d}u; k++) {
          let u = features[x + k] / xNorm;
          let v = parameters[w + k] / wNorm;
          chords += vec2f((u + v) * (u + v), (u - v) * (u - v));
        }
        angles[i] = 2.0 * exactAngle(sqrt(chords.x), sqrt(chords.y));
      } else {
        sums.z += exp(scale * cosine);
      }
    }
  }
  let means = add(sums, thread) / f32(settings.batch);
  var squares = 0.0;
  for (var i = thread; i < settings.batch; i += ${THREADS}u) {
    let difference = norms[i / ${THREADS}u] - means.x;
    squares += difference * difference;
    // The median is the angle that as many others as it takes come before.
    var before = 0u;
    for (var k = 0u; k < settings.batch; k++) {
      if (angles[k] < angles[i] || (angles[k] == angles[i] && k < i)) { before++; }
    }
    if (before == (settings.batch - 1u) / 2u) { median = angles[i]; }
  }
  squares = add(vec4f(squares), thread).x;
  if (thread == 0u) {
    ${set('meanNorm', 'means.x')}
    ${set('deviationNorm', 'sqrt(squares / max(1.0, f32(settings.batch) - 1.0))')}
    ${set('meanCosine', 'means.y')}
    ${set('medianAngle', 'median')}
    ${set('meanOthers', 'means.z')}
    ${next.map((value, i) => `let next${i} = ${value};`).join('\n    ')}
    ${waits ? `if (settings.normalizeFeatures == 1u) { ${storeMargin} }` : storeMargin}
    ${nextLossStates.map((_, i) => store(ofMargin.length + i)).join('\n    ')}
  }
}`
  return program({
    label: `state of the head, ${head.margin.kind}, ${n} classes`,
    buffers: { features: read(), parameters: write(), plan: read('i32') },
    settings: headSettingTypes(head),
    live: true,
    code,
  })
}
