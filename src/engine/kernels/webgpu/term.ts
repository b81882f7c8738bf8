import type { TensorInfo } from '@tensorflow/tfjs-core'
import { LEAST_TRAINED_NORM } from '../../../geometry/rows'
import { TERMS } from '../../../losses/term-registry'
import type { TermAttributes } from '../names'
import type { Gpu } from './gpu'
import { elementwise, elementwiseMain, program, read, write } from './program'
import { termProgram } from './term-program'

type Inputs = Record<
  'features' | 'parameters' | 'gradients' | 'plan' | 'statistics' | 'featureGradient',
  TensorInfo
>

/**
 * The term's own program runs in one workgroup. Features are normalized before where the term asks for it, and a pair
 * term goes from all distances to their coefficients, and from these to gradients.
 */
export function term(gpu: Gpu, inputs: Inputs, a: TermAttributes): TensorInfo {
  const { batch, classes, dimension, subCenters, fixedWeights, first, slot, state, weights, rarity } = a
  const { weight, mining, normalized, parameters: values } = a.term
  const rule = TERMS.get(a.term.kind)
  const { parameters, gradients, plan, statistics } = inputs
  const settings = {
    ...values,
    batch,
    classes,
    dimension,
    subCenters,
    fixedWeights: Number(fixedWeights),
    first,
    slot,
    weight,
    state,
    weights,
    rarity,
  }
  const own = termProgram(rule, mining)
  if (rule.form === 'weights') {
    gpu.dispatch(own, { parameters, gradients, statistics }, settings, [1])
    return gpu.allocate(0)
  }
  const { features, featureGradient } = inputs
  const sizes = { batch, dimension }
  const seen = gpu.allocate(batch * dimension)
  const norms = gpu.allocate(batch)
  const wanted = gpu.allocate(batch * dimension)
  const unit = { ...sizes, normalized: Number(normalized) }
  gpu.dispatch(NORMALIZE, { features, seen, norms }, unit, elementwise(batch))
  if (rule.form === 'pairs') {
    const squared = gpu.allocate(batch * batch)
    const coefficients = gpu.allocate(batch * batch)
    gpu.dispatch(DISTANCES, { seen, squared }, sizes, elementwise(batch * batch))
    gpu.dispatch(own, { squared, plan, coefficients, statistics }, settings, [1])
    gpu.dispatch(PAIR_GRADIENT, { seen, coefficients, wanted }, sizes, elementwise(batch * dimension))
    gpu.release(squared)
    gpu.release(coefficients)
  } else {
    gpu.dispatch(own, { seen, plan, parameters, gradients, statistics, wanted }, settings, [1])
  }
  gpu.dispatch(
    ADD_GRADIENT,
    { seen, norms, wanted, featureGradient },
    { ...unit, weight },
    elementwise(batch),
  )
  for (const tensor of [seen, norms, wanted]) gpu.release(tensor)
  return gpu.allocate(0)
}

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
  let norm = select(1.0, max(sqrt(sum), ${LEAST_TRAINED_NORM}), settings.normalized == 1u);
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
