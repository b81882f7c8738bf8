import fc from 'fast-check'

type Bytes = Uint8Array<ArrayBuffer>

/** What a field for a length, an offset or a count can say at worst. */
const EXTREMES = [0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff]

/** Somewhere in a file: most of what matters is near its start or, as in a zip, near its end. */
const place = (length: number): fc.Arbitrary<number> =>
  fc.oneof(
    fc.nat(length - 1),
    fc.nat(Math.min(length - 1, 60)),
    fc.nat(Math.min(length - 1, 150)).map((back) => length - 1 - back),
  )

/** One way to break a file. */
function breakage(length: number): fc.Arbitrary<(bytes: Bytes) => Bytes> {
  const at = place(length)
  const change = (edit: (view: DataView, at: number) => void) => (where: number) => (bytes: Bytes) => {
    const copy = bytes.slice()
    // An earlier breakage may have shortened it.
    if (where + 4 <= copy.length) edit(new DataView(copy.buffer), where)
    return copy
  }
  return fc.oneof(
    fc
      .tuple(at, fc.nat(7))
      .map(([where, bit]) => change((view, i) => view.setUint8(i, view.getUint8(i) ^ (1 << bit)))(where)),
    fc.tuple(at, fc.nat(255)).map(([where, value]) => change((view, i) => view.setUint8(i, value))(where)),
    fc
      .tuple(at, fc.constantFrom(...EXTREMES), fc.boolean(), fc.boolean())
      .map(([where, value, wide, little]) =>
        change((view, i) => (wide ? view.setUint32(i, value, little) : view.setUint16(i, value, little)))(
          where,
        ),
      ),
    at.map((end) => (bytes: Bytes) => bytes.slice(0, end)),
    fc.tuple(at, at).map(
      ([from, to]) =>
        (bytes: Bytes) =>
          Uint8Array.from([...bytes.subarray(0, to), ...bytes.subarray(from, to), ...bytes.subarray(to)]),
    ),
    fc.tuple(at, fc.uint8Array({ maxLength: 8 })).map(
      ([where, more]) =>
        (bytes: Bytes) =>
          Uint8Array.from([...bytes.subarray(0, where), ...more, ...bytes.subarray(where)]),
    ),
    fc.constant((bytes: Bytes) => Uint8Array.from([...bytes, ...bytes])),
  )
}

/** Copies of a file with bits flipped, lengths at their extremes, parts cut off, doubled, or put in. */
export const mutated = (good: Bytes): fc.Arbitrary<Bytes> =>
  fc
    .array(breakage(good.length), { minLength: 1, maxLength: 3, size: 'max' })
    .map((breakages) => breakages.reduce((bytes, apply) => apply(bytes), good))

/** Gives `check` a file cut short, or with one byte changed, wherever that may be. */
export async function everyDamage(good: Bytes, check: (bad: Bytes) => Promise<void>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(good.length - 1),
      fc.integer({ min: 1, max: 255 }),
      fc.boolean(),
      async (at, change, cut) => {
        const bad = cut ? good.slice(0, at) : good.slice()
        if (!cut) bad[at]! ^= change
        await check(bad)
      },
    ),
  )
}

/** Values that do not belong where they are found. */
const STRANGE: readonly unknown[] = [
  null,
  true,
  '',
  'x'.repeat(5000),
  [],
  {},
  [[]],
  { length: 2 ** 31 },
  '__proto__',
  '1e999',
  0,
  -0,
  -1,
  0.5,
  2 ** 31,
  2 ** 53,
  -(2 ** 31),
  1e308,
  5e-324,
]

type Json = Record<string, unknown> | unknown[]

const isNode = (value: unknown): value is Json => typeof value === 'object' && value !== null

/** Paths to all that is in a JSON value. */
function pathsIn(value: unknown): string[][] {
  if (!isNode(value)) return []
  return Object.entries(value).flatMap(([key, inner]) => [
    [key],
    ...pathsIn(inner).map((path) => [key, ...path]),
  ])
}

/** Copies of a JSON value with one to three of its parts strange, gone, or joined by another. */
export function altered<T>(good: T): fc.Arbitrary<unknown> {
  const strange = fc.oneof(fc.constantFrom(...STRANGE), fc.jsonValue())
  const change = fc.record({
    path: fc.constantFrom(...pathsIn(good)),
    how: fc.constantFrom('set', 'set', 'delete', 'add'),
    value: strange,
  })
  return fc.array(change, { minLength: 1, maxLength: 3, size: 'max' }).map((changes) => {
    const copy: unknown = JSON.parse(JSON.stringify(good))
    for (const { path, how, value } of changes) {
      const parent = path
        .slice(0, -1)
        .reduce<unknown>((node, key) => (isNode(node) ? Reflect.get(node, key) : null), copy)
      if (!isNode(parent)) continue
      const last = path.at(-1)!
      if (how === 'delete') Reflect.deleteProperty(parent, last)
      else Reflect.set(parent, how === 'add' ? `${last} more` : last, structuredClone(value))
    }
    return copy
  })
}
