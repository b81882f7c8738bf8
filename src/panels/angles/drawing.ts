import { ticks } from 'd3'
import { CalmExtent } from '../../geometry/extent'
import { fillHistogram } from '../../geometry/histogram'
import { summarize, type Summary } from '../../geometry/quantiles'
import { axisBottom, axisLeft } from '../../render/axes'
import { fixed, percent, tickFormat, whole } from '../../render/format'
import { group, mark } from '../../render/marks'
import { classColour } from '../../render/theme'
import { className, crosshair, dot, linear, plotArea, TEX, type Plane } from '../common'
import type { Drawing, PanelContext, Readout, Figure } from '../panel'
import { DEGREES, grownSymbols, marginCurve } from './margin-curve'
import { curves, histogramPath, medians } from './marks'

/** Histograms count in steps of two degrees, or of one where a bar of that is wide enough to see. */
const BINS = 90
const FINE_BINS = 180
const FINE_FROM_WIDTH = 700
/** ψ that hardly falls below the cosine needs no longer axis. */
const NEARLY = 0.02
/** The tallest bar reaches at most this far up. */
const BAR_SHARE = 0.5

/** ψ and the cosine over the histograms of the angles to the own and to the nearest other class vector. */
export class AnglesDrawing implements Drawing {
  private readonly own = new Angles()
  private readonly other = new Angles()
  private readonly psi = new Float32Array(DEGREES + 1)
  private readonly later = new Float32Array(DEGREES + 1)
  private readonly values = new CalmExtent(2)
  private readonly shares = new CalmExtent(0.02)
  private chosen = new Int32Array(0)
  private generation = -1
  private margin = ''

  draw(context: PanelContext): Figure {
    const { run, theme, head, session } = context
    if (run.generation !== this.generation) this.shares.reset()
    this.generation = run.generation
    // Another margin function is another picture: its axis need not keep calm.
    if (head.margin.kind !== this.margin) this.values.reset()
    this.margin = head.margin.kind

    const grown = grownSymbols(head, run.frame?.step ?? 0)
    let least = marginCurve(this.psi, head, head.symbols)
    if (grown) least = Math.min(least, marginCurve(this.later, head, grown))
    const later = grown ? this.later : null

    const points = this.choose(context)
    const count = Math.max(1, points.length)
    const bins = context.width < FINE_FROM_WIDTH ? BINS : FINE_BINS
    const own = this.own.count(run.targetAngle, points, bins)
    const other = this.other.count(run.otherAngle, points, bins)
    const [, share] = this.shares.follow(0, Math.max(this.own.most, this.other.most) / count)

    const plot = plotArea(context, { left: 26, right: 18, top: 8 })
    const [low, high] = this.values.follow(least < -1 - NEARLY ? least : -1, 1)
    const x = linear(0, DEGREES, plot.left, plot.right)
    const y = linear(low, high, plot.bottom, plot.top)
    const bar = linear(0, share * count, plot.bottom, plot.bottom - BAR_SHARE * (plot.bottom - plot.top))
    const plane = { theme, plot, x, y }

    const values = ticks(low, high, high - low > 3 ? 4 : 2)
    const { focusedClass } = session.view
    const fill = focusedClass === null ? theme.ink3 : classColour(theme, focusedClass, run.classes.length)
    const edge = { fill: 'none', stroke: theme.ink2, 'stroke-width': theme.line }
    return {
      marks: [
        axisLeft(theme, plot, y, { values, format: tickFormat(values) }),
        group('histograms', [
          mark('path', { d: histogramPath(this.own.bins, x, bar), fill, 'fill-opacity': 0.45 }),
          mark('path', { d: histogramPath(this.other.bins, x, bar), ...edge }),
        ]),
        axisBottom(theme, plot, x, { values: [0, 45, 90, 135, 180], format: (v) => `${v}°` }, TEX.theta),
        curves(plane, this.psi, later),
        ...(points.length > 0 ? [medians(plane, own, other, fill)] : []),
      ],
      summary: summary(points.length, own, other),
      readouts: {
        count: DEGREES + 1,
        start: points.length > 0 ? Math.round(own.median) : 0,
        nearest: (px) => Math.round(((px - plot.left) * DEGREES) / (plot.right - plot.left)),
        at: (degree) => this.readout(degree, plane, context, points.length, later),
      },
    }
  }

  /** The points whose class is shown, or those of the class that is singled out. */
  private choose({ run, session }: PanelContext): Int32Array {
    const { hiddenClasses, focusedClass } = session.view
    if (this.chosen.length < run.labels.length) this.chosen = new Int32Array(run.labels.length)
    let n = 0
    for (let i = 0; i < run.count; i++) {
      const j = run.labels[i]!
      if (focusedClass === null ? !hiddenClasses.includes(j) : j === focusedClass) this.chosen[n++] = i
    }
    return this.chosen.subarray(0, n)
  }

  private readout(
    degree: number,
    { theme, plot, x, y }: Plane,
    { run, session }: PanelContext,
    count: number,
    later: Float32Array | null,
  ): Readout {
    const cosine = Math.cos((degree * Math.PI) / 180)
    const psi = this.psi[degree]!
    const bins = this.own.bins.length
    const bin = Math.min(bins - 1, Math.floor((degree * bins) / DEGREES))
    const from = (bin * DEGREES) / bins
    const to = ((bin + 1) * DEGREES) / bins
    const { focusedClass } = session.view
    const whose = focusedClass === null ? 'points' : className(run, focusedClass)
    const share = ({ bins }: Angles): string => percent(bins[bin]! / count)
    const histograms = `${from}–${to}°: own ${share(this.own)}, other ${share(this.other)} of ${whose}`
    return {
      x: x(degree),
      y: y(Number.isFinite(psi) ? psi : cosine),
      lines: [
        `${TEX.theta} = ${degree}°`,
        `${TEX.psi} = ${ofCurve(psi)}${later ? `, later ${ofCurve(later[degree]!)}` : ''}`,
        `${TEX.cos} = ${fixed(cosine, 3)}`,
        ...(count > 0 ? [histograms] : []),
      ],
      marks: [
        crosshair(theme, x(degree), plot),
        dot(theme, x(degree), y(cosine), theme.ink2),
        ...(Number.isFinite(psi) ? [dot(theme, x(degree), y(psi), theme.accentLine)] : []),
      ],
    }
  }
}

/** A ψ of the user's own need not be finite at all angles. */
const ofCurve = (value: number): string => (Number.isFinite(value) ? fixed(value, 3) : 'not finite')

/** The angles of the points to one class vector each, in degrees. */
class Angles {
  bins = new Float32Array(BINS)
  /** The count of the tallest bar. */
  most = 0
  private values = new Float32Array(0)

  /** @param radians of all points. */
  count(radians: Float32Array, points: Int32Array, bins: number): Summary {
    if (this.bins.length !== bins) this.bins = new Float32Array(bins)
    if (this.values.length < radians.length) this.values = new Float32Array(radians.length)
    const values = this.values.subarray(0, points.length)
    for (let i = 0; i < points.length; i++) values[i] = (radians[points[i]!]! * 180) / Math.PI
    this.most = fillHistogram(this.bins, values, values.length, 0, DEGREES)
    return summarize(values)
  }
}

function summary(count: number, own: Summary, other: Summary): string {
  if (count === 0) return 'No points yet.'
  const says = ({ median, mean }: Summary): string => `median ${fixed(median, 1)}°, mean ${fixed(mean, 1)}°`
  return (
    `${whole(count)} points. Angle to the own class vector: ${says(own)}. ` +
    `To the nearest other one: ${says(other)}.`
  )
}
