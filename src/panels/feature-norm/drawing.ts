import { ticks } from 'd3'
import { CalmExtent } from '../../geometry/extent'
import { fillHistogram, smoothHistogram } from '../../geometry/histogram'
import type { Summary } from '../../geometry/quantiles'
import { axisLeft, axisLine, type Scale } from '../../render/axes'
import { brief, tickFormat } from '../../render/format'
import { group, label, mark, PathText, smallType, type Mark } from '../../render/marks'
import { classColour, type Theme } from '../../render/theme'
import { classColumns, classLabels, glyphLine } from '../class-columns'
import {
  className,
  classOpacity,
  crosshair,
  linear,
  plotArea,
  shownClasses,
  stripLine,
  TEX,
  waiting,
} from '../common'
import type { Drawing, Empty, PanelContext, Readout, Figure } from '../panel'
import { GroupedNorms } from './group-norms'

/** A density is drawn from so many bins, from 0 to the top of the figure. */
const BINS = 48
/** Room at the right for the column of all classes, in pixels at the usual size of type. */
const ALL_WIDTH = 52

/** How long the features of each class are: densities with median, quartiles and 5 to 95 %. */
export class FeatureNormDrawing implements Drawing {
  private readonly norms = new GroupedNorms()
  private readonly extent = new CalmExtent(0.5)
  private readonly bins = new Float32Array(BINS + 1)
  private isShown = new Uint8Array(0)
  private generation = -1

  draw(context: PanelContext): Figure | Empty {
    const { run, theme, head, session } = context
    if (run.count === 0) return waiting(context)
    if (run.generation !== this.generation) this.extent.reset()
    this.generation = run.generation

    const classes = shownClasses(run, session.view)
    if (this.isShown.length !== run.classes.length) this.isShown = new Uint8Array(run.classes.length)
    this.isShown.fill(0)
    for (const j of classes) this.isShown[j] = 1
    this.norms.group(run.norm, run.labels, run.count, this.isShown)
    const summaries = classes.map((j) => this.norms.summaryOf(j))
    const all = this.norms.summaryOfAll()

    const longest = Math.max(all.p95, ...summaries.map(({ p95 }) => (Number.isNaN(p95) ? 0 : p95)))
    const [, high] = this.extent.follow(0, 1.05 * longest)
    const plot = plotArea(context, { right: ALL_WIDTH })
    const y = linear(0, high, plot.bottom, plot.top)
    const columns = classColumns(classes, { left: plot.left, right: plot.right - 4 })
    const half = Math.min(14 * Math.sqrt(theme.rem / 16), 0.42 * columns.step)
    const round = ticks(0, high, 3)
    const allX = plot.right + 10 * (theme.rem / 16)
    return {
      marks: [
        axisLeft(theme, plot, y, { values: round, format: tickFormat(round) }, TEX.featureNorm),
        axisLine(theme, plot.left, plot.bottom, plot.right, plot.bottom),
        ...(head.normalizeFeatures ? [unseen(context, plot.right, stripLine(theme, plot))] : []),
        group(
          'classes',
          classes.map((j, place) => {
            const colour = classColour(theme, j, run.classes.length)
            return group(
              `class ${j}`,
              [
                this.density(j, columns.x(place), half, high, y, colour),
                ...box(theme, summaries[place]!, columns.x(place), y, colour),
              ],
              { opacity: classOpacity(session.view, j) },
            )
          }),
        ),
        classLabels(theme, columns, run, session.view, () => glyphLine(theme, plot)),
        group('all', [
          ...box(theme, all, allX, y, theme.ink),
          ...range(theme, all, allX + 6, y),
          label(theme, 'all', allX, glyphLine(theme, plot), { anchor: 'middle' }),
        ]),
      ],
      summary: `Feature lengths of ${all.count} points: ${says(all)}.`,
      readouts: {
        count: classes.length + 1,
        start: 0,
        nearest: (x) => (x > plot.right ? classes.length : columns.nearest(x)),
        at: (place): Readout => {
          const isAll = place >= classes.length
          const at = isAll ? all : summaries[place]!
          const x = isAll ? allX : columns.x(place)
          return {
            x,
            y: y(at.median || 0),
            lines: [isAll ? 'all classes' : className(run, classes[place]!), ...values(at)],
            marks: [crosshair(theme, x, plot)],
            ...(isAll ? {} : { classIndex: classes[place]! }),
          }
        },
      },
    }
  }

