import fc from 'fast-check'
import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import type { SourceFile } from '../../src/io/import/errors'
import { importFiles } from '../../src/io/import/import-files'
import { pictureSize } from '../../src/io/import/picture-size'
import { file, idx, npy, png, pictures as decode } from './foreign-files'

const read = (...files: SourceFile[]) => importFiles(files, { decode })
const images = async (...files: SourceFile[]) => {
  const imported = await read(...files)
  if (imported.kind !== 'images') throw new Error('no images')
  return imported.set
}
const message = async (...files: SourceFile[]) =>
  read(...files).then(
    () => 'no error',
    (error: unknown) => (error as Error).message,
  )
const zip = (entries: Record<string, Uint8Array>) => file('faces.zip', zipSync(entries))
const people = (root: string) =>
  Object.fromEntries(
    Array.from({ length: 20 }, (_, i) => [
      `${root}${i % 2 ? 'Ada' : 'Grace'}/${i}.png`,
      png(30, 20, 100 + i),
    ]),
  )

describe('a zip of folders', () => {
  it.each(['', 'faces/', 'my/faces/'])('has a class for each folder, below "%s"', async (root) => {
    const set = await images(
      zip({ ...people(root), '__MACOSX/._a.png': png(1, 1, 0), [`${root}read.me`]: png(1, 1, 0) }),
    )
    expect(set).toMatchObject({ classes: ['Ada', 'Grace'], train: 16, test: 4 })
    for (let i = 0; i < 20; i++) {
      const gray = set.pixels[784 * i + 400]!
      expect(set.labels[i]).toBe(gray % 2 ? 0 : 1)
    }
  })

  it('keeps the folders "train" and "test" apart', async () => {
    const test = { 'd/test/Ada/1.png': png(3, 3, 7), 'd/test/Grace/1.png': png(3, 3, 8) }
    const set = await images(zip({ ...people('d/train/'), ...test }))
    expect(set).toMatchObject({ train: 20, test: 2, classes: ['Ada', 'Grace'] })
    expect([set.pixels[784 * 20], set.pixels[784 * 21]].sort()).toEqual([7, 8])
  })

  it('reads stored and packed files, and tells of its progress', async () => {
    const shares: number[] = []
    const packed = file('a.zip', zipSync(people(''), { level: 0 }))
    await importFiles([packed], { decode, onProgress: (share) => shares.push(share) })
    expect(shares).toHaveLength(20)
    expect(shares.at(-1)).toBe(1)
  })

  it('is refused with a sentence when it has no classes or pictures', async () => {
    expect(await message(zip({ 'a/1.png': png(2, 2, 1), 'a/2.png': png(2, 2, 1) }))).toMatch(
      /^faces.zip has all of its 2 pictures in one folder: make a folder for each class/,
    )
    expect(await message(zip({ '1.png': png(2, 2, 1), 'a/2.png': png(2, 2, 1) }))).toMatch(
      /in no class's folder/,
    )
    expect(await message(zip({ 'a.txt': png(2, 2, 1) }))).toMatch(/holds no pictures/)
    const bad = { 'a/1.png': png(2, 2, 1), 'b/1.png': new Uint8Array(30) }
    expect(await message(zip(bad))).toMatch(/^"b\/1.png" in faces.zip is not a picture that can be read/)
    expect(await message(zip(people('')), zip(people('')))).toMatch(/choose it without other files/)
  })

  it('is refused when a path leads out of it', async () => {
    for (const path of ['../a/1.png', '/etc/1.png', 'C:\\a\\1.png', 'a\\..\\..\\b\\1.png']) {
      expect(await message(zip({ [path]: png(2, 2, 1), 'b/1.png': png(2, 2, 1) }))).toMatch(
        /which leads out of it/,
      )
    }
    // Names of what every object has are names like any other.
    const set = await images(zip({ '__proto__/1.png': png(2, 2, 1), 'constructor/1.png': png(2, 2, 1) }))
    expect(set.classes).toEqual(['__proto__', 'constructor'])
  })

  it('has its names in the character set of old zips where they are not UTF-8', async () => {
    const packed = zip({
      'M?ller/1.png': png(2, 2, 1),
      'M?ller/2.png': png(2, 2, 1),
      'Ångström/1.png': png(2, 2, 2),
    })
    // "ü" in code page 437, and for the names of two files what no UTF-8 is.
    packed.bytes.forEach((byte, i) => {
      if (byte === 63 && packed.bytes[i - 1] === 77) packed.bytes[i] = 0x81
    })
    expect((await images(packed)).classes).toEqual(['Müller', 'Ångström'])
    const alike = zip({ 'a/?.png': png(2, 2, 1), 'a/!.png': png(2, 2, 1), 'b/1.png': png(2, 2, 2) })
    alike.bytes.forEach((byte, i) => {
      if (byte === 63 || (byte === 33 && alike.bytes[i - 1] === 47)) alike.bytes[i] = byte + 0x60
    })
    expect(await images(alike)).toMatchObject({ classes: ['a', 'b'], train: 3 })
  })

  it('keeps every picture, whatever its size, its letters and the depth of its folder', async () => {
    const set = await images(
      zip({
        'faces/Ada/1.png': png(1, 1, 10),
        'faces/Ada/x/y/2.PNG': png(90, 7, 20),
        './faces/Ada/3.png': png(7, 90, 30),
        'faces\\Grace\\4.png': png(28, 28, 40),
        'faces//Grace/5.png': png(100, 100, 50),
        'faces/Grace/empty/': new Uint8Array(0),
        'faces/Grace/.DS_Store': new Uint8Array(9),
        'faces/Grace/._4.png': png(1, 1, 99),
        '__MACOSX/faces/Grace/._4.png': png(1, 1, 99),
      }),
    )
    expect(set).toMatchObject({ classes: ['Ada', 'Grace'], train: 4, test: 1 })
    const centers = Array.from(set.labels, (label, i) => [set.classes[label], set.pixels[784 * i + 406]])
    expect(centers.sort((a, b) => Number(a[1]) - Number(b[1]))).toEqual([
      ...[10, 20, 30].map((gray) => ['Ada', gray]),
      ...[40, 50].map((gray) => ['Grace', gray]),
    ])
  })

  it('names the one picture among good ones that is cut off', async () => {
    const bad = { ...people(''), 'Ada/21.png': png(30, 20, 1).subarray(0, 20) }
    expect(await message(zip(bad))).toBe(
      '"Ada/21.png" in faces.zip is not a picture that can be read: remove it or save it as PNG.',
    )
  })

  it('is refused when it is a bomb, before it is unpacked', async () => {
    const large = new Uint8Array(2 ** 20)
    large.set(png(2, 2, 1))
    const bomb = zip({ 'a/1.png': large, 'b/1.png': png(2, 2, 1) })
    const view = new DataView(bomb.bytes.buffer)
    const directory = view.getUint32(bomb.bytes.length - 6, true)
    const claim = (size: number) => view.setUint32(directory + 24, size, true)
    expect(await message(zip({ 'a/1.png': png(60_000, 60_000, 1), 'b/1.png': png(2, 2, 1) }))).toMatch(
      /60,000 × 60,000 pixels, more than the 4,096/,
    )
    claim(40 * 2 ** 20)
    expect(await message(bomb)).toMatch(/has 40 MiB, more than the 32/)
    claim(0xffffffff)
    expect(await message(bomb)).toMatch(/4,096 MiB unpacked, more than the 2,048/)
    // Less than there is.
    claim(100_000)
    expect(await message(bomb)).toMatch(/^"a\/1.png" in faces.zip is damaged/)
  })
})

