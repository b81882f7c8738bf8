import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { readLabelledRows, toEmbeddings } from '../../src/io/import/embeddings'
import type { SourceFile } from '../../src/io/import/errors'
import { file, npy } from './foreign-files'

const read = async (...files: SourceFile[]) => toEmbeddings(await readLabelledRows(files))
const message = async (...files: SourceFile[]) =>
  read(...files).then(
    () => 'no error',
    (error: unknown) => (error as Error).message,
  )

const values = Float32Array.of(1, 2, 3, 4.5, -5, 6)
const features = npy('features.npy', '<f4', [3, 2], values)
const labels = npy('labels.npy', '<i8', [3], BigInt64Array.of(1n, 0n, 1n))
const weights = npy('W.npy', '<f4', [2, 2], Float32Array.of(1, 0, 0, 1))
const bias = npy('b.npy', '<f4', [2], Float32Array.of(0.5, -0.5))

describe('embeddings from NumPy', () => {
  it('are features, labels, class weights and biases, in any order', async () => {
    expect(await read(bias, labels, weights, features)).toEqual({
      kind: 'embeddings',
      name: 'b.npy',
      dimension: 2,
      features: values,
      labels: Uint16Array.of(1, 0, 1),
      classes: ['0', '1'],
      weights: Float32Array.of(1, 0, 0, 1),
      bias: Float32Array.of(0.5, -0.5),
    })
  })

  it('are not copied when the file holds what is wanted', async () => {
    const set = await read(features, labels)
    expect(set.features.buffer).toBe(features.bytes.buffer)
  })

  it('come in any of the types, in C and in Fortran order, aligned or not', async () => {
    const types = [
      ['<f4', Float32Array],
      ['<f8', Float64Array],
      ['<i4', Int32Array],
      ['|u1', Uint8Array],
      ['|i1', Int8Array],
      ['<u2', Uint16Array],
    ] as const
    for (const [descr, type] of types) {
      const rows = type.from([1, 2, 3, 4, 5, 6])
      const columns = type.from([1, 3, 5, 2, 4, 6])
      const plain = npy('features.npy', descr, [3, 2], rows)
      const shifted = new Uint8Array(plain.bytes.length + 1)
      shifted.set(plain.bytes, 1)
      const fortran = npy('features.npy', descr, [3, 2], columns, true)
      for (const one of [plain, fortran, { name: 'features', bytes: shifted.subarray(1) }]) {
        expect([...(await read(one, labels)).features]).toEqual([1, 2, 3, 4, 5, 6])
      }
    }
    const long = npy('features.npy', '<i8', [1, 2], BigInt64Array.of(-3n, 9n))
    expect([...(await read(long, npy('y.npy', '|u1', [1, 1], Uint8Array.of(4)))).features]).toEqual([-3, 9])
    // More than one block each way.
    const wide = Float32Array.from({ length: 70 * 130 }, (_, i) => i)
    const turned = Float32Array.from(
      { length: 70 * 130 },
      (_, i) => wide[(i % 70) * 130 + Math.floor(i / 70)]!,
    )
    const many = npy('y.npy', '|u1', [70], new Uint8Array(70))
    expect((await read(npy('x.npy', '<f4', [70, 130], turned, true), many)).features).toEqual(wide)
  })

  it('come as NPZ too, and their classes are numbered by the class weights', async () => {
    const npz = file(
      'all.npz',
      zipSync({
        'x.npy': features.bytes,
        'y.npy': npy('', '<i4', [3], Int32Array.of(2, 0, 2)).bytes,
        'w.npy': npy('', '<f8', [4, 2], new Float64Array(8)).bytes,
      }),
    )
    const set = await read(npz)
    expect(set.classes).toEqual(['0', '1', '2', '3'])
    expect([...set.labels]).toEqual([2, 0, 2])
    const unnamed = (name: string, { bytes }: SourceFile) => file(name, zipSync({ 'arr_0.npy': bytes }))
    const pair = await read(unnamed('train-labels.npz', labels), unnamed('train-imgs.npz', features))
    expect([...pair.labels]).toEqual([1, 0, 1])
    // Without class weights a label without samples is no class.
    expect((await read(features, npy('y.npy', '<i4', [3], Int32Array.of(20, 3, 20)))).classes).toEqual([
      '3',
      '20',
    ])
  })

  it('that do not fit together are refused with a sentence', async () => {
    const four = npy('labels.npy', '<i8', [4], new BigInt64Array(4))
    expect(await message(features, four)).toBe(
      'labels.npy has 4 labels, but features.npy has 3 rows: choose two files of the same set.',
    )
    expect(await message(features)).toMatch(/^features.npy has features without labels/)
    expect(await message(labels)).toMatch(/comes without features/)
    expect(await message(features, features, labels)).toMatch(/could be the features/)
    expect(await message(features, labels, bias)).toMatch(/biases without class weights/)
    expect(await message(features, labels, npy('W.npy', '<f4', [2, 3], values))).toMatch(/has 3 columns, but/)
    expect(await message(features, labels, npy('W.npy', '<f4', [1, 2], new Float32Array(2)))).toMatch(
      /the label 1, but W.npy has only 1 class weights/,
    )
    // Labels have 16 bits.
    const many = npy('W.npy', '<f4', [70_000, 2], new Float32Array(140_000))
    const last = npy('labels.npy', '<i4', [3], Int32Array.of(0, 1, 69_999))
    expect(await message(features, last, many)).toMatch(/70,000 class weights, more than the 65,535/)
    expect(await message(features, labels, weights, npy('b.npy', '<f4', [3], new Float32Array(3)))).toMatch(
      /3 biases, but W.npy has 2 rows/,
    )
    expect(await message(features, npy('labels.npy', '<f4', [3], Float32Array.of(0, 0.5, 1)))).toMatch(
      /label 0.5/,
    )
    const bad = npy('features.npy', '<f4', [3, 2], Float32Array.of(1, 2, 3, NaN, 5, 6))
    expect(await message(bad, labels)).toMatch(/not finite in row 2, column 2/)
    expect(await message(npy('features.npy', '>f4', [3, 2], values), labels)).toMatch(/astype\('<f4'\)/)
    expect(await message(npy('features.npy', '<f2', [3, 2], new Uint8Array(12)), labels)).toMatch(/astype/)
    expect(await message(npy('features.npy', '|O', [3, 2], values), labels)).toMatch(/of a type/)
    expect(await message(npy('features.npy', '<f4', [1, 3, 2], values), labels)).toMatch(/3 dimensions/)
    expect(await message(npy('features.npy', '<f4', [30, 2], values), labels)).toMatch(
      /24 bytes of numbers, but its header promises 240/,
    )
  })

  it('that lie about their size are refused by the header', async () => {
    for (const shape of [
      [1e9, 1e9],
      [2e9, 1],
      [4294967296, 4294967296, 4294967296],
      [1e300 as never, 2],
    ]) {
      expect(await message(npy('features.npy', '<f4', shape, values), labels)).toMatch(/more than|header/)
    }
    expect(await message(npy('features.npy', '|u1', [1, 5000], new Uint8Array(5000)), labels)).toMatch(
      /4,096/,
    )
    const bomb = zipSync({ 'x.npy': npy('', '<f4', [3, 2], values).bytes })
    // The size unpacked, in the directory, as 1 GiB.
    new DataView(bomb.buffer).setUint32(bomb.length - 22 - 5 - 46 + 24, 2 ** 30, true)
    expect(await message(file('all.npz', bomb))).toMatch(/damaged/)
  })
})

