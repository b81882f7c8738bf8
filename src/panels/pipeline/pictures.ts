import type { Layer } from '../../engine/layout'
import type { Plot } from '../../render/axes'
import { group, mark, PathText, type Mark } from '../../render/marks'
import type { Theme } from '../../render/theme'

/** Shades of a picture: a path for each, so that it can be drawn, saved and printed like the rest. */
const SHADES = 8

/** Paths of pictures, by the array that their pixels are in and their place in it. */
const paths = new WeakMap<Uint8Array, Map<number, readonly string[]>>()

/** Grey images in one array, row by row. */
export interface Pictures {
  readonly pixels: Uint8Array
  readonly width: number
  readonly height: number
}

/** A picture as the network gets it, as large as fits at the left of its place; empty while its pixels are loaded. */
export function pictureMarks(
  theme: Theme,
  pictures: Pictures,
  image: number,
  key: string,
  place: Plot,
): Mark {
  const { width, height, pixels } = pictures
  const scale = Math.max(
    0.5,
    Math.min((place.right - place.left) / width, (place.bottom - place.top) / height),
  )
  const top = Math.round((place.top + place.bottom - scale * height) / 2)
  const size = width * height
  const shades = pixels.length < (image + 1) * size ? [] : shadesOf(pictures, image)
  return group(key, [
    mark('rect', {
      x: place.left - 0.5,
      y: top - 0.5,
      width: scale * width + 1,
      height: scale * height + 1,
      fill: 'none',
      stroke: theme.hairline,
      'stroke-width': theme.line,
    }),
    group(
      'pixels',
      shades.map((d, shade) =>
        mark('path', { d, fill: theme.ink, 'fill-opacity': (shade + 1) / SHADES }, [], `shade ${shade}`),
      ),
      { transform: `translate(${place.left} ${top}) scale(${scale})`, 'shape-rendering': 'crispEdges' },
    ),
  ])
}

/** For each shade the pixels that have it, as runs along their rows, in pixels of the picture. */
function shadesOf({ pixels, width, height }: Pictures, image: number): readonly string[] {
  const known = paths.get(pixels) ?? new Map<number, readonly string[]>()
  const before = known.get(image)
  if (before) return before
  const shades = Array.from({ length: SHADES }, () => '')
  const first = image * width * height
  const shadeAt = (row: number, column: number): number =>
    Math.round((SHADES * pixels[first + row * width + column]!) / 255) - 1
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width;) {
      const shade = shadeAt(row, column)
      const from = column
      while (column < width && shadeAt(row, column) === shade) column++
      if (shade >= 0) shades[shade] += `M${from} ${row}h${column - from}v1h${from - column}z`
    }
  }
  paths.set(pixels, known.set(image, shades))
  return shades
}

/**
 * Numbers as bars up and down from a line in the middle.
 * @param values of which `count` from `at` on are shown
 */
export function barMarks(
  theme: Theme,
  values: Float32Array,
  { at, count }: { readonly at: number; readonly count: number },
  key: string,
  { left, right, top, bottom }: Plot,
  colour = theme.ink2,
): Mark {
  let most = 1e-12
  for (let k = at; k < at + count; k++) most = Math.max(most, Math.abs(values[k]!))
  const middle = (top + bottom) / 2
  const cell = (right - left) / count
  const path = new PathText()
  for (let k = 0; k < count; k++) {
    const x = left + (k + 0.5) * cell
    path.moveTo(x, middle).lineTo(x, middle - ((bottom - top) / 2) * (values[at + k]! / most))
  }
  return group(key, [
    mark('line', {
      x1: left,
      x2: right,
      y1: middle,
      y2: middle,
      stroke: theme.ink3,
      'stroke-width': 0.75 * theme.line,
    }),
    mark(
      'path',
      { class: 'bars', d: path.toString(), fill: 'none', stroke: colour, 'stroke-width': 0.72 * cell },
      [],
      'bars',
    ),
  ])
}

/** Layers as blocks: as high as the maps that they give, and wider the more maps there are. */
export function layerMarks(
  theme: Theme,
  layers: readonly Layer[],
  height: number,
  { left, right, top, bottom }: Plot,
): Mark[] {
  const widths = layers.map(({ output }) => (output.height > 1 ? Math.sqrt(output.channels) : 2))
  const gaps = 0.3 * theme.rem * (layers.length - 1)
  const unit = Math.min(0.2 * theme.rem, (right - left - gaps) / widths.reduce((a, b) => a + b, 0))
  const middle = (top + bottom) / 2
  const all = gaps + unit * widths.reduce((a, b) => a + b, 0)
  let x = (left + right - all) / 2
  return layers.map(({ output }, k) => {
    // A vector has no height of its own: 128 numbers are as high as a picture.
    const share = output.height > 1 ? output.height / height : output.channels / 128
    const high = Math.max(4, Math.min(1, share) * (bottom - top))
    const block = mark('rect', {
      x,
      y: middle - high / 2,
      width: unit * widths[k]!,
      height: high,
      fill: theme.ink3,
      'fill-opacity': 0.22,
      stroke: theme.ink3,
      'stroke-width': theme.line,
    })
    x += unit * widths[k]! + 0.3 * theme.rem
    return block
  })
}
