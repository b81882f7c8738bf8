// Max pooling 2 × 2 with stride 2 over [batch, height, width, channels].

import { activate } from './activation'

export function poolForward(
  input: usize, slopes: usize, slopeCount: i32, out: usize,
  batch: i32, height: i32, width: i32, channels: i32,
): void {
  visit(input, slopes, slopeCount, out, 0, 0, batch, height, width, channels)
}

/** dInput must be zero; the gradient of a window goes to the first of its largest inputs. */
export function poolBackward(
  input: usize, slopes: usize, slopeCount: i32, dOutput: usize, dInput: usize,
  batch: i32, height: i32, width: i32, channels: i32,
): void {
  visit(input, slopes, slopeCount, 0, dOutput, dInput, batch, height, width, channels)
}

// @ts-ignore: decorators on functions are AssemblyScript's
@inline
function visit(
  input: usize, slopes: usize, slopeCount: i32, out: usize, dOutput: usize, dInput: usize,
  batch: i32, height: i32, width: i32, channels: i32,
): void {
  const outHeight = height >> 1
  const outWidth = width >> 1
  const right = <usize>channels << 2
  const below = <usize>(width * channels) << 2
  let target: usize = 0
  for (let b: i32 = 0; b < batch; b++) {
    for (let oy: i32 = 0; oy < outHeight; oy++) {
      for (let ox: i32 = 0; ox < outWidth; ox++) {
        const corner = <usize>(((b * height + 2 * oy) * width + 2 * ox) * channels) << 2
        for (let c: i32 = 0; c < channels; c++) {
          const at = corner + (<usize>c << 2)
          let best = at
          let value = read(input + at, slopes, slopeCount, c)
          let other = read(input + at + right, slopes, slopeCount, c)
          if (other > value) { value = other; best = at + right }
          other = read(input + at + below, slopes, slopeCount, c)
          if (other > value) { value = other; best = at + below }
          other = read(input + at + below + right, slopes, slopeCount, c)
          if (other > value) { value = other; best = at + below + right }
          if (out) store<f32>(out + target, value)
          else store<f32>(dInput + best, load<f32>(dOutput + target))
          target += 4
        }
      }
    }
  }
}

// @ts-ignore: decorators on functions are AssemblyScript's
@inline
function read(at: usize, slopes: usize, slopeCount: i32, channel: i32): f32 {
  const z = load<f32>(at)
  return slopeCount < 0 ? z : activate(z, slopes, slopeCount, channel)
}
