import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { WeightTermAttributes } from '../names'
import type { Gpu } from './gpu'
import { program, read, write } from './program'
import { reduction } from './reduction'

type Inputs = Record<'parameters' | 'gradients' | 'statistics', TensorInfo>

/** UP, in one workgroup that goes over the rows of W; promotion.ts says what it computes. */
export function weightTerm(gpu: Gpu, { parameters, gradients, statistics }: Inputs, a: WeightTermAttributes) {
  const { classes, dimension, subCenters, weights, rarity, slot, term } = a
  gpu.dispatch(
    PROMOTE,
    { parameters, gradients, statistics },
    {
      classes,
      dimension,
      subCenters,
      weights,
      rarity,
      slot,
      weight: term.weight,
      fraction: term.parameters.fraction!,
    },
    [1],
  )
  return gpu.allocate(0)
}

const THREADS = 256

const PROMOTE = program({
  label: 'UP loss',
  buffers: { parameters: read(), gradients: write(), statistics: write() },
  settings: {
    classes: 'u32',
    dimension: 'u32',
    subCenters: 'u32',
    weights: 'u32',
    rarity: 'u32',
    slot: 'u32',
    weight: 'f32',
    fraction: 'f32',
  },
  live: true,
  code: `
${reduction('add', THREADS, 'a + b')}
${reduction('least', THREADS, 'min(a, b)')}
fn squareOf(row: u32) -> f32 {
  var square = 0.0;
  for (var k = 0u; k < settings.dimension; k++) {
    let w = parameters[settings.weights + row * settings.dimension + k];
    square += w * w;
  }
  return square;
}
fn hasFew(row: u32, ofLargest: f32) -> bool {
  return settings.fraction * parameters[settings.rarity + row / settings.subCenters] > ofLargest;
}
@compute @workgroup_size(${THREADS})
fn main(@builtin(local_invocation_index) thread: u32) {
  let rows = settings.classes * settings.subCenters;
  var rarity = 1.0;
  for (var j = thread; j < settings.classes; j += ${THREADS}u) {
    rarity = min(rarity, parameters[settings.rarity + j]);
  }
  let ofLargest = least(vec4f(rarity), thread).x;
  var sums = vec4f();
  for (var row = thread; row < rows; row += ${THREADS}u) {
    let few = hasFew(row, ofLargest);
    sums += select(vec4f(squareOf(row), 1.0, 0.0, 0.0), vec4f(0.0, 0.0, 1.0, 0.0), few);
  }
  sums = add(sums, thread);
  let alpha = sums.x / sums.y;
  var value = 0.0;
  for (var row = thread; row < rows; row += ${THREADS}u) {
    if (!hasFew(row, ofLargest)) { continue; }
    let away = squareOf(row) - alpha;
    value += away * away / sums.z;
    let along = 4.0 * settings.weight * away / sums.z;
    for (var k = 0u; k < settings.dimension; k++) {
      let at = settings.weights + row * settings.dimension + k;
      gradients[at] += along * parameters[at];
    }
  }
  value = add(vec4f(value, 0.0, 0.0, 0.0), thread).x;
  if (thread == 0u) { statistics[2u * settings.slot] += settings.weight * value; }
}`,
})
