import type { Verification } from '../../geometry/verification'
import { axisBottom, type Scale } from '../../render/axes'
import { fixed, percent } from '../../render/format'
import { group, label, mark, PathText, smallType, type Mark } from '../../render/marks'
import { richWidth } from '../../render/math-text'
import { crosshair, TEX, type Plane } from '../common'
import type { Readout } from '../panel'

type ScorePlane = Pick<Plane, 'theme' | 'plot' | 'x'>

/** Histograms: filled is the same identity, outlined are different ones. */
export function histogramMarks(plane: ScorePlane, { histogram }: Verification, threshold: number): Mark[] {
  const { theme, plot, x } = plane
  const { same, different } = histogram
  const most = Math.max(...same, ...different)
  const at = x(threshold)
  return [
    group('histograms', [
      mark('path', { d: steps(plane, same, most, true), fill: theme.ink3, 'fill-opacity': 0.45 }, [], 'same'),
      mark(
        'path',
        {
          d: steps(plane, different, most, false),
          fill: 'none',
          stroke: theme.ink2,
          'stroke-width': theme.line,
        },
        [],
        'different',
      ),
    ]),
    axisBottom(theme, plot, x, {
      values: [-1, -0.5, 0, 0.5, 1],
      format: (value) => fixed(value, value % 1 === 0 ? 0 : 1),
    }),
    ...names(plane, peak(x, different), peak(x, same)),
    group('threshold', [
      mark('line', {
        x1: at,
        x2: at,
        y1: plot.top - 2,
        y2: plot.bottom,
        stroke: theme.accentLine,
        'stroke-width': 2 * theme.line,
      }),
      // A grip, so that one sees that it can be taken.
      mark('rect', {
        x: at - 3.5,
        y: (plot.top + plot.bottom) / 2 - 8,
        width: 7,
        height: 16,
        rx: 2,
        fill: theme.paperRaised,
        stroke: theme.accentLine,
        'stroke-width': 1.25 * theme.line,
      }),
    ]),
  ]
}

/** The values of one bin of the cosines, from −1 on. */
export function histogramReadout(plane: ScorePlane, { histogram }: Verification, bin: number): Readout {
  const { same, different } = histogram
  const width = 2 / same.length
  const from = -1 + bin * width
  return {
    x: plane.x(from + width / 2),
    y: (plane.plot.top + plane.plot.bottom) / 2,
    lines: [
      `${TEX.cos} ${fixed(from, 2)} to ${fixed(from + width, 2)}`,
      `same: ${percent(same[bin]!)} of pairs`,
      `different: ${percent(different[bin]!)}`,
    ],
    marks: [crosshair(plane.theme, plane.x(from + width / 2), plane.plot)],
  }
}

/** Where a histogram is highest, in pixels. */
function peak(x: Scale, bins: Float32Array): number {
  return x(-1 + ((bins.indexOf(Math.max(...bins)) + 0.5) * 2) / bins.length)
}

/** Names above the peaks, moved apart where these are close. */
function names({ theme, plot }: ScorePlane, different: number, same: number): Mark[] {
  const first = '□ different'
  const second = '■ same'
  const size = smallType(theme)
  const firstWidth = richWidth(first, size)
  const secondWidth = richWidth(second, size)
  const gap = 0.6 * size
  const end = plot.right - secondWidth
  const left = Math.max(plot.left, Math.min(different - firstWidth / 2, end - gap - firstWidth))
  const right = Math.min(end, Math.max(same - secondWidth / 2, left + firstWidth + gap))
  const y = plot.top - 0.4 * size
  return [label(theme, first, left, y, { key: 'different' }), label(theme, second, right, y, { key: 'same' })]
}

/** The outline of the bars; what is filled goes down to the axis at both ends. */
function steps({ plot, x }: ScorePlane, bins: Float32Array, most: number, closed: boolean): string {
  const path = new PathText()
  const height = plot.bottom - plot.top
  let first = 0
  let last = bins.length - 1
  while (bins[first] === 0) first++
  while (bins[last] === 0) last--
  path.moveTo(x(-1 + (2 * first) / bins.length), plot.bottom)
  for (let bin = first; bin <= last; bin++) {
    const y = plot.bottom - (height * bins[bin]!) / most
    path.lineTo(x(-1 + (2 * bin) / bins.length), y).lineTo(x(-1 + (2 * (bin + 1)) / bins.length), y)
  }
  path.lineTo(x(-1 + (2 * (last + 1)) / bins.length), plot.bottom)
  if (closed) path.close()
  return path.toString()
}
