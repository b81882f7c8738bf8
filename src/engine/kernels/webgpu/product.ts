import { threadsOf, type Tile } from './tiles'

/**
 * A matrix product C[row, column] = Σ_k A[row, k] B[k, column] in WGSL, whose matrices are functions:
 *
 *     fn setup(group: vec3u)                        runs before all else; group is the workgroup's id
 *     fn depthRange(group: vec3u) -> vec2u          where k begins and ends, for the whole workgroup
 *     fn aRows(first: u32) -> ARows                 what is worth knowing about four rows from `first` on,
 *     fn aDepth(k: u32) -> ADepth                   and about a k,
 *     fn aQuad(rows: ARows, depth: ADepth) -> vec4f to get the four elements there; 0 outside of A
 *     fn bColumns, bDepth, bQuad                    the same for four columns of B
 *     fn store(row: u32, column: u32, value: vec4f) takes four columns of a row of C, also outside of it
 */
interface Product {
  readonly tile: Tile
  readonly code: string
  /** What lies side by side in memory: neighbouring threads load neighbours. */
  readonly aContiguous: 'rows' | 'depth'
  readonly bContiguous: 'columns' | 'depth'
  /**
   * Statements after the product, in which `quads`, an array of 2 · THREADS vec4f shared by the workgroup, is
   * free. Where columns are contiguous, a thread loads the same four columns of B each time, quad number
   * `thread` mod B_QUADS of the tile, and a column of tiles loads each element once.
   */
  readonly finish?: string
}

/**
 * The shader of a product: a tile of C for each workgroup x, y. Tiles of A and B go to shared memory as quads of
 * rows and of columns, and each thread multiplies quads from there into four or eight rows of four columns.
 */
export function productShader(product: Product): string {
  const { tile, code, finish } = product
  const { depth, rowsPerThread, slices } = tile
  const threads = threadsOf(tile)
  const perSlice = threads / slices
  const threadRows = tile.rows / rowsPerThread
  const { a, b } = placesOf(tile)
  const rows = Array.from({ length: rowsPerThread }, (_, r) => r)
  const left = rows.filter((r) => r % 4 === 0)
  const loadA = loader('a', 'Rows', product.aContiguous === 'depth', a, threads, depth)
  const loadB = loader('b', 'Columns', product.bContiguous === 'depth', b, threads, depth)

  return `
const THREADS = ${threads}u;
const B_QUADS = ${b.quads}u;
var<workgroup> quads: array<vec4f, ${spaceOf(tile, finish !== undefined)}>;
${code}
@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  setup(group);
  let firstRow = group.x * ${tile.rows}u;
  let firstColumn = group.y * ${tile.columns}u;
  let place = thread % ${perSlice}u;
  let slice = thread / ${perSlice}u;
  let x = place % ${b.quads}u;
  let y = place / ${b.quads}u;
  ${loadA.before}
  ${loadB.before}
  ${lines(rows, (r) => `var sum${r} = vec4f();`)}
  let range = depthRange(group);
  for (var first = range.x; first < range.y; first += ${depth}u) {
    ${loadA.load}
    ${loadB.load}
    workgroupBarrier();
    for (var i = 0u; i < ${depth / slices}u; i++) {
      let k = slice * ${depth / slices}u + i;
      let right = quads[${b.at}u + k * ${b.stride}u + x];
      ${lines(left, (r) => `let left${r} = quads[k * ${a.stride}u + y + ${(r / 4) * threadRows}u];`)}
      ${lines(rows, (r) => `sum${r} += left${r - (r % 4)}.${'xyzw'.charAt(r % 4)} * right;`)}
    }
    workgroupBarrier();
  }
  let column = firstColumn + 4u * x;
  ${
    slices === 1
      ? lines(rows, (r) => `store(firstRow + ${rowOf(`${r}u`, threadRows)}, column, sum${r});`)
      : addSlices(rows, slices, perSlice, threadRows)
  }
  ${finish === undefined ? '' : `workgroupBarrier();\n${finish}`}
}`
}