describe('the size of a picture', () => {
  it('is read from the header of each format', () => {
    const bytes = (...parts: (string | number)[]) =>
      Uint8Array.from(
        parts.flatMap((part) => (typeof part === 'number' ? [part] : [...Buffer.from(part, 'latin1')])),
      )
    expect(pictureSize(png(300, 200, 0))).toEqual({ width: 300, height: 200 })
    expect(pictureSize(bytes('GIF89a', 44, 1, 200, 0))).toEqual({ width: 300, height: 200 })
    const bmp = bytes('BM', ...Array<number>(16).fill(0), 44, 1, 0, 0, 0x38, 255, 255, 255)
    expect(pictureSize(bmp)).toEqual({ width: 300, height: 200 })
    const jpeg = bytes(255, 0xd8, 255, 0xe0, 0, 4, 9, 9, 255, 255, 0xc2, 0, 17, 8, 0, 200, 1, 44)
    expect(pictureSize(jpeg)).toEqual({ width: 300, height: 200 })
    const webp = (kind: string, ...rest: number[]) =>
      bytes('RIFF', 0, 0, 0, 0, 'WEBP', kind, 0, 0, 0, 0, ...rest)
    expect(pictureSize(webp('VP8X', 0, 0, 0, 0, 43, 1, 0, 199, 0, 0))).toEqual({ width: 300, height: 200 })
    expect(pictureSize(webp('VP8L', 0x2f, 0x2b, 0xc1, 0x31, 0))).toEqual({ width: 300, height: 200 })
    const vp8 = webp('VP8 ', 0, 0, 0, 0x9d, 1, 0x2a, 44, 1, 200, 0)
    expect(pictureSize(vp8)).toEqual({ width: 300, height: 200 })
  })

  it('is unknown for anything else, which ends', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.constantFrom([], [255, 0xd8], [255, 0xd8, 255]), (rest, start) => {
        const size = pictureSize(Uint8Array.from([...start, ...rest]))
        if (size) expect(size.width).toBeLessThan(2 ** 32)
      }),
    )
  })
})

