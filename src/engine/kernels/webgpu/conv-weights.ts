import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { ConvLayer } from '../../layout'
import type { ConvBackwardAttributes } from '../names'
import { activationDerivative, slopesOf } from './activation'
import type { Gpu } from './gpu'
import { eachColumn, FOUR } from './lanes'
import { memo } from '../../../geometry/memo'
import { depthOf, patches } from './patches'
import { productShader } from './product'
import { program, read, write } from './program'
import { ENOUGH_GROUPS, groupsOf, powerOfTwo, tileFor, USUAL_BATCH, type Tile } from './tiles'

type Inputs = Record<'input' | 'preActivations' | 'outputGradient' | 'parameters' | 'gradients', TensorInfo>

/** Positions that a workgroup adds up at least, before its sum is worth a place in memory. */
const LEAST_PART = 128

/**
 * Writes the gradients of weights, bias and slopes. The sum over all positions in the batch is cut into parts,
 * each a partial result in memory, unless one part makes enough workgroups.
 */
export function convWeightGradients(
  gpu: Gpu,
  { input, preActivations, outputGradient, parameters, gradients }: Inputs,
  { layer, batch }: ConvBackwardAttributes,
): void {
  const { tile, groups, whole, part, sum } = shadersOf(layer)
  const rows = depthOf(layer)
  const columns = layer.output.channels
  const { parts, length } = partsOf(batch, layer, groups, tile)
  const size = (rows + 2) * columns
  const result = parts === 1 ? gradients : gpu.allocate(parts * size)
  gpu.dispatch(
    parts === 1 ? whole : part,
    { source: input, preActivations, outputGradient, parameters, result },
    { batch, length },
    [Math.ceil(rows / tile.rows), Math.ceil(columns / tile.columns), parts],
  )
  if (parts === 1) return
  gpu.dispatch(sum.shader, { partials: result, gradients }, { parts }, [sum.groups])
  gpu.release(result)
}

/** In how many parts of which length (a multiple of the loading depth) the positions are added up. */
function partsOf(
  batch: number,
  { output }: ConvLayer,
  groups: number,
  { depth }: Tile,
): { parts: number; length: number } {
  const positions = batch * output.height * output.width
  const wanted = Math.min(Math.ceil(ENOUGH_GROUPS / groups), Math.ceil(positions / LEAST_PART))
  const length = depth * Math.ceil(positions / wanted / depth)
  return { parts: Math.ceil(positions / length), length }
}

const shadersOf = memo((layer: ConvLayer) => {
  const { height, width, channels } = layer.output
  const shape = { rows: depthOf(layer), columns: channels, depth: LEAST_PART }
  const tile = tileFor(shape, Math.ceil((USUAL_BATCH * height * width) / LEAST_PART))
  const groups = groupsOf(shape, tile)
  return {
    tile,
    groups,
    whole: weightsShader(layer, tile, true),
    part: weightsShader(layer, tile, false),
    sum: sumShader(layer, partsOf(USUAL_BATCH, layer, groups, tile).parts),
  }
})

/**
 * dWeights [taps, filters] = patchesᵀ · dz over a part of the positions, with dz = dy · activation′(z). Where dz
 * is loaded, Σ dz (the gradient of the bias) and Σ dy · z over z < 0 (that of the slopes) are added up too.
 * Goes to the gradients when the part is the whole, else to rows of its own in a partial result: the weights,
 * then the bias, then the slopes.
 */
