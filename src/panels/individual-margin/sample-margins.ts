import { ticks } from 'd3'
import { CalmExtent } from '../../geometry/extent'
import { fillHistogram } from '../../geometry/histogram'
import { summarize, type Summary } from '../../geometry/quantiles'
import { fillIndividualMargins, marginDistribution } from '../../losses/individual-margins'
import type { IndividualMargin } from '../../losses/margin-function'
import { axisBottom, type Plot, type Scale } from '../../render/axes'
import { fixed, percent, tickFormat, whole } from '../../render/format'
import { label, mark, PathText, type Mark } from '../../render/marks'
import { classColour } from '../../render/theme'
import { crosshair, linear, plotArea, stripLine, waiting } from '../common'
import type { Empty, PanelContext, Figure } from '../panel'

const BINS = 60
/** The tallest bar leaves so much of the height free. */
const HEADROOM = 1.08
/** The curve of a distribution is drawn over so many deviations to each side. */
const DEVIATIONS = 3.5

/** The margins of the points as a histogram, with the distribution that they are drawn from where there is one. */
export class SampleMargins {
  private readonly extent = new CalmExtent(0.02)
  private readonly bins = new Float32Array(BINS)
  private values = new Float32Array(0)
  private shown = new Float32Array(0)
  private key = ''

  draw(context: PanelContext, own: IndividualMargin): Figure | Empty {
    const { run, head, theme, session } = context
    if (!run.frame || run.count === 0) return waiting(context)
    const key = `${run.generation} ${head.margin.kind}`
    if (key !== this.key) this.extent.reset()
    this.key = key

    const values = this.compute(context)
    const all = summarize(values)
    const drawn = marginDistribution(head)
    const reach = drawn ? DEVIATIONS * drawn.deviation : 0
    const [least, most] = extremes(values)
    const [low, high] = this.extent.follow(
      Math.min(least, drawn ? drawn.mean - reach : least),
      Math.max(most, drawn ? drawn.mean + reach : most),
    )
    const tallest = fillHistogram(this.bins, values, values.length, low, high)
    const expected = drawn ? peak(values.length, drawn.deviation, (high - low) / BINS) : 0
    const plot = plotArea(context, { left: 10, right: 44 })
    const x = linear(low, high, plot.left, plot.right)
    const y = linear(0, HEADROOM * Math.max(1, tallest, expected), plot.bottom, plot.top)
    const round = ticks(low, high, 5)
    const unit = own.unit === '' ? '' : ` ${own.unit}`
    const { focusedClass } = session.view
    const fill = focusedClass === null ? theme.ink3 : classColour(theme, focusedClass, run.classes.length)
    const binAt = (bin: number): number => low + ((bin + 0.5) * (high - low)) / BINS
    return {
      marks: [
        mark('path', { d: bars(this.bins, x, y, low, high), fill, 'fill-opacity': 0.45 }, [], 'bars'),
        ...(drawn ? [bell(context, drawn, expected, x, y)] : []),
        axisBottom(
          theme,
          plot,
          x,
          { values: round, format: tickFormat(round) },
          unit === '' ? '' : unit.trim(),
        ),
        ...(values.length > 0 ? medianMark(context, own, all, plot, x) : []),
      ],
      summary:
        values.length === 0
          ? 'All classes are hidden.'
          : `Margins of ${whole(values.length)} points: median ${fixed(all.median, 3)}${unit}, ` +
            `5 to 95 % from ${fixed(all.p5, 3)} to ${fixed(all.p95, 3)}${unit}.`,
      readouts: {
        count: BINS,
        start: Math.max(0, Math.min(BINS - 1, Math.floor(((all.median - low) * BINS) / (high - low)) || 0)),
        nearest: (px) => Math.floor(((px - plot.left) * BINS) / (plot.right - plot.left)),
        at: (bin) => {
          const n = this.bins[bin]!
          const width = (high - low) / BINS
          return {
            x: x(binAt(bin)),
            y: y(n),
            lines: [
              `margin ${fixed(low + bin * width, 3)} to ${fixed(low + (bin + 1) * width, 3)}${unit}`,
              `${whole(n)} points, ${percent(n / Math.max(1, values.length))}`,
            ],
            marks: [crosshair(theme, x(binAt(bin)), plot)],
          }
        },
      },
    }
  }

  /** Margins of the points whose class is shown, or is the one that is singled out. */
  private compute({ run, head, session }: PanelContext): Float32Array {
    const { hiddenClasses, focusedClass } = session.view
    if (this.values.length < run.labels.length) {
      this.values = new Float32Array(run.labels.length)
      this.shown = new Float32Array(run.labels.length)
    }
    fillIndividualMargins(this.values, head, run.frame!.carried, run, run.count)
    let n = 0
    for (let i = 0; i < run.count; i++) {
      const j = run.labels[i]!
      if (focusedClass === null ? hiddenClasses.includes(j) : j !== focusedClass) continue
      this.shown[n++] = this.values[i]!
    }
    return this.shown.subarray(0, n)
  }
}

function extremes(values: Float32Array): [number, number] {
  let least = Infinity
  let most = -Infinity
  for (const value of values) {
    if (value < least) least = value
    if (value > most) most = value
  }
  return [least, most]
}

/** How many of `count` normal values fall into a bin at their mean. */
function peak(count: number, deviation: number, binWidth: number): number {
  return (count * binWidth) / (deviation * Math.sqrt(2 * Math.PI))
}

function bars(bins: Float32Array, x: Scale, y: Scale, low: number, high: number): string {
  const d = new PathText()
  const edge = (bin: number): number => x(low + (bin * (high - low)) / bins.length)
  const base = y(0)
  bins.forEach((n, bin) => {
    if (n === 0) return
    d.moveTo(edge(bin), base)
      .lineTo(edge(bin), y(n))
      .lineTo(edge(bin + 1), y(n))
      .lineTo(edge(bin + 1), base)
    d.close()
  })
  return d.toString()
}

/** The normal distribution that the margins are drawn from. */
function bell(
  { theme }: PanelContext,
  { mean, deviation }: { readonly mean: number; readonly deviation: number },
  height: number,
  x: Scale,
  y: Scale,
): Mark {
  const d = new PathText()
  for (let k = -28; k <= 28; k++) {
    const z = (k * DEVIATIONS) / 28
    d[d.empty ? 'moveTo' : 'lineTo'](x(mean + z * deviation), y(height * Math.exp((-z * z) / 2)))
  }
  return mark(
    'path',
    { d: d.toString(), fill: 'none', stroke: theme.ink, 'stroke-width': 1.5 * theme.line },
    [],
    'distribution',
  )
}

function medianMark(
  { theme }: PanelContext,
  own: IndividualMargin,
  { median }: Summary,
  plot: Plot,
  x: Scale,
): Mark[] {
  const at = x(median)
  const anchor = at > (plot.left + plot.right) / 2 ? 'end' : 'start'
  const line = { x1: at, y1: plot.top - 4, x2: at, y2: plot.bottom }
  const unit = own.unit === '' ? '' : ` ${own.unit}`
  return [
    mark('line', { ...line, stroke: theme.ink, 'stroke-width': 1.25 * theme.line }, [], 'median'),
    label(
      theme,
      `$${own.symbol}$: median ${fixed(median, 3)}${unit}`,
      at + (anchor === 'end' ? -5 : 5),
      stripLine(theme, plot),
      { anchor, colour: theme.ink, key: 'median name' },
    ),
  ]
}
