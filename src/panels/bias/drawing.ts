import { ticks } from 'd3'
import { CalmExtent } from '../../geometry/extent'
import { fillHistogram } from '../../geometry/histogram'
import { axisLeft, axisLine, type Plot } from '../../render/axes'
import { fixed, tickFormat } from '../../render/format'
import { group, mark, PathText, smallType, type Mark } from '../../render/marks'
import { classColour } from '../../render/theme'
import { classColumns, classLabels, type ClassColumns } from '../class-columns'
import {
  className,
  classOpacity,
  crosshair,
  dot,
  linear,
  plotArea,
  shownClasses,
  TEX,
  waiting,
} from '../common'
import type { Drawing, Empty, PanelContext, Readout, Figure } from '../panel'

/** Of more classes there is no room for names, and their distribution says more than each. */
const CROWDED = 40
const BINS = 25

/** The bias of each class as a stalk from 0; of many classes their distribution, too. */
export class BiasDrawing implements Drawing {
  private readonly extent = new CalmExtent(0.1)
  private readonly bins = new Float32Array(BINS)
  private generation = -1

  /** @param without what to say where there is no bias */
  constructor(private readonly without: string) {}

  draw(context: PanelContext): Figure | Empty {
    const { run, theme, head, session } = context
    const { frame } = run
    if (!head.bias) return { empty: this.without, small: true }
    if (!frame) return waiting(context)
    if (run.generation !== this.generation) this.extent.reset()
    this.generation = run.generation

    const classes = shownClasses(run, session.view)
    const values = classes.map((j) => frame.bias[j]!)
    const least = Math.min(0, ...values)
    const most = Math.max(0, ...values)
    // Glyphs stand beyond the heads.
    const room = 0.25 * (most - least)
    const [low, high] = this.extent.follow(least - room, most + room)
    const crowded = classes.length > CROWDED
    const plot = plotArea(context, { bottom: 8, ...(crowded && { right: 68 }) })
    const y = linear(low, high, plot.bottom, plot.top)
    const columns = classColumns(classes, plot)
    const size = smallType(theme)
    const round = ticks(low, high, 3)
    return {
      marks: [
        axisLeft(theme, plot, y, { values: round, format: tickFormat(round) }, TEX.bias),
        axisLine(theme, plot.left, y(0), plot.right, y(0)),
        group(
          'stalks',
          classes.map((j, place) =>
            group(`class ${j}`, stalk(context, j, columns, place, y(0), y(values[place]!)), {
              opacity: classOpacity(session.view, j),
            }),
          ),
        ),
        crowded
          ? this.distribution(context, plot, values, [low, high])
          : classLabels(theme, columns, run, session.view, (place) => {
              const value = values[place]!
              return y(value) + (value < 0 ? 0.55 * size + 0.75 * size : -0.6 * size)
            }),
      ],
      summary: summary(context, classes, values),
      readouts: {
        count: classes.length,
        start: 0,
        nearest: (x) => columns.nearest(x),
        at: (place) => readout(context, plot, columns, place, values[place]!, y(values[place]!)),
      },
    }
  }

  /** How many classes have which bias, beside the stalks on their scale. */
  private distribution(
    { theme, width }: PanelContext,
    { right, top, bottom }: Plot,
    values: readonly number[],
    [low, high]: readonly [number, number],
  ): Mark {
    const { bins } = this
    const most = fillHistogram(bins, values, values.length, low, high)
    const room = width - right - smallType(theme)
    const left = right + smallType(theme) / 2
    const height = (bottom - top) / BINS
    const d = new PathText().moveTo(left, bottom)
    bins.forEach((count, k) => {
      const across = left + (room * count) / most
      d.lineTo(across, bottom - k * height).lineTo(across, bottom - (k + 1) * height)
    })
    d.lineTo(left, top).close()
    return mark('path', { d: d.toString(), fill: theme.ink3, 'fill-opacity': 0.4 }, [], 'distribution')
  }
}

function stalk(
  { theme, run }: PanelContext,
  j: number,
  { x: column, step }: ClassColumns,
  place: number,
  from: number,
  to: number,
): Mark[] {
  const x = column(place)
  const colour = classColour(theme, j, run.classes.length)
  return [
    mark('line', {
      x1: x,
      y1: from,
      x2: x,
      y2: to,
      stroke: colour,
      'stroke-width': Math.min(2, step / 2) * theme.line,
    }),
    dot(theme, x, to, colour, Math.min(3.5, Math.max(1.5, step / 2))),
  ]
}

function readout(
  { run, theme }: PanelContext,
  plot: Plot,
  { classes, x }: ClassColumns,
  place: number,
  value: number,
  y: number,
): Readout {
  const classIndex = classes[place]!
  return {
    x: x(place),
    y,
    classIndex,
    lines: [className(run, classIndex), `${TEX.bias} = ${fixed(value, 4)}`],
    marks: [crosshair(theme, x(place), plot)],
  }
}

function summary({ run }: PanelContext, classes: readonly number[], values: readonly number[]): string {
  if (classes.length === 0) return 'All classes are hidden.'
  const says = (value: number): string =>
    `${fixed(value, 3)} (${className(run, classes[values.indexOf(value)]!)})`
  return `Biases from ${says(Math.min(...values))} to ${says(Math.max(...values))}.`
}
