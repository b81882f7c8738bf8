import { decodeInBrowser } from '../../../src/session/import/decode-picture'
import { importFiles } from '../../../src/io/import/import-files'

/** The file of a picture whose left half has one grey and whose right half another. */
export async function encode(type: string, left: number, right: number): Promise<number[]> {
  const canvas = new OffscreenCanvas(56, 56)
  const context = canvas.getContext('2d')!
  for (const [gray, x] of [
    [left, 0],
    [right, 28],
  ] as const) {
    context.fillStyle = `rgb(${gray} ${gray} ${gray})`
    context.fillRect(x, 0, 28, 56)
  }
  const blob = await canvas.convertToBlob({ type, quality: 1 })
  return [...new Uint8Array(await blob.arrayBuffer())]
}

/** What becomes of a file: its classes, labels, and of each image two pixels; or the message of the error. */
export async function importOne(name: string, bytes: number[]): Promise<unknown> {
  try {
    const imported = await importFiles([{ name, bytes: Uint8Array.from(bytes) }], { decode: decodeInBrowser })
    if (imported.kind !== 'images') return 'no images'
    const { classes, labels, pixels } = imported.set
    return {
      classes,
      images: Array.from(labels, (label, i) => [label, pixels[784 * i + 365], pixels[784 * i + 390]]),
    }
  } catch (error) {
    return String(error)
  }
}
