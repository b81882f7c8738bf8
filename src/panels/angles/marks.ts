import type { Summary } from '../../geometry/quantiles'
import { axisLine, type Scale } from '../../render/axes'
import { fixed } from '../../render/format'
import { group, label, mark, PathText, smallType, type Mark } from '../../render/marks'
import { richWidth } from '../../render/math-text'
import { TEX, type Plane } from '../common'
import { DEGREES } from './margin-curve'

/** The degree at which the cosine carries its name: the space above it is always free. */
const COSINE_LABEL_AT = 58
/** The value at which other curves carry theirs, to the left: above the histograms. */
const CURVE_LABEL_AT = 0.42
/** Curves that are nearer than this everywhere are one. */
const SAME = 0.002
/** A curve that is this far from ψ somewhere is drawn beside it. */
const APART = 0.06

const cosine = (degree: number): number => Math.cos((degree * Math.PI) / 180)

/**
 * The cosine, ψ, and ψ as it will be where its margin still grows.
 * @param psi at whole degrees.
 */
export function curves(plane: Plane, psi: Float32Array, later: Float32Array | null): Mark {
  const { theme, x, y } = plane
  const line = { fill: 'none', 'stroke-linejoin': 'round' } as const
  const isCosine = within(SAME, (degree) => psi[degree]! - cosine(degree))
  const showLater = later !== null && !within(APART, (degree) => later[degree]! - psi[degree]!)
  const ghost = {
    ...line,
    stroke: theme.accentLine,
    'stroke-width': theme.line,
    'stroke-dasharray': '2 3',
  }
  return group('curves', [
    mark(
      'path',
      { ...line, d: path(plane, cosine), stroke: theme.ink2, 'stroke-width': theme.line },
      [],
      'cos',
    ),
    ...(showLater ? [mark('path', { ...ghost, d: path(plane, (v) => later[v]!) }, [], 'later')] : []),
    mark(
      'path',
      { ...line, d: path(plane, (v) => psi[v]!), stroke: theme.accentLine, 'stroke-width': 2 * theme.line },
      [],
      'psi',
    ),
    label(
      theme,
      isCosine ? `${TEX.psi} = ${TEX.cos}` : TEX.cos,
      x(COSINE_LABEL_AT) + 0.7 * smallType(theme),
      y(cosine(COSINE_LABEL_AT)) - 2,
      { colour: isCosine ? theme.accent : theme.ink2, key: 'cos label' },
    ),
    // There is room for one name: while the margin grows, the readout tells them apart.
    ...(isCosine ? [] : [curveLabel(plane, psi, TEX.psi)]),
    ...(isCosine && showLater ? [curveLabel(plane, later, `${TEX.psi} later`)] : []),
  ])
}

/** Whether a difference is less than this at every degree. */
function within(most: number, difference: (degree: number) => number): boolean {
  return Array.from({ length: DEGREES + 1 }, (_, degree) => difference(degree)).every(
    (value) => Math.abs(value) < most,
  )
}

/** With gaps where the curve is not finite. */
function path({ x, y }: Plane, curve: (degree: number) => number): string {
  const d = new PathText()
  let drawing = false
  for (let degree = 0; degree <= DEGREES; degree++) {
    const value = curve(degree)
    const finite = Number.isFinite(value)
    if (finite && drawing) d.lineTo(x(degree), y(value))
    else if (finite) d.moveTo(x(degree), y(value))
    drawing = finite
  }
  return d.toString()
}

function curveLabel({ theme, plot, x, y }: Plane, curve: Float32Array, name: string): Mark {
  const size = smallType(theme)
  const degree = curve.findIndex((value) => value < CURVE_LABEL_AT)
  const px = Math.max(x(Math.max(0, degree)) - 4, plot.left + richWidth(name, size) + 3)
  const style = { colour: theme.accent, anchor: 'end', halo: true, key: name } as const
  return label(theme, name, px, y(CURVE_LABEL_AT) + size, style)
}

/**
 * The edge of a histogram, from its first bar to its last; filled, it is the area.
 * @param y of a count.
 */
export function histogramPath(bins: Float32Array, x: Scale, y: Scale): string {
  const d = new PathText()
  const bottom = y(0)
  let before = 0
  for (let i = 0; i < bins.length; i++) {
    const n = bins[i]!
    if (n === before) continue
    const px = x((i * DEGREES) / bins.length)
    if (before === 0) d.moveTo(px, bottom)
    else d.lineTo(px, y(before))
    d.lineTo(px, y(n))
    before = n
  }
  if (before > 0) d.lineTo(x(DEGREES), y(before)).lineTo(x(DEGREES), bottom)
  return d.toString()
}

/** Medians as poles that carry the names, means as small triangles below the axis. */
export function medians(plane: Plane, own: Summary, other: Summary, fill: string): Mark {
  return group('medians', [
    triangle(plane, other.mean, plane.theme.paper),
    triangle(plane, own.mean, fill),
    ...flag(plane, own.median, `own class ${TEX.ownAngle}`, 0.5),
    ...flag(plane, other.median, `nearest other ${TEX.otherAngle}`, 0.3),
  ])
}

/** @param share how far up the name stands. */
function flag({ theme, plot, x }: Plane, median: number, name: string, share: number): Mark[] {
  const size = smallType(theme)
  const text = `${name} ${fixed(median, 1)}°`
  const px = x(median)
  const py = plot.bottom - share * (plot.bottom - plot.top)
  const fits = px + 5 + richWidth(text, size) < plot.right
  const anchor = fits ? 'start' : 'end'
  return [
    axisLine(theme, px, py - 0.7 * size, px, plot.bottom),
    label(theme, text, fits ? px + 5 : px - 5, py, { anchor, colour: theme.ink, halo: true, key: name }),
  ]
}

function triangle({ theme, plot, x }: Plane, mean: number, fill: string): Mark {
  const px = x(mean)
  const py = plot.bottom
  const d = new PathText()
    .moveTo(px, py)
    .lineTo(px - 3.5, py + 6)
    .lineTo(px + 3.5, py + 6)
  const stroke = { stroke: theme.ink2, 'stroke-width': 0.75 * theme.line }
  return mark('path', { d: d.close().toString(), fill, ...stroke })
}
