import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { ConvLayer } from '../../layout'
import type { ConvBackwardAttributes } from '../names'
import { volume } from '../../layout'
import { activationDerivative, slopesOf } from './activation'
import type { Gpu } from './gpu'
import { eachColumn, FOUR, ONE } from './lanes'
import { memo } from '../../../geometry/memo'
import { OUTSIDE } from './patches'
import { productShader } from './product'
import { program, read, write } from './program'
import { tileFor, USUAL_BATCH } from './tiles'

type Inputs = Record<'preActivations' | 'outputGradient' | 'parameters', TensorInfo>

/** The gradient with respect to the activated input. */
export function convInputGradient(
  gpu: Gpu,
  { preActivations, outputGradient, parameters }: Inputs,
  { layer, batch }: ConvBackwardAttributes,
): TensorInfo {
  const result = gpu.allocate(batch * volume(layer.input))
  const { tile, pixels, shader } = inputGradientOf(layer)
  gpu.dispatch(shader, { preActivations, outputGradient, parameters, result }, { batch }, [
    Math.ceil((batch * pixels) / tile.rows),
    Math.ceil(layer.input.channels / tile.columns),
    layer.stride ** 2,
  ])
  return result
}

/**
 * dInput [pixels, channels] = patches of dz · weightsᵀ, where the patch of an input pixel holds the outputs that
 * it acts on. With a stride s, pixels that are s apart meet the same taps of the kernel, so there is a product
 * for each of s² phases, over their taps only.
 */
const inputGradientOf = memo((layer: ConvLayer) => {
  const { input, output, size, stride, padTop, padLeft, weights, after } = layer
  const channels = input.channels
  const filters = output.channels
  const height = Math.ceil(input.height / stride)
  const width = Math.ceil(input.width / stride)
  const pixels = height * width
  const tile = tileFor(
    { rows: USUAL_BATCH * pixels, columns: channels, depth: Math.ceil(size / stride) ** 2 * filters },
    stride ** 2,
  )
  const code = `
${activationDerivative(after)}
// Which phase this is, the first tap that its pixels meet and how many, and the output of the first tap.
struct Phase { y: u32, x: u32, tapY: u32, tapX: u32, tapsY: u32, tapsX: u32, shiftY: i32, shiftX: i32 };
fn phaseAt(group: vec3u) -> Phase {
  let y = group.z / ${stride}u;
  let x = group.z % ${stride}u;
  let tapY = (y + ${padTop}u) % ${stride}u;
  let tapX = (x + ${padLeft}u) % ${stride}u;
  return Phase(
    y, x, tapY, tapX,
    (max(tapY, ${size}u) - tapY + ${stride - 1}u) / ${stride}u,
    (max(tapX, ${size}u) - tapX + ${stride - 1}u) / ${stride}u,
    i32((y + ${padTop}u) / ${stride}u),
    i32((x + ${padLeft}u) / ${stride}u),
  );
}
var<private> phase: Phase;
fn setup(group: vec3u) { phase = phaseAt(group); }
fn depthRange(group: vec3u) -> vec2u {
  let own = phaseAt(group);
  return vec2u(0u, own.tapsY * own.tapsX * ${filters}u);
}
struct Pixels { y: vec4i, x: vec4i, image: vec4i };
fn aRows(first: u32) -> Pixels {
  let m = first + vec4u(0u, 1u, 2u, 3u);
  let pixel = m % ${pixels}u;
  return Pixels(
    select(vec4i(${OUTSIDE}), vec4i(pixel / ${width}u) + phase.shiftY, m < vec4u(settings.batch * ${pixels}u)),
    vec4i(pixel % ${width}u) + phase.shiftX,
    vec4i(m / ${pixels}u) * ${output.height * output.width},
  );
}
struct Meeting { y: i32, x: i32, channel: i32, slope: f32 };
fn aDepth(k: u32) -> Meeting {
  let channel = k % ${filters}u;
  let tap = k / ${filters}u;
  return Meeting(
    select(${-OUTSIDE}, i32(tap / phase.tapsX), tap < phase.tapsY * phase.tapsX),
    i32(tap % phase.tapsX),
    i32(channel),
    ${slopesOf(after, ONE, 'channel')},
  );
}
fn gradientAt(i: i32, inside: bool, slope: f32) -> f32 {
  if (!inside) { return 0.0; }
  return outputGradient[i] * activationSlope(vec4f(preActivations[i]), vec4f(slope)).x;
}
fn aQuad(pixels: Pixels, meeting: Meeting) -> vec4f {
  let y = pixels.y - meeting.y;
  let x = pixels.x - meeting.x;
  let i = (pixels.image + y * ${output.width} + x) * ${filters} + meeting.channel;
  let inside = (vec4u(y) < vec4u(${output.height}u)) & (vec4u(x) < vec4u(${output.width}u));
  return vec4f(${FOUR.parts('i')
    .map((at, lane) => `gradientAt(${at}, inside[${lane}], meeting.slope)`)
    .join(', ')});
}
fn bColumns(first: u32) -> u32 { return first; }
fn bDepth(k: u32) -> u32 {
  let tap = k / ${filters}u;
  let y = phase.tapY + tap / phase.tapsX * ${stride}u;
  let x = phase.tapX + tap % phase.tapsX * ${stride}u;
  return (y * ${size}u + x) * ${channels * filters}u + k % ${filters}u;
}
fn bQuad(column: u32, at: u32) -> vec4f {
  var quad = vec4f();
  let i = ${weights}u + at + column * ${filters}u;
  ${eachColumn(channels, (lane, name) => `quad.${name} = parameters[i + ${lane * filters}u];`)}
  return quad;
}
fn store(row: u32, column: u32, value: vec4f) {
  let pixel = row % ${pixels}u;
  let y = pixel / ${width}u * ${stride}u + phase.y;
  let x = pixel % ${width}u * ${stride}u + phase.x;
  if (row >= settings.batch * ${pixels}u || y >= ${input.height}u || x >= ${input.width}u) { return; }
  let i = ((row / ${pixels}u * ${input.height}u + y) * ${input.width}u + x) * ${channels}u + column;
  ${eachColumn(channels, (lane, name) => `result[i + ${lane}u] = value.${name};`)}
}`
  const shader = program({
    label: `input gradient ${filters} × ${channels}`,
    buffers: { preActivations: read(), outputGradient: read(), parameters: read(), result: write() },
    settings: { batch: 'u32' },
    code: productShader({ tile, code, aContiguous: 'depth', bContiguous: 'depth' }),
  })
  return { tile, pixels, shader }
})