describe('a table of pixels', () => {
  const pixels = (i: number) => Array.from({ length: 784 }, (_, k) => (k === 5 ? 50 + i : k % 7))
  const rows = Array.from({ length: 10 }, (_, i) => [i % 2 ? 'b' : 'a', ...pixels(i)].join(','))

  it('becomes images, with a header or without, wherever the labels are', async () => {
    const header = ['label', ...pixels(0).map((_, k) => `pixel${k}`)].join(',')
    const plain = await images(file('mnist.csv', rows.join('\n')))
    expect(plain).toMatchObject({ train: 8, test: 2, classes: ['a', 'b'] })
    for (let i = 0; i < 10; i++) expect(plain.labels[i]).toBe(plain.pixels[784 * i + 5]! % 2)
    expect((await images(file('mnist.csv', [header, ...rows].join('\r\n')))).pixels).toEqual(plain.pixels)
    const bytes = Uint8Array.from({ length: 7840 }, (_, at) => pixels(Math.floor(at / 784))[at % 784]!)
    const labels = npy(
      'y.npy',
      '|u1',
      [10],
      Uint8Array.from({ length: 10 }, (_, i) => i % 2),
    )
    expect((await images(npy('x.npy', '|u1', [10, 28, 28], bytes), labels)).pixels).toEqual(plain.pixels)
    const unit = npy(
      'x.npy',
      '<f4',
      [10, 784],
      Float32Array.from(bytes, (byte) => byte / 255),
    )
    expect((await images(unit, labels)).pixels).toEqual(plain.pixels)
  })

  it('is features when the numbers are no pixels', async () => {
    const features = [...Array(4).keys()].map((i) =>
      [i, ...Array.from({ length: 64 }, (_, k) => 10 * k - i)].join(','),
    )
    expect(await read(file('a.csv', features.join('\n')))).toMatchObject({
      kind: 'embeddings',
      dimension: 64,
    })
  })

  it('without labels is refused', async () => {
    const bare = rows.map((row) => row.slice(2))
    expect(await message(file('test.csv', bare.join('\n')))).toMatch(
      /784 columns of numbers, but none of them/,
    )
  })
})

describe('an NPZ with a training and a test part', () => {
  const part = (n: number, gray: number) => ({
    images: npy('', '|u1', [n, 28, 28], new Uint8Array(n * 784).fill(gray)).bytes,
    labels: npy(
      '',
      '|u1',
      [n, 1],
      Uint8Array.from({ length: n }, (_, i) => i % 2),
    ).bytes,
  })
  const train = part(6, 100)
  const test = part(3, 200)
  const val = part(2, 150)

  it('keeps them apart, as Keras and MedMNIST name them', async () => {
    const keras = {
      'x_train.npy': train.images,
      'y_train.npy': train.labels,
      'x_test.npy': test.images,
      'y_test.npy': test.labels,
    }
    const set = await images(file('mnist.npz', zipSync(keras)))
    expect(set).toMatchObject({ train: 6, test: 3, classes: ['0', '1'] })
    expect([...set.pixels.filter((_, i) => i % 784 === 0)]).toEqual([
      ...Array<number>(6).fill(100),
      200,
      200,
      200,
    ])
    const med = {
      'train_images.npy': train.images,
      'train_labels.npy': train.labels,
      'val_images.npy': val.images,
      'val_labels.npy': val.labels,
      'test_images.npy': test.images,
      'test_labels.npy': test.labels,
    }
    expect(await images(file('blood.npz', zipSync(med)))).toMatchObject({ train: 6, test: 5 })
  })

  it('is refused when the parts do not fit', async () => {
    const odd = {
      'x_train.npy': train.images,
      'y_train.npy': test.labels,
      'x_test.npy': test.images,
      'y_test.npy': test.labels,
    }
    expect(await message(file('a.npz', zipSync(odd)))).toMatch(
      /y_train in a.npz has 3 labels, but x_train in a.npz has 6 images/,
    )
    const none = { 'x_train.npy': Uint8Array.of(1), 'x_test.npy': Uint8Array.of(1), 'z.npy': train.labels }
    expect(await message(file('a.npz', zipSync(none)))).toMatch(/no square images/)
    const few = { 'x_train.npy': train.images, 'y_train.npy': train.labels, 'x_test.npy': test.images }
    expect(await message(file('a.npz', zipSync(few)))).toMatch(/1 array of images and 0 of labels for "test"/)
  })
})

describe('files of any kind', () => {
  it('are told apart by what is in them', async () => {
    const labels = idx('l', [4], [0, 1, 0, 1])
    expect(await read(idx('i', [4, 2, 2], new Uint8Array(16)), labels)).toMatchObject({ kind: 'images' })
    const vectors = npy('v.npy', '<f4', [4, 2], new Float32Array(8))
    expect(await read(vectors, npy('y.npy', '|u1', [4], new Uint8Array(4)))).toMatchObject({
      kind: 'embeddings',
    })
    expect(await message(labels, vectors)).toMatch(/v.npy is not an IDX file/)
  })

  it('are refused when there are none, too many, or one is empty', async () => {
    expect(await message()).toMatch(/No file was chosen/)
    expect(await message(...Array.from({ length: 17 }, () => file('a', 'b')))).toMatch(/These are 17 files/)
    expect(await message(file('a.csv', ''))).toMatch(/^a.csv is empty/)
  })
})
