/**
 * Packs a part of Fashion-MNIST into public/data/fashion-mnist.bin: the first 1,000 training images and the first
 * 200 test images of each class, each in the order that they come in. The file is in the repository, as its source
 * is no npm package; this makes it anew: npm run fashion [-- FOLDER], where FOLDER has the four files that Debian's
 * package dataset-fashion-mnist installs.
 */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { writeSet } from './write-set'

const SIDE = 28
const SIZE = SIDE ** 2
/** Grey is rounded to so many steps, which halves the file. */
const STEPS = 32
const CLASSES = 'T-shirt,Trousers,Pullover,Dress,Coat,Sandal,Shirt,Sneaker,Bag,Boot'.split(',')
const folder = process.argv[2] ?? '/usr/share/datasets/fashion-mnist'

function read(name: string, header: number): Uint8Array {
  return gunzipSync(readFileSync(`${folder}/${name}-ubyte.gz`)).subarray(header)
}

/** The first `each` images of each class. */
function first(part: string, each: number): { readonly labels: number[]; readonly pixels: Uint8Array[] } {
  const all = read(`${part}-labels-idx1`, 8)
  const images = read(`${part}-images-idx3`, 16)
  const left = CLASSES.map(() => each)
  const chosen = [...all.keys()].filter((i) => left[all[i]!]!-- > 0)
  return {
    labels: chosen.map((i) => all[i]!),
    pixels: chosen.map((i) => images.subarray(i * SIZE, (i + 1) * SIZE)),
  }
}

const inSteps = (value: number): number =>
  Math.round((Math.round((value * (STEPS - 1)) / 255) * 255) / (STEPS - 1))
const train = first('train', 1000)
const test = first('t10k', 200)
const images = [...train.pixels, ...test.pixels]
const pixels = new Uint8Array(images.length * SIZE)
images.forEach((image, i) => pixels.set(image.map(inSteps), i * SIZE))
await writeSet('fashion-mnist.bin', {
  name: 'Fashion-MNIST',
  width: SIDE,
  height: SIDE,
  classes: CLASSES,
  train: train.labels.length,
  test: test.labels.length,
  labels: Uint8Array.from([...train.labels, ...test.labels]),
  pixels,
})
