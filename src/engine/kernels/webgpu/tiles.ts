/** How a matrix product is cut up: what one workgroup computes, and how its threads share that. */
export interface Tile {
  /** Rows and columns of the result that a workgroup computes. */
  readonly rows: number
  readonly columns: number
  /** How far along the depth both matrices are loaded at a time. */
  readonly depth: number
  /** Rows of the result a thread computes, four columns wide. */
  readonly rowsPerThread: 4 | 8
  /** Threads that share an element of the result, each with its part of the depth. */
  readonly slices: number
}

interface ProductShape {
  readonly rows: number
  readonly columns: number
  readonly depth: number
}

/**
 * Images that tiles are chosen for; any other number works too. The shader of a layer is then always the same.
 */
export const USUAL_BATCH = 64

/** Workgroups that keep a GPU busy: a few for each of its cores. */
export const ENOUGH_GROUPS = 192
/** A workgroup of fewer threads leaves lanes idle (AMD's waves have 64). */
const LEAST_THREADS = 64
/** Every device has this many. */
const MOST_THREADS = 256

/** Tiles from the one that reads the least for each multiplication to the one that makes most workgroups. */
const SIZES = [
  [64, 64],
  [64, 32],
  [32, 32],
  [32, 16],
  [16, 16],
] as const

/**
 * The largest tile with which `copies` such products still make enough workgroups: several products at once, or
 * one whose depth is cut into that many parts.
 */
export function tileFor(shape: ProductShape, copies = 1): Tile {
  const tiles = SIZES.map(([rows, columns]) => tileOf(shape, rows, columns))
  const enough = tiles.find((tile) => copies * groupsOf(shape, tile) >= ENOUGH_GROUPS)
  return shared(shape, enough ?? tiles[tiles.length - 1]!, copies)
}

export function groupsOf({ rows, columns }: ProductShape, tile: Tile): number {
  return Math.ceil(rows / tile.rows) * Math.ceil(columns / tile.columns)
}

export function threadsOf({ rows, columns, rowsPerThread, slices }: Tile): number {
  return (rows / rowsPerThread) * (columns / 4) * slices
}

function tileOf(shape: ProductShape, rows: number, widest: number): Tile {
  const columns = Math.min(widest, powerOfTwo(Math.max(shape.columns, 4)))
  return { rows, columns, depth: 0, rowsPerThread: rows === 64 && columns >= 32 ? 8 : 4, slices: 1 }
}

/** Gives the workgroup its slices and loading depth. */
function shared(shape: ProductShape, tile: Tile, copies: number): Tile {
  const whole = threadsOf(tile)
  let slices = Math.max(1, LEAST_THREADS / whole)
  // Few workgroups: more threads in each, as long as every one has a stretch of the depth to itself.
  if (copies * groupsOf(shape, tile) < ENOUGH_GROUPS) {
    while (2 * slices * whole <= MOST_THREADS && shape.depth >= 32 * slices && slices < 16) slices *= 2
  }
  const threads = whole * slices
  // A thread loads at most eight rows, whose whereabouts it keeps in registers.
  const depth = Math.min(Math.max(16, 4 * slices), (8 * threads) / tile.rows)
  return { ...tile, slices, depth }
}

/** The least power of two that is not below `n`, from 1 on. */
export function powerOfTwo(n: number): number {
  return 2 ** Math.max(0, Math.ceil(Math.log2(n)))
}
