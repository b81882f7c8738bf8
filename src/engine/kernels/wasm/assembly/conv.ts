// Convolutions as matrix products over unrolled image patches ("im2col"), a block of output rows at a time so
// that the unrolled patches stay in the cache. Images are [batch, height, width, channels].

import { activateAll, activationBackward } from './activation'
import { gemm, packTiles, packTransposedTiles, padded, TILE } from './gemm'
import { addFloats, copyFloats, zeroFloats } from './vectors'

/** Floats of unrolled patches in one block: 128 KiB, half of a usual second-level cache. */
const BLOCK: i32 = 32768

// Globals describe the layer of the current call; nothing here is called again before it returns.
let batch: i32, height: i32, width: i32, channels: i32
let size: i32, stride: i32, padTop: i32, padLeft: i32
let outHeight: i32, outWidth: i32, filters: i32

export function describe(
  batch_: i32,
  height_: i32,
  width_: i32,
  channels_: i32,
  size_: i32,
  stride_: i32,
  padTop_: i32,
  padLeft_: i32,
  outHeight_: i32,
  outWidth_: i32,
  filters_: i32,
): void {
  batch = batch_
  height = height_
  width = width_
  channels = channels_
  size = size_
  stride = stride_
  padTop = padTop_
  padLeft = padLeft_
  outHeight = outHeight_
  outWidth = outWidth_
  filters = filters_
}

function depth(): i32 {
  return size * size * channels
}

/** Output rows (of all images in the batch, one after the other) in one block. */
function blockRows(): i32 {
  return max(1, min(batch * outHeight, BLOCK / (outWidth * padded(depth()))))
}

/** Bytes of scratch memory that convForward and convBackward need for the described layer. */
export function scratchSize(): usize {
  const block = blockRows() * outWidth
  const k = padded(depth())
  const f = padded(filters)
  const floats =
    batch * height * width * channels + // activated input
    2 * k * f + // packed weights, their gradient
    block * k + // unrolled patches or their gradient
    block * f + // block of the output or its gradient
    3 * f // bias, gradients of bias and slopes
  return (<usize>floats + 64) << 2
}

/** Whether an unrolled patch is the input itself: a dense layer. */
function isDense(): bool {
  return size == 1 && stride == 1
}

/**
 * z [batch, outHeight, outWidth, filters] = convolution of the activated input + bias.
 * @param slopeCount see activation.ts
 */
export function convForward(
  input: usize,
  slopes: usize,
  slopeCount: i32,
  weights: usize,
  bias: usize,
  z: usize,
  scratch: usize,
): void {
  const k = depth()
  const f = padded(filters)
  const packed = scratch
  const biasRow = packed + ((<usize>(k * f)) << 2)
  const out = biasRow + ((<usize>f) << 2)
  const rows = blockRows()
  const block = rows * outWidth
  const patches = out + ((<usize>(block * f)) << 2)
  const active = patches + ((<usize>(block * k)) << 2)
  packTiles(packed, weights, k, filters)
  packTiles(biasRow, bias, 1, filters)
  const x = activatedInput(active, input, slopes, slopeCount)
  const total = batch * outHeight
  for (let row: i32 = 0; row < total; row += rows) {
    const count = min(rows, total - row)
    const positions = count * outWidth
    const a = isDense() ? x + ((<usize>(row * k)) << 2) : patches
    if (!isDense()) unroll(patches, x, row, count)
    const target = z + ((<usize>(row * outWidth * filters)) << 2)
    const c = f == filters ? target : out
    gemm(
      a,
      (<usize>k) << 2,
      4,
      packed,
      (<usize>(k * TILE)) << 2,
      (<usize>TILE) << 2,
      c,
      biasRow,
      positions,
      filters,
      k,
    )
    if (c == out) narrow(target, out, positions)
  }
}

/**
 * Writes dWeights, dBias, dSlopes (for a PReLU on the output) and, unless `dInput` is 0, the gradient with
 * respect to the activated input.
 */