  /** Both sides of a class's density, smoothed, from its shortest feature to the top of the figure. */
  private density(j: number, x: number, half: number, high: number, y: Scale, colour: string): Mark {
    const { bins } = this
    const norms = this.norms.of(j)
    // Those beyond the top gather in one more bin, which is not drawn.
    fillHistogram(bins, norms, norms.length, 0, (high * (BINS + 1)) / BINS)
    const most = smoothHistogram(bins.subarray(0, BINS), 2)
    const d = new PathText()
    const at = (i: number): number => y(((i + 0.5) * high) / BINS)
    const isEmpty = (i: number): boolean => bins[i] === 0
    let first = 0
    let last = BINS - 1
    while (first < last && isEmpty(first)) first++
    while (last > first && isEmpty(last)) last--
    if (most > 0) {
      for (let i = first; i <= last; i++) {
        d[i === first ? 'moveTo' : 'lineTo'](x + (half * bins[i]!) / most, at(i))
      }
      for (let i = last; i >= first; i--) d.lineTo(x - (half * bins[i]!) / most, at(i))
      d.close()
    }
    return mark('path', { d: d.toString(), fill: colour, 'fill-opacity': 0.3 }, [], 'density')
  }
}

/** 5 to 95 % as a line, the quartiles as a thick one, the median as a gap in it. */
function box(theme: Theme, at: Summary, x: number, y: Scale, colour: string): Mark[] {
  if (at.count === 0) return []
  const upright = (from: number, to: number, width: number): Mark =>
    mark('line', { x1: x, y1: y(from), x2: x, y2: y(to), stroke: colour, 'stroke-width': width * theme.line })
  return [
    upright(at.p5, at.p95, 1),
    upright(at.p25, at.p75, 4),
    mark('circle', {
      cx: x,
      cy: y(at.median),
      r: 2.6 * Math.sqrt(theme.line),
      fill: theme.paper,
      stroke: colour,
      'stroke-width': 1.2 * theme.line,
    }),
  ]
}

/** 5 %, median and 95 % in numbers beside their marks, as far as they don't touch. */
function range(theme: Theme, { count, p5, median, p95 }: Summary, x: number, y: Scale): Mark[] {
  if (count === 0) return []
  const size = smallType(theme)
  const apart = (a: number, b: number): boolean => Math.abs(y(a) - y(b)) >= size
  const at = (value: number, key: string): Mark =>
    label(theme, brief(value), x, y(value) + 0.34 * size, {
      key,
      colour: key === 'median' ? theme.ink : theme.ink3,
    })
  return [
    at(median, 'median'),
    ...(apart(p5, median) ? [at(p5, 'p5')] : []),
    ...(apart(p95, median) ? [at(p95, 'p95')] : []),
  ]
}

function unseen({ theme }: PanelContext, x: number, y: number): Mark {
  const text = `the loss sees ${TEX.unitFeatures}`
  return label(theme, text, x, y, { anchor: 'end', key: 'note' })
}

function values({ count, p5, p25, median, p75, p95 }: Summary): string[] {
  if (count === 0) return ['no points']
  return [
    `median ${brief(median)}`,
    `quartiles ${brief(p25)} to ${brief(p75)}`,
    `5 to 95 %: ${brief(p5)} to ${brief(p95)}`,
    `${count} points`,
  ]
}

function says({ p5, median, p95 }: Summary): string {
  return `median ${brief(median)}, 5 to 95 % from ${brief(p5)} to ${brief(p95)}`
}