function weightsShader(layer: ConvLayer, tile: Tile, whole: boolean) {
  const { output, weights, bias, after } = layer
  const positions = output.height * output.width
  const filters = output.channels
  const depth = depthOf(layer)
  const prelu = after.kind === 'prelu'
  const [weightsAt, biasAt, slopesAt] = whole
    ? [`${weights}u`, `${bias}u`, `${prelu ? after.offset : 0}u`]
    : [0, depth, depth + 1].map((row) => `part * ${(depth + 2) * filters}u + ${row * filters}u`)
  const code = `${patches(layer, 'taps')}
${activationDerivative(after)}
var<private> part: u32;
var<private> sumOfGradients: vec4f;
var<private> sumOfProducts: vec4f;
fn setup(group: vec3u) { part = group.z; }
fn depthRange(group: vec3u) -> vec2u {
  let first = group.z * settings.length;
  return vec2u(first, min(first + settings.length, settings.batch * ${positions}u));
}
fn aRows(first: u32) -> Tap { return tapAt(first + vec4u(0u, 1u, 2u, 3u)); }
fn aDepth(m: u32) -> Position { return positionAt(m); }
fn aQuad(tap: Tap, position: Position) -> vec4f { return patchAt(position, tap); }
struct Filters { first: u32, slopes: vec4f };
fn bColumns(column: u32) -> Filters {
  let columns = column + vec4u(0u, 1u, 2u, 3u);
  return Filters(column, ${slopesOf(after, FOUR, 'columns')});
}
fn bDepth(m: u32) -> u32 { return m; }
fn bQuad(filters: Filters, m: u32) -> vec4f {
  var z = vec4f();
  var dy = vec4f();
  if (m >= settings.batch * ${positions}u) { return dy; }
  let column = filters.first;
  let i = m * ${filters}u + column;
  ${eachColumn(
    filters,
    (lane, name) => `dy.${name} = outputGradient[i + ${lane}u]; z.${name} = preActivations[i + ${lane}u];`,
  )}
  let dz = dy * activationSlope(z, filters.slopes);
  sumOfGradients += dz;
  sumOfProducts += dy * min(z, vec4f());
  return dz;
}
fn store(row: u32, column: u32, value: vec4f) {
  if (row >= ${depth}u) { return; }
  let i = ${weightsAt!} + row * ${filters}u + column;
  ${eachColumn(filters, (lane, name) => `result[i + ${lane}u] = value.${name};`)}
}
fn storeSums(column: u32, bias: vec4f, slopes: vec4f) {
  let b = ${biasAt!} + column;
  ${eachColumn(filters, (lane, name) => `result[b + ${lane}u] = bias.${name};`)}
  ${
    whole && !prelu
      ? ''
      : `let s = ${slopesAt!} + column;
  ${eachColumn(filters, (lane, name) => `result[s + ${lane}u] = slopes.${name};`)}`
  }
}`
  const finish = `if (group.x == 0u) {
    quads[thread] = sumOfGradients;
    quads[THREADS + thread] = sumOfProducts;
    workgroupBarrier();
    if (thread < B_QUADS) {
      var bias = vec4f();
      var slopes = vec4f();
      for (var t = thread; t < THREADS; t += B_QUADS) {
        bias += quads[t];
        slopes += quads[THREADS + t];
      }
      storeSums(firstColumn + 4u * thread, bias, slopes);
    }
  }`
  return program({
    label: `weight gradient ${depth} × ${filters}${whole ? '' : ', parts'}`,
    buffers: {
      source: read(),
      preActivations: read(),
      outputGradient: read(),
      parameters: read(),
      result: write(),
    },
    settings: { batch: 'u32', length: 'u32' },
    code: productShader({ tile, code, aContiguous: 'rows', bContiguous: 'columns', finish }),
  })
}

const SUM_THREADS = 64
/** Parts that a thread of the sum is meant to add up; more are shared by several. */
const SUM_PARTS = 8

/** Adds up partial results into the gradients, of which there are usually `parts`. */
function sumShader(layer: ConvLayer, parts: number) {
  const { output, weights, bias, after } = layer
  const weightsSize = depthOf(layer) * output.channels
  const filters = output.channels
  const size = weightsSize + 2 * filters
  const slices = Math.min(powerOfTwo(parts / SUM_PARTS), SUM_THREADS / 8)
  const elements = SUM_THREADS / slices
  const shader = program({
    label: `sum of weight gradients ${depthOf(layer)} × ${filters}`,
    buffers: { partials: read(), gradients: write() },
    settings: { parts: 'u32' },
    code: `
var<workgroup> sums: array<f32, ${SUM_THREADS}>;
@compute @workgroup_size(${SUM_THREADS})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let i = group.x * ${elements}u + thread % ${elements}u;
  var sum = 0.0;
  if (i < ${size}u) {
    for (var part = thread / ${elements}u; part < settings.parts; part += ${slices}u) {
      sum += partials[part * ${size}u + i];
    }
  }
  ${
    slices === 1
      ? ''
      : `sums[thread] = sum;
  workgroupBarrier();
  if (thread >= ${elements}u) { return; }
  for (var t = thread + ${elements}u; t < ${SUM_THREADS}u; t += ${elements}u) { sum += sums[t]; }`
  }
  if (i < ${weightsSize}u) {
    gradients[${weights}u + i] = sum;
  } else if (i < ${weightsSize + filters}u) {
    gradients[${bias}u + i - ${weightsSize}u] = sum;
  } ${
    after.kind === 'prelu'
      ? `else if (i < ${size}u) { gradients[${after.offset}u + i - ${weightsSize + filters}u] = sum; }`
      : ''
  }
}`,
  })
  return { shader, groups: Math.ceil(size / elements) }
}
