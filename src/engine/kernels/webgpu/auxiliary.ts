import type { TensorInfo } from '@tensorflow/tfjs-core'
import { LEAST_NORM } from '../../../losses/pairs'
import type { PairTerm } from '../../../losses/term'
import { TERMS } from '../../../losses/term-registry'
import { PLAN_WIDTH, type AuxiliaryAttributes } from '../names'
import type { Gpu } from './gpu'
import { memo } from './memo'
import { elementwise, elementwiseMain, program, read, write, type Program } from './program'
import { reduction } from './reduction'

type Inputs = Record<'features' | 'parameters' | 'plan' | 'statistics' | 'featureGradient', TensorInfo>

/**
 * Features are normalized where the term asks for it; a pair term then goes from all distances to their
 * coefficients in one workgroup, and from these to gradients. Center loss takes one workgroup.
 */
export function auxiliary(gpu: Gpu, inputs: Inputs, a: AuxiliaryAttributes): TensorInfo {
  const { term, batch, dimension } = a
  const rule = TERMS.get(term.kind)
  const sizes = { batch, dimension }
  const { features, featureGradient } = inputs
  const seen = gpu.allocate(batch * dimension)
  const norms = gpu.allocate(batch)
  gpu.dispatch(
    NORMALIZE,
    { features, seen, norms },
    { ...sizes, normalized: Number(term.normalized) },
    elementwise(batch),
  )
  const wanted = gpu.allocate(batch * dimension)
  if (rule.form === 'pairs') {
    const squared = gpu.allocate(batch * batch)
    const coefficients = gpu.allocate(batch * batch)
    gpu.dispatch(DISTANCES, { seen, squared }, sizes, elementwise(batch * batch))
    const { plan, statistics } = inputs
    gpu.dispatch(
      pairProgram(rule, term.mining),
      { squared, plan, coefficients, statistics },
      {
        ...term.parameters,
        batch,
        classes: a.classes,
        first: a.first,
        slot: a.slot,
        weight: term.weight,
      },
      [1],
    )
    gpu.dispatch(PAIR_GRADIENT, { seen, coefficients, wanted }, sizes, elementwise(batch * dimension))
    gpu.release(squared)
    gpu.release(coefficients)
  } else {
    const { parameters, plan, statistics } = inputs
    gpu.dispatch(
      CENTERS,
      { seen, plan, parameters, statistics, wanted },
      {
        ...sizes,
        classes: a.classes,
        centers: a.centers,
        first: a.first,
        slot: a.slot,
        weight: term.weight,
        alpha: term.parameters.alpha!,
      },
      [1],
    )
  }
  gpu.dispatch(
    ADD_GRADIENT,
    { seen, norms, wanted, featureGradient },
    { ...sizes, normalized: Number(term.normalized), weight: term.weight },
    elementwise(batch),
  )
  for (const tensor of [seen, norms, wanted]) gpu.release(tensor)
  return gpu.allocate(0)
}

const THREADS = 256

const LABELS = `fn labelOf(i: u32) -> u32 { return u32(plan[${PLAN_WIDTH}u * (settings.first + i) + 3u]); }`

const NORMALIZE = program({
  label: 'features as a term sees them',
  buffers: { features: read(), seen: write(), norms: write() },
  settings: { batch: 'u32', dimension: 'u32', normalized: 'u32' },
  code: elementwiseMain(
    'settings.batch',
    `
  let at = i * settings.dimension;
  var sum = 0.0;
  for (var k = 0u; k < settings.dimension; k++) { sum += features[at + k] * features[at + k]; }
  let norm = select(1.0, max(sqrt(sum), ${LEAST_NORM}), settings.normalized == 1u);
  norms[i] = norm;
  for (var k = 0u; k < settings.dimension; k++) { seen[at + k] = features[at + k] / norm; }`,
  ),
})

const DISTANCES = program({
  label: 'squared distances of pairs',
  buffers: { seen: read(), squared: write() },
  settings: { batch: 'u32', dimension: 'u32' },
  code: elementwiseMain(
    'settings.batch * settings.batch',
    `
  let a = i / settings.batch * settings.dimension;
  let b = i % settings.batch * settings.dimension;
  var sum = 0.0;
  for (var k = 0u; k < settings.dimension; k++) {
    let difference = seen[a + k] - seen[b + k];
    sum += difference * difference;
  }
  squared[i] = sum;`,
  ),
})

type PairProgram = Program<'squared' | 'plan' | 'coefficients' | 'statistics'>

const programs = memo((_: PairTerm) => new Map<string | undefined, PairProgram>())

