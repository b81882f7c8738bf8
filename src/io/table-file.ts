import { z } from 'zod'

/** A table file that can't be used; the message says why in one sentence. */
export class TableFileError extends Error {
  override readonly name = 'TableFileError'
}

/** Median and range over the seeds. */
export const spreadSchema = z.strictObject({ median: z.number(), least: z.number(), most: z.number() })

/** One loss in one number of dimensions. */
const rowSchema = z.strictObject({
  preset: z.string(),
  dimension: z.number().int().min(2),
  steps: z.number().int().min(1),
  /** On the held-out images, from 0 to 1. */
  testAccuracy: spreadSchema,
  /** Between two class vectors, in degrees. */
  smallestAngle: spreadSchema,
  /** Mean θ to the own class vector, in degrees. */
  targetAngle: spreadSchema,
  /** Mean intra-class over smallest inter-class distance, of unit features. */
  intraToInter: spreadSchema,
  msPerStep: spreadSchema,
})

/** A final 2-D geometry in bytes, base64. Byte b stands for the coordinate (b − 127.5) / 127.5. */
export const pictureSchema = z.strictObject({
  /** Triples x, y, label; ±1 is the edge of the picture. */
  points: z.base64().max(8000),
  /** Pairs x, y for each class vector, class by class; the longest has length 1. */
  vectors: z.base64().max(4000),
  /** How many vectors a class has, where that is more than one. */
  subCenters: z.number().int().min(2).optional(),
})

const tableSchema = z.strictObject({
  version: z.literal(1),
  seeds: z.array(z.number().int()).min(1),
  /** Where it was trained. */
  machine: z.string(),
  rows: z.array(rowSchema),
  /** By preset. */
  pictures: z.record(z.string(), pictureSchema),
})

export type Spread = z.output<typeof spreadSchema>
export type TableRow = z.output<typeof rowSchema>
type EncodedPicture = z.output<typeof pictureSchema>
export type TableFile = z.output<typeof tableSchema>

/** Points and class vectors with coordinates from −1 to 1. */
export interface Picture {
  readonly points: readonly { readonly x: number; readonly y: number; readonly label: number }[]
  /** Class by class, `subCenters` for each. */
  readonly vectors: readonly { readonly x: number; readonly y: number }[]
  readonly subCenters: number
}

export interface LossTable extends Omit<TableFile, 'pictures'> {
  readonly pictures: ReadonlyMap<string, Picture>
}

/** @throws {TableFileError} when the text is not such a table. */
export function decodeTable(text: string): LossTable {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new TableFileError('the table is not JSON', { cause })
  }
  const result = tableSchema.safeParse(value)
  if (!result.success) {
    const [issue] = result.error.issues
    throw new TableFileError(
      `the table is damaged at ${issue!.path.join('.') || 'its top'}: ${issue!.message}`,
    )
  }
  const pictures = Object.entries(result.data.pictures).map(
    ([preset, picture]) => [preset, decodePicture(preset, picture)] as const,
  )
  return { ...result.data, pictures: new Map(pictures) }
}

function decodePicture(preset: string, { points, vectors, subCenters = 1 }: EncodedPicture): Picture {
  const p = bytesOf(points)
  const v = bytesOf(vectors)
  const coordinate = (byte: number | undefined): number => (byte! - 127.5) / 127.5
  const picture: Picture = {
    points: Array.from({ length: Math.floor(p.length / 3) }, (_, i) => ({
      x: coordinate(p[3 * i]),
      y: coordinate(p[3 * i + 1]),
      label: p[3 * i + 2]!,
    })),
    vectors: Array.from({ length: Math.floor(v.length / 2) }, (_, j) => ({
      x: coordinate(v[2 * j]),
      y: coordinate(v[2 * j + 1]),
    })),
    subCenters,
  }
  if (p.length % 3 !== 0 || v.length % 2 !== 0) {
    throw new TableFileError(`the picture of ${preset} is damaged: it ends within a point`)
  }
  if (picture.points.some(({ label }) => label >= picture.vectors.length / subCenters)) {
    throw new TableFileError(`the picture of ${preset} is damaged: it has a point without class`)
  }
  return picture
}

/**
 * @param points [labels.length · 2] raw features
 * @param vectors [classes · subCenters · 2] class weights
 */
export function encodePicture(
  points: Float32Array,
  labels: ArrayLike<number>,
  vectors: Float32Array,
  subCenters = 1,
): EncodedPicture {
  const edge = extentOf(points)
  const longest = Math.max(...lengths(vectors)) || 1
  const byte = (value: number): number => Math.min(255, Math.max(0, Math.round(127.5 + 127.5 * value)))
  const triples = Array.from({ length: labels.length }, (_, i) => [
    byte(points[2 * i]! / edge),
    byte(points[2 * i + 1]! / edge),
    labels[i]!,
  ])
  return {
    points: base64(triples.flat()),
    vectors: base64(Array.from(vectors, (value) => byte(value / longest))),
    ...(subCenters > 1 ? { subCenters } : {}),
  }
}

/** What 98 % of the points lie within, and a little more: single long features must not shrink the others. */
function extentOf(points: Float32Array): number {
  const sorted = lengths(points).sort((a, b) => a - b)
  return 1.1 * (sorted[Math.floor(0.98 * (sorted.length - 1))] ?? 0) || 1
}

function lengths(pairs: Float32Array): number[] {
  return Array.from({ length: pairs.length / 2 }, (_, i) => Math.hypot(pairs[2 * i]!, pairs[2 * i + 1]!))
}

const base64 = (bytes: readonly number[]): string => btoa(String.fromCharCode(...bytes))
const bytesOf = (text: string): Uint8Array => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