export function convBackward(
  input: usize,
  slopesBefore: usize,
  slopeCountBefore: i32,
  z: usize,
  slopesAfter: usize,
  slopeCountAfter: i32,
  dOutput: usize,
  weights: usize,
  dWeights: usize,
  dBias: usize,
  dSlopes: usize,
  dInput: usize,
  scratch: usize,
): void {
  const k = depth()
  const kPadded = padded(k)
  const f = padded(filters)
  const transposed = scratch
  const dPacked = transposed + ((<usize>(kPadded * f)) << 2)
  const sums = dPacked + ((<usize>(k * f)) << 2)
  const dz = sums + ((<usize>(2 * f)) << 2)
  const rows = blockRows()
  const block = rows * outWidth
  const patches = dz + ((<usize>(block * f)) << 2)
  const active = patches + ((<usize>(block * kPadded)) << 2)
  zeroFloats(dPacked, k * f + 2 * f)
  const x = activatedInput(active, input, slopesBefore, slopeCountBefore)
  if (dInput) {
    packTransposedTiles(transposed, weights, k, filters)
    zeroFloats(dInput, batch * height * width * channels)
  }
  const total = batch * outHeight
  for (let row: i32 = 0; row < total; row += rows) {
    const count = min(rows, total - row)
    const positions = count * outWidth
    const offset = (<usize>(row * outWidth * filters)) << 2
    activationBackward(
      dz,
      f,
      dOutput + offset,
      z + offset,
      positions,
      filters,
      slopesAfter,
      slopeCountAfter,
      sums,
      sums + ((<usize>f) << 2),
    )
    const a = isDense() ? x + ((<usize>(row * k)) << 2) : patches
    if (!isDense()) unroll(patches, x, row, count)
    // dW [k, f] += patchesᵀ dz
    gemm(a, 4, (<usize>k) << 2, dz, (<usize>TILE) << 2, (<usize>f) << 2, dPacked, 0, k, filters, positions)
    if (!dInput) continue
    // patches' gradient [positions, k] = dz Wᵀ, then added up where patches overlap
    zeroFloats(patches, positions * kPadded)
    gemm(
      dz,
      (<usize>f) << 2,
      4,
      transposed,
      (<usize>(filters * TILE)) << 2,
      (<usize>TILE) << 2,
      patches,
      0,
      positions,
      k,
      filters,
    )
    rollUp(dInput, patches, kPadded, row, count)
  }
  for (let i: i32 = 0; i < k; i++) {
    copyFloats(dWeights + ((<usize>(i * filters)) << 2), dPacked + ((<usize>(i * f)) << 2), filters)
  }
  copyFloats(dBias, sums, filters)
  if (slopeCountAfter > 0) copyFloats(dSlopes, sums + ((<usize>f) << 2), filters)
}

function activatedInput(to: usize, input: usize, slopes: usize, count: i32): usize {
  if (count < 0) return input
  activateAll(to, input, batch * height * width * channels, slopes, count)
  return to
}

/** Drops the padding of `rows` rows. */
function narrow(to: usize, from: usize, rows: i32): void {
  const f = padded(filters)
  for (let i: i32 = 0; i < rows; i++) {
    copyFloats(to + ((<usize>(i * filters)) << 2), from + ((<usize>(i * f)) << 2), filters)
  }
}

/** Unrolls the patches of `count` output rows from `row` on into [count · outWidth, depth]. */
function unroll(to: usize, x: usize, row: i32, count: i32): void {
  const run = size * channels
  const lineBytes = (<usize>(width * channels)) << 2
  for (let r = row; r < row + count; r++) {
    const image = x + <usize>(r / outHeight) * <usize>height * lineBytes
    const top = (r % outHeight) * stride - padTop
    for (let ox: i32 = 0; ox < outWidth; ox++) {
      const left = ox * stride - padLeft
      const skip = max(0, -left) * channels
      const end = min(size, width - left) * channels
      for (let ky: i32 = 0; ky < size; ky++) {
        const y = top + ky
        if (y < 0 || y >= height) {
          zeroFloats(to, run)
        } else {
          const line = image + <usize>y * lineBytes + <usize>((left * channels) << 2)
          if (skip > 0) zeroFloats(to, skip)
          copyFloats(to + ((<usize>skip) << 2), line + ((<usize>skip) << 2), end - skip)
          if (end < run) zeroFloats(to + ((<usize>end) << 2), run - end)
        }
        to += (<usize>run) << 2
      }
    }
  }
}

/** Adds the gradients of unrolled patches, rows of `patchWidth` floats, to the image they came from. */
function rollUp(dx: usize, patches: usize, patchWidth: i32, row: i32, count: i32): void {
  const run = size * channels
  const lineBytes = (<usize>(width * channels)) << 2
  for (let r = row; r < row + count; r++) {
    const image = dx + <usize>(r / outHeight) * <usize>height * lineBytes
    const top = (r % outHeight) * stride - padTop
    for (let ox: i32 = 0; ox < outWidth; ox++) {
      const left = ox * stride - padLeft
      const skip = max(0, -left) * channels
      const end = min(size, width - left) * channels
      for (let ky: i32 = 0; ky < size; ky++) {
        const y = top + ky
        if (y < 0 || y >= height) continue
        const from = patches + ((<usize>(ky * run + skip)) << 2)
        addFloats(image + <usize>y * lineBytes + <usize>((left * channels + skip) << 2), from, end - skip)
      }
      patches += (<usize>patchWidth) << 2
    }
  }
}