function pairProgram(term: PairTerm, mining: string | undefined): PairProgram {
  const known = programs(term)
  let shader = known.get(mining)
  if (!shader) {
    shader = program({
      label: term.name,
      buffers: { squared: read(), plan: read('i32'), coefficients: write(), statistics: write() },
      settings: {
        ...Object.fromEntries(term.parameters.map(({ id }) => [id, 'f32' as const])),
        batch: 'u32',
        classes: 'u32',
        first: 'u32',
        slot: 'u32',
        weight: 'f32',
      },
      live: true,
      code: `
const THREADS = ${THREADS}u;
${LABELS}
// The larger value comes first, of equal ones the earlier.
fn before(a: vec4f, b: vec4f) -> bool { return a.x > b.x || (a.x == b.x && a.y < b.y); }
${reduction('add', THREADS, 'a + b')}
${reduction('highest', THREADS, 'max(a, b)')}
${reduction('first', THREADS, 'select(b, a, before(a, b))')}
${term.shader(mining)}
@compute @workgroup_size(${THREADS})
fn main(@builtin(local_invocation_index) thread: u32) {
  for (var at = thread; at < settings.batch * settings.batch; at += THREADS) { coefficients[at] = 0.0; }
  storageBarrier();
  let value = term(thread);
  if (thread == 0u) { statistics[2u * settings.slot] += settings.weight * value; }
}`,
    })
    known.set(mining, shader)
  }
  return shader
}

const PAIR_GRADIENT = program({
  label: 'gradient of pairs',
  buffers: { seen: read(), coefficients: read(), wanted: write() },
  settings: { batch: 'u32', dimension: 'u32' },
  code: elementwiseMain(
    'settings.batch * settings.dimension',
    `
  let row = i / settings.dimension;
  let k = i % settings.dimension;
  var sum = 0.0;
  for (var j = 0u; j < settings.batch; j++) {
    let c = coefficients[row * settings.batch + j] + coefficients[j * settings.batch + row];
    sum += 2.0 * c * (seen[i] - seen[j * settings.dimension + k]);
  }
  wanted[i] = sum;`,
  ),
})

/** A thread takes one number of a centre, and of the features of that class, so that none waits for another. */
const CENTERS = program({
  label: 'center loss',
  buffers: { seen: read(), plan: read('i32'), parameters: write(), statistics: write(), wanted: write() },
  settings: {
    batch: 'u32',
    dimension: 'u32',
    classes: 'u32',
    centers: 'u32',
    first: 'u32',
    slot: 'u32',
    weight: 'f32',
    alpha: 'f32',
  },
  live: true,
  code: `
${LABELS}
${reduction('add', THREADS, 'a + b')}
@compute @workgroup_size(${THREADS})
fn main(@builtin(local_invocation_index) thread: u32) {
  var loss = 0.0;
  let size = f32(settings.batch);
  for (var at = thread; at < settings.classes * settings.dimension; at += ${THREADS}u) {
    let center = parameters[settings.centers + at];
    let k = at % settings.dimension;
    var sum = 0.0;
    var count = 0.0;
    for (var i = 0u; i < settings.batch; i++) {
      if (labelOf(i) != at / settings.dimension) { continue; }
      let away = seen[i * settings.dimension + k] - center;
      wanted[i * settings.dimension + k] = away / size;
      loss += 0.5 * away * away;
      sum -= away;
      count += 1.0;
    }
    parameters[settings.centers + at] = center - settings.alpha * sum / (1.0 + count);
  }
  loss = add(vec4f(loss, 0.0, 0.0, 0.0), thread).x / size;
  if (thread == 0u) { statistics[2u * settings.slot] += settings.weight * loss; }
}`,
})

/** Of unit features only what is perpendicular to them passes, divided by the norm. */
const ADD_GRADIENT = program({
  label: 'gradient of a term',
  buffers: { seen: read(), norms: read(), wanted: read(), featureGradient: write() },
  settings: { batch: 'u32', dimension: 'u32', normalized: 'u32', weight: 'f32' },
  live: true,
  code: elementwiseMain(
    'settings.batch',
    `
  let at = i * settings.dimension;
  var along = 0.0;
  if (settings.normalized == 1u) {
    for (var k = 0u; k < settings.dimension; k++) { along += wanted[at + k] * seen[at + k]; }
  }
  let factor = settings.weight / norms[i];
  for (var k = 0u; k < settings.dimension; k++) {
    featureGradient[at + k] += factor * (wanted[at + k] - along * seen[at + k]);
  }`,
  ),
})