describe('embeddings from text', () => {
  it('are a table of features with a column of labels, which is found', async () => {
    const expected = {
      dimension: 2,
      features: Float32Array.of(1, 2, 3, 4),
      classes: ['a', 'b'],
      labels: Uint16Array.of(1, 0),
    }
    for (const [name, text] of [
      ['last.csv', '1,2,b\n3,4,a\n'],
      ['first.csv', 'b,1,2\r\na,3,4'],
      ['middle.csv', '1,b,2\n3,a,4\n\n'],
      ['header.csv', '\ufefff0,label,f1\n1,"b",2\n3,"a",4\n'],
      ['semicolon.csv', '1;2;b\n3;4;a\n'],
      ['old.csv', '1,2,b\r3,4,a\r'],
      ['tab.tsv', '1\t2\tb\n3\t4\ta\n'],
    ] as const) {
      expect(await read(file(name, text)), name).toMatchObject(expected)
    }
    const whole = await read(file('a.csv', '0.5,0.25,7\n0.5,1,12\n'))
    expect(whole).toMatchObject({ classes: ['7', '12'], dimension: 2 })
    const quoted = await read(file('a.csv', '1,2,"Doe, ""J""\nx"\n3,4,b\n'))
    expect(quoted.classes).toEqual(['Doe, "J"\nx', 'b'])
    expect(
      (await read(file('vectors.txt', '1 2.5\n 3  4 \n'), file('labels.txt', 'a b\nc\n'))).features,
    ).toEqual(Float32Array.of(1, 2.5, 3, 4))
  })

  it("are TensorBoard's vectors.tsv and metadata.tsv", async () => {
    const vectors = file('vectors.tsv', '0.5\t1\n2\t-3e-1\n')
    const one = await read(vectors, file('metadata.tsv', 'Grace Hopper\nAda, Countess\n'))
    expect(one.classes).toEqual(['Ada, Countess', 'Grace Hopper'])
    expect([...one.labels]).toEqual([1, 0])
    expect(one.features).toEqual(Float32Array.of(0.5, 1, 2, -0.3))
    const two = await read(file('metadata.tsv', 'index\tlabel\n0\tx\n1\ty\n'), vectors)
    expect(two.classes).toEqual(['x', 'y'])
    expect(await message(vectors, file('metadata.tsv', 'a\nb\nc\nd\n'))).toBe(
      'metadata.tsv has 4 labels, but vectors.tsv has 2 rows: choose two files of the same set.',
    )
  })

  it('may come beside class weights of NumPy', async () => {
    const set = await read(
      features,
      file('labels.csv', 'label\n1\n1\n0\n'),
      file('weights.csv', '1,0\n0,1\n'),
    )
    expect(set).toMatchObject({ labels: Uint16Array.of(1, 1, 0), weights: Float32Array.of(1, 0, 0, 1) })
  })

  it('are refused with the place of what is wrong', async () => {
    expect(await message(file('a.csv', '1,2,b\n3,4x,a\n'))).toMatch(/none of them is clearly the label/)
    expect(await message(file('a.csv', 'f,g,label\n1,2,b\n3,4x,a\n'))).toBe(
      'a.csv has "4x" in row 3, column 2, where a number belongs: choose a table of numbers with one column of ' +
        'labels at most.',
    )
    expect(await message(file('a.csv', '1,2,b\n3,a\n'))).toMatch(/2 columns in row 2, but 3 in the first/)
    expect(await message(file('a.csv', '0.5,0.2\n0.1,0.3\n'))).toMatch(/call one of them "label"/)
    expect(await message(file('a.csv', '1,2,"b\n'))).toMatch(/a quote in row 1 that is not closed/)
    expect(await message(file('a.csv', Uint8Array.of(0xff, 0xfe, 0x31, 0)))).toMatch(/not text in UTF-8/)
    expect(await message(file('a.csv', '1,'.repeat(5000)))).toMatch(/more than 4,097 columns/)
    expect(await message(file('a.csv', ''))).toMatch(/no rows/)
  })
})
