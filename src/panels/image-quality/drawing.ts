import { ticks } from 'd3'
import { CalmExtent } from '../../geometry/extent'
import { fillHistogram, smoothHistogram } from '../../geometry/histogram'
import { axisBottom } from '../../render/axes'
import { brief, tickFormat } from '../../render/format'
import { label, mark, PathText, smallType, type Mark } from '../../render/marks'
import { className, crosshair, linear, plotArea, TEX, waiting, type Plane } from '../common'
import type { Drawing, Empty, PanelContext, Figure } from '../panel'

const BINS = 48

/** The norm of the corrupted picture as a bar, over those of all points. */
export class ImageQualityDrawing implements Drawing {
  private readonly extent = new CalmExtent(0.5)
  private readonly bins = new Float32Array(BINS)
  private generation = -1

  draw(context: PanelContext): Figure | Empty {
    const { run, theme } = context
    if (run.count === 0) return waiting(context)
    if (run.generation !== this.generation) this.extent.reset()
    this.generation = run.generation
    let longest = 0
    for (let i = 0; i < run.count; i++) longest = Math.max(longest, run.norm[i]!)
    const [, high] = this.extent.follow(0, 1.02 * longest)
    const plot = plotArea(context, { left: 10, right: 28, top: 30 })
    const x = linear(0, high, plot.left, plot.right)
    const y = linear(0, 1, plot.bottom, plot.top)
    const plane = { theme, plot, x, y }
    const values = ticks(0, high, 4)
    const { substitute } = run
    const before = substitute?.original.measures.norm[0] ?? 0
    const now = substitute?.measures.norm[0] ?? 0
    return {
      marks: [
        this.hill(plane, run.norm.subarray(0, run.count), high),
        axisBottom(theme, plot, x, { values, format: tickFormat(values) }, TEX.featureNorm),
        ...(substitute ? [...bar(plane, now), ...clean(plane, before)] : []),
      ],
      summary: substitute
        ? `A picture of ${className(run, run.labels[substitute.point]!)}: length ${brief(now)}, clean ${brief(before)}.`
        : 'No picture is chosen.',
      readouts: {
        count: substitute ? 1 : 0,
        start: 0,
        nearest: () => 0,
        at: () => ({
          x: x(now),
          y: y(0.4),
          lines: ['this picture', `${TEX.featureNorm} = ${brief(now)}`, `clean ${brief(before)}`],
          marks: [crosshair(theme, x(now), plot)],
        }),
      },
    }
  }

  private hill({ theme, x, y }: Plane, norms: Float32Array, high: number): Mark {
    const { bins } = this
    fillHistogram(bins, norms, norms.length, 0, high)
    const most = smoothHistogram(bins, 2)
    const d = new PathText().moveTo(x(0), y(0))
    if (most > 0) bins.forEach((value, i) => d.lineTo(x(((i + 0.5) * high) / BINS), y((0.9 * value) / most)))
    d.lineTo(x(high), y(0)).close()
    return mark('path', { d: d.toString(), fill: theme.ink3, 'fill-opacity': 0.25 }, [], 'hill')
  }
}

function bar({ theme, plot, x }: Plane, norm: number): Mark[] {
  const size = smallType(theme)
  const height = 0.9 * size
  return [
    mark(
      'rect',
      { x: plot.left, y: plot.bottom - height, width: x(norm) - plot.left, height, fill: theme.accentLine },
      [],
      'bar',
    ),
    label(theme, `now ${brief(norm)}`, Math.max(plot.left, x(norm) + 4), plot.bottom - 0.15 * size, {
      colour: theme.ink,
      halo: true,
      key: 'now',
    }),
  ]
}

function clean({ theme, plot, x }: Plane, norm: number): Mark[] {
  const at = x(norm)
  const right = at > (plot.left + plot.right) / 2
  return [
    mark(
      'line',
      { x1: at, y1: plot.top - 4, x2: at, y2: plot.bottom, stroke: theme.ink2, 'stroke-width': theme.line },
      [],
      'clean',
    ),
    label(theme, `clean ${brief(norm)}`, at + (right ? -4 : 4), plot.top - 8, {
      anchor: right ? 'end' : 'start',
      key: 'clean name',
    }),
  ]
}
