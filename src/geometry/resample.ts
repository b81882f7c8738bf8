/** A grey image, one value a pixel, row by row. */
interface Gray {
  readonly width: number
  readonly height: number
  readonly values: ArrayLike<number>
}

/** A rectangle of an image, in pixels. */
interface Area {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/**
 * Draws an image into a rectangle of another by area averaging: each pixel becomes the mean of what it covers,
 * so that shrinking loses no stroke and a uniform image stays so. Enlarging repeats pixels.
 * @param out [outHeight · outWidth]; what lies outside of the rectangle stays
 * @param area whole pixels within `out`
 */
export function drawAveraged(image: Gray, out: Record<number, number>, outWidth: number, area: Area): void {
  const { width, height, values } = image
  // One axis after the other: the mean over a rectangle is the mean of the means of its rows.
  const rows = new Float32Array(height * area.width)
  const across = coverage(width, area.width)
  for (let x = 0; x < area.width; x++) {
    const { first, weights } = across[x]!
    for (let y = 0; y < height; y++) {
      let sum = 0
      for (let k = 0; k < weights.length; k++) sum += weights[k]! * values[y * width + first + k]!
      rows[y * area.width + x] = sum
    }
  }
  coverage(height, area.height).forEach(({ first, weights }, y) => {
    for (let x = 0; x < area.width; x++) {
      let sum = 0
      for (let k = 0; k < weights.length; k++) sum += weights[k]! * rows[(first + k) * area.width + x]!
      out[(area.top + y) * outWidth + area.left + x] = Math.round(sum)
    }
  })
}

/** For each of `to` equal parts of a line of `from` pixels: which pixels it covers and how much each counts. */
function coverage(from: number, to: number): { readonly first: number; readonly weights: Float64Array }[] {
  return Array.from({ length: to }, (_, i) => {
    // Whole numbers in units of 1 / to: no part ends a rounding error beyond its pixel.
    const start = i * from
    const end = (i + 1) * from
    const first = Math.floor(start / to)
    const last = Math.ceil(end / to)
    const weights = Float64Array.from({ length: last - first }, (_, k) => {
      const left = (first + k) * to
      return (Math.min(end, left + to) - Math.max(start, left)) / from
    })
    return { first, weights }
  })
}