/** Where the tiles of A and B lie in the shared memory, in vectors of four. */
function placesOf({ rows, columns, depth }: Tile) {
  // An odd stride spreads the quads of a column over the banks of the memory.
  const aStride = rows / 4 + 1
  const bStride = columns / 4 + 1
  return {
    a: { quads: rows / 4, stride: aStride, at: 0 },
    b: { quads: columns / 4, stride: bStride, at: depth * aStride },
  }
}

/** Vectors of four that a workgroup shares. */
export function spaceOf(tile: Tile, finishes: boolean): number {
  const { b } = placesOf(tile)
  const threads = threadsOf(tile)
  return Math.max(
    b.at + tile.depth * b.stride,
    tile.slices > 1 ? threads * tile.rowsPerThread : 0,
    finishes ? 2 * threads : 0,
  )
}

const lines = (numbers: readonly number[], line: (n: number) => string): string =>
  numbers.map(line).join('\n  ')

/** The row of the tile that row r of a thread is: its rows come in quads, `threadRows` quads apart. */
const rowOf = (r: string, threadRows: number): string => `4u * (y + ${r} / 4u * ${threadRows}u) + ${r} % 4u`

/** Adds up what the slices have, through shared memory, and stores it. */
function addSlices(rows: readonly number[], slices: number, perSlice: number, threadRows: number): string {
  const at = (s: string, r: string): string => `(${s} * ${rows.length}u + ${r}) * ${perSlice}u + place`
  return `${lines(rows, (r) => `quads[${at('slice', `${r}u`)}] = sum${r};`)}
  workgroupBarrier();
  for (var r = slice; r < ${rows.length}u; r += ${slices}u) {
    var total = vec4f();
    for (var s = 0u; s < ${slices}u; s++) { total += quads[${at('s', 'r')}]; }
    store(firstRow + ${rowOf('r', threadRows)}, column, total);
  }`
}

/** How the threads load a tile: what each computes before the loop, and what it does in it. */
function loader(
  matrix: 'a' | 'b',
  outer: 'Rows' | 'Columns',
  alongDepth: boolean,
  { quads, stride, at }: { quads: number; stride: number; at: number },
  threads: number,
  depth: number,
): { before: string; load: string } {
  const count = depth * quads
  const loads = Array.from({ length: Math.max(1, count / threads) }, (_, i) => i)
  const some = (text: string): string => (count < threads ? `if (thread < ${count}u) { ${text} }` : text)
  const outerAt = (quad: string): string => `${matrix}${outer}(first${outer.slice(0, -1)} + 4u * (${quad}))`
  const put = (k: string, quad: string, rows: string, inner: string): string =>
    `quads[${at}u + (${k}) * ${stride}u + ${quad}] = ${matrix}Quad(${rows}, ${inner});`
  const m = matrix
  if (alongDepth) {
    // All loads of a thread are at the same k.
    const quad = (i: number): string => `thread / ${depth}u + ${(i * threads) / depth}u`
    return {
      before: lines(loads, (i) => `let ${m}Outer${i} = ${outerAt(quad(i))};`),
      load: some(
        `let ${m}Inner = ${m}Depth(first + thread % ${depth}u);\n` +
          lines(loads, (i) => put(`thread % ${depth}u`, quad(i), `${m}Outer${i}`, `${m}Inner`)),
      ),
    }
  }
  // All loads of a thread are in the same quad.
  const k = (i: number): string => `thread / ${quads}u + ${(i * threads) / quads}u`
  return {
    before: `let ${m}Outer = ${outerAt(`thread % ${quads}u`)};`,
    load: some(
      lines(loads, (i) => put(k(i), `thread % ${quads}u`, `${m}Outer`, `${m}Depth(first + ${k(i)})`)),
    ),
  }
}
