import { describe, expect, it } from 'vitest'
import { nodeAssets } from '../../cli/node-assets'
import { DatasetFileError, decodeDataset, encodeDataset } from '../../src/io/dataset-file'
import { everyDamage } from './damaged-file'

const small = {
  name: 'small',
  width: 3,
  height: 2,
  classes: ['a', 'b'],
  train: 2,
  test: 1,
  labels: Uint8Array.of(0, 1, 1),
  pixels: Uint8Array.from({ length: 18 }, (_, i) => 13 * i),
}

describe('a data set file', () => {
  it('gives back what it was made of', async () => {
    expect(await decodeDataset(await encodeDataset(small))).toEqual(small)
  })

  it('keeps identities that are never trained on apart', async () => {
    const unseen = { count: 1, classes: ['z'] }
    const set = { ...small, test: 0, unseen, labels: Uint8Array.of(0, 1, 2) }
    expect(await decodeDataset(await encodeDataset(set))).toEqual(set)
    for (const labels of [Uint8Array.of(0, 2, 2), Uint8Array.of(0, 1, 1), Uint8Array.of(0, 1, 3)]) {
      await expect(decodeDataset(await encodeDataset({ ...set, labels }))).rejects.toThrow('label outside')
    }
  })

  it('is refused with a typed error wherever it is damaged or cut', async () => {
    const good = await encodeDataset(small)
    await everyDamage(good, async (bad) => {
      const result = await decodeDataset(bad).catch((error: unknown) => error)
      // A flipped bit in the padding of the compressed bytes changes nothing.
      if (!(result instanceof DatasetFileError))
        expect(result).toMatchObject({ train: 2, pixels: small.pixels })
    })
  })

  it('is refused when it claims more than it holds, before memory is taken', async () => {
    const huge = { ...small, train: 900_000, test: 900_000, width: 256, height: 256 }
    await expect(decodeDataset(await encodeDataset(huge))).rejects.toThrow('more data than fits')
  })
})

it('the digits are 8,000 and 2,000, stratified and as bright as MNIST', async () => {
  const { train, test, labels, pixels, classes } = await decodeDataset(await nodeAssets.data('mnist.bin'))
  expect([train, test, classes.length]).toEqual([8000, 2000, 10])
  for (let digit = 0; digit < 10; digit++) {
    const all = labels.filter((label) => label === digit).length
    const heldOut = labels.subarray(train).filter((label) => label === digit).length
    expect(Math.abs(heldOut - all / 5)).toBeLessThanOrEqual(1)
  }
  const mean = pixels.reduce((sum, byte) => sum + byte, 0) / pixels.length / 255
  // The mean of MNIST is 0.1307.
  expect(mean).toBeCloseTo(0.1307, 2)
})
