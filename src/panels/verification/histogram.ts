import type { Verification } from '../../geometry/verification'
import { axisBottom } from '../../render/axes'
import { fixed, percent } from '../../render/format'
import { group, label, mark, PathText, type Mark } from '../../render/marks'
import { crosshair, stripLine, TEX, type Plane } from '../common'
import type { Readout } from '../panel'

type ScorePlane = Pick<Plane, 'theme' | 'plot' | 'x'>

/** Histograms: filled is the same identity, outlined are different ones. */
export function histogramMarks(plane: ScorePlane, { histogram }: Verification, threshold: number): Mark[] {
  const { theme, plot, x } = plane
  const { same, different } = histogram
  const most = Math.max(...same, ...different)
  const at = x(threshold)
  const name = (text: string, bins: Float32Array, anchor: 'start' | 'end'): Mark => {
    const [left, right] = [x(center(bins, bins.indexOf(Math.max(...bins)))), 0.5 * theme.rem]
    const edge = anchor === 'end' ? Math.min(left + right, plot.right) : Math.max(left - right, plot.left)
    return label(theme, text, edge, stripLine(theme, plot) + 0.5 * theme.rem, { anchor, key: text })
  }
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
    name('different', different, 'start'),
    name('same', same, 'end'),
    group('threshold', [
      mark('line', {
        ...{ x1: at, x2: at, y1: plot.top - 2, y2: plot.bottom },
        stroke: theme.accentLine,
        'stroke-width': 2 * theme.line,
      }),
      // A grip, so that one sees that it can be taken.
      mark('rect', {
        ...{ x: at - 3.5, y: (plot.top + plot.bottom) / 2 - 8, width: 7, height: 16, rx: 2 },
        fill: theme.paperRaised,
        stroke: theme.accentLine,
        'stroke-width': 1.25 * theme.line,
      }),
    ]),
  ]
}

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

function center(bins: Float32Array, bin: number): number {
  return -1 + ((bin + 0.5) * 2) / bins.length
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
