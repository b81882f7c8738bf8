import type { ConvLayer } from '../../layout'
import { activationFunctions, slopesOf } from './activation'
import { FOUR, ONE } from './lanes'

/** A row far from any image. */
export const OUTSIDE = 1 << 20

/** Elements of a patch, which is also the number of rows of the weight matrix. */
export function depthOf({ size, input }: ConvLayer): number {
  return size * size * input.channels
}

/**
 * The unrolled image patches of a convolution, a matrix that is never stored: element (m, k) is the activated
 * input that tap k of the kernel meets at output position m. One of the two comes in fours.
 *
 *     fn positionAt(m) -> Position     m a u32 or a vec4u
 *     fn tapAt(k) -> Tap               k a vec4u or a u32
 *     fn patchAt(position: Position, tap: Tap) -> vec4f
 *
 * Needs the buffers `source` (the input) and `parameters`, and settings.batch. Beyond the last m and k there
 * are zeros.
 */
export function patches(layer: ConvLayer, four: 'positions' | 'taps'): string {
  const { input, output, size, stride, padTop, padLeft, before } = layer
  const [m, k] = four === 'positions' ? [FOUR, ONE] : [ONE, FOUR]
  const positions = output.height * output.width
  return `${activationFunctions(before)}
struct Position { top: ${m.int}, left: ${m.int}, image: ${m.int} };
fn positionAt(m: ${m.uint}) -> Position {
  let pixel = m % ${positions}u;
  let top = ${m.int}(pixel / ${output.width}u) * ${stride} - ${padTop};
  return Position(
    select(${m.int}(${OUTSIDE}), top, m < ${m.uint}(settings.batch * ${positions}u)),
    ${m.int}(pixel % ${output.width}u) * ${stride} - ${padLeft},
    ${m.int}(m / ${positions}u) * ${input.height * input.width * input.channels},
  );
}
struct Tap { y: ${k.int}, x: ${k.int}, channel: ${k.int}, slopes: ${k.float} };
fn tapAt(k: ${k.uint}) -> Tap {
  let pixel = k / ${input.channels}u;
  let channel = k % ${input.channels}u;
  return Tap(
    select(${k.int}(${OUTSIDE}), ${k.int}(pixel / ${size}u), k < ${k.uint}(${depthOf(layer)}u)),
    ${k.int}(pixel % ${size}u),
    ${k.int}(channel),
    ${slopesOf(before, k, 'channel')},
  );
}
fn sourceAt(i: i32, inside: bool) -> f32 {
  if (!inside) { return 0.0; }
  return source[i];
}
fn patchAt(position: Position, tap: Tap) -> vec4f {
  let y = position.top + tap.y;
  let x = position.left + tap.x;
  let i = position.image + (y * ${input.width} + x) * ${input.channels} + tap.channel;
  // As unsigned numbers, negative ones are large.
  let inside = (vec4u(y) < vec4u(${input.height}u)) & (vec4u(x) < vec4u(${input.width}u));
  let z = vec4f(${FOUR.parts('i')
    .map((at, lane) => `sourceAt(${at}, inside[${lane}])`)
    .join(', ')});
  return activate(z, vec4f(tap.slopes));
}`
}
