import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { ConvLayer } from '../../layout'
import type { ConvForwardAttributes } from '../names'
import { volume } from '../../layout'
import type { Gpu } from './gpu'
import { eachColumn } from './lanes'
import { memo } from '../../../geometry/memo'
import { depthOf, patches } from './patches'
import { productShader } from './product'
import { program, read, write } from './program'
import { tileFor, USUAL_BATCH } from './tiles'

export function convForward(
  gpu: Gpu,
  { input, parameters }: Record<'input' | 'parameters', TensorInfo>,
  { layer, batch }: ConvForwardAttributes,
): TensorInfo {
  const result = gpu.allocate(batch * volume(layer.output))
  const { tile, shader } = forwardOf(layer)
  const { height, width, channels } = layer.output
  gpu.dispatch(shader, { source: input, parameters, result }, { batch }, [
    Math.ceil((batch * height * width) / tile.rows),
    Math.ceil(channels / tile.columns),
  ])
  return result
}

/** z [positions, filters] = patches · weights + bias. */
const forwardOf = memo((layer: ConvLayer) => {
  const { output, weights, bias } = layer
  const positions = output.height * output.width
  const filters = output.channels
  const depth = depthOf(layer)
  const tile = tileFor({ rows: USUAL_BATCH * positions, columns: filters, depth })
  const code = `${patches(layer, 'positions')}
fn setup(group: vec3u) {}
fn depthRange(group: vec3u) -> vec2u { return vec2u(0u, ${depth}u); }
fn aRows(first: u32) -> Position { return positionAt(first + vec4u(0u, 1u, 2u, 3u)); }
fn aDepth(k: u32) -> Tap { return tapAt(k); }
fn aQuad(position: Position, tap: Tap) -> vec4f { return patchAt(position, tap); }
fn bColumns(first: u32) -> u32 { return first; }
fn bDepth(k: u32) -> u32 { return k; }
fn bQuad(column: u32, k: u32) -> vec4f {
  var quad = vec4f();
  if (k >= ${depth}u) { return quad; }
  let i = ${weights}u + k * ${filters}u + column;
  ${eachColumn(filters, (lane, name) => `quad.${name} = parameters[i + ${lane}u];`)}
  return quad;
}
fn store(row: u32, column: u32, value: vec4f) {
  if (row >= settings.batch * ${positions}u) { return; }
  let i = row * ${filters}u + column;
  let b = ${bias}u + column;
  ${eachColumn(filters, (lane, name) => `result[i + ${lane}u] = value.${name} + parameters[b + ${lane}u];`)}
}`
  const shader = program({
    label: `forward ${depth} × ${filters}`,
    buffers: { source: read(), parameters: read(), result: write() },
    settings: { batch: 'u32' },
    code: productShader({ tile, code, aContiguous: 'depth', bContiguous: 'columns' }),
  })
  return { tile, shader }
})
