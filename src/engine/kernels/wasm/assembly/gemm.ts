// The matrix product that everything else is made of. Its micro-kernel keeps a tile of 2 rows by 16 columns
// of the result in eight vector registers, which measures fastest of the shapes that fit (34 GFLOP/s where
// 4 × 8 reaches the same, 6 × 8 spills at 22, and XNNPACK's product in the TensorFlow.js build has 28).

import { copyFloats, zeroFloats } from './vectors'

/** Columns of a tile; matrices on the right and results are padded to a multiple of it. */
export const TILE: i32 = 16

// @ts-ignore: decorators on functions are AssemblyScript's
@inline
export function padded(columns: i32): i32 {
  return (columns + TILE - 1) & ~(TILE - 1)
}

// @ts-ignore: decorators on functions are AssemblyScript's
@inline
function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  // RELAXED is set by the build that may use fused multiply-add.
  return RELAXED ? f32x4.relaxed_madd(a, b, c) : f32x4.add(c, f32x4.mul(a, b))
}

/**
 * C = A B + start, for A [rows, depth], B [depth, columns], C [rows, columns] in floats.
 * A's element (i, k) is at a + i · aRow + k · aColumn (bytes), so that a transposed A costs nothing. Column tile
 * j of B begins at b + j · bTile, its rows are bRow apart. C has rows of `padded(columns)` floats. What is
 * added at the start is a row of `padded(columns)` floats at `bias`, or C itself when `bias` is 0.
 */
export function gemm(
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bTile: usize,
  bRow: usize,
  c: usize,
  bias: usize,
  rows: i32,
  columns: i32,
  depth: i32,
): void {
  const cRow = <usize>padded(columns) << 2
  for (let j: i32 = 0; j < columns; j += TILE) {
    for (let i: i32 = 0; i < rows; i += 2) {
      let a0 = a + <usize>i * aRow
      const c0 = c + <usize>i * cRow + (<usize>j << 2)
      // An odd last row is computed twice.
      const single = i + 1 == rows
      let a1 = single ? a0 : a0 + aRow
      const c1 = single ? c0 : c0 + cRow
      const from0 = bias == 0 ? c0 : bias + (<usize>j << 2)
      const from1 = bias == 0 ? c1 : from0
      let s00 = v128.load(from0, 0)
      let s01 = v128.load(from0, 16)
      let s02 = v128.load(from0, 32)
      let s03 = v128.load(from0, 48)
      let s10 = v128.load(from1, 0)
      let s11 = v128.load(from1, 16)
      let s12 = v128.load(from1, 32)
      let s13 = v128.load(from1, 48)
      let bk = b
      for (let k: i32 = 0; k < depth; k++) {
        const b0 = v128.load(bk, 0)
        const b1 = v128.load(bk, 16)
        const b2 = v128.load(bk, 32)
        const b3 = v128.load(bk, 48)
        const x0 = v128.load32_splat(a0)
        s00 = multiplyAdd(x0, b0, s00)
        s01 = multiplyAdd(x0, b1, s01)
        s02 = multiplyAdd(x0, b2, s02)
        s03 = multiplyAdd(x0, b3, s03)
        const x1 = v128.load32_splat(a1)
        s10 = multiplyAdd(x1, b0, s10)
        s11 = multiplyAdd(x1, b1, s11)
        s12 = multiplyAdd(x1, b2, s12)
        s13 = multiplyAdd(x1, b3, s13)
        a0 += aColumn
        a1 += aColumn
        bk += bRow
      }
      v128.store(c0, s00, 0)
      v128.store(c0, s01, 16)
      v128.store(c0, s02, 32)
      v128.store(c0, s03, 48)
      v128.store(c1, s10, 0)
      v128.store(c1, s11, 16)
      v128.store(c1, s12, 32)
      v128.store(c1, s13, 48)
    }
    b += bTile
  }
}

/** Copies `from` [rows, columns] into tiles [padded(columns) / TILE][rows][TILE], padded with zeros. */
export function packTiles(to: usize, from: usize, rows: i32, columns: i32): void {
  zeroFloats(to, rows * padded(columns))
  for (let j: i32 = 0; j < columns; j += TILE) {
    const width = min(TILE, columns - j)
    for (let k: i32 = 0; k < rows; k++) {
      copyFloats(to, from + (<usize>(k * columns + j) << 2), width)
      to += <usize>TILE << 2
    }
  }
}

/** The transpose of `from` [rows, columns] as tiles [padded(rows) / TILE][columns][TILE]. */
export function packTransposedTiles(to: usize, from: usize, rows: i32, columns: i32): void {
  zeroFloats(to, columns * padded(rows))
  for (let i: i32 = 0; i < rows; i++) {
    const tile = to + (<usize>((i / TILE) * columns * TILE + (i % TILE)) << 2)
    for (let k: i32 = 0; k < columns; k++) {
      store<f32>(tile + (<usize>(k * TILE) << 2), load<f32>(from + (<usize>(i * columns + k) << 2)))
    }
  }
}
