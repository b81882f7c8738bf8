import { ticks } from 'd3'
import { CalmExtent } from '../../geometry/extent'
import { axisLeft, axisLine, type Frame as Plot } from '../../render/axes'
import { fixed, tickFormat } from '../../render/format'
import { group, mark, smallType, type Mark } from '../../render/marks'
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
import type { Drawing, Empty, PanelContext, Readout, Scene } from '../panel'

/** The bias of each class as a stalk from 0. */
export class BiasDrawing implements Drawing {
  private readonly extent = new CalmExtent(0.1)
  private generation = -1

  /** @param without what to say where there is no bias */
  constructor(private readonly without: string) {}

  draw(context: PanelContext): Scene | Empty {
    const { run, theme, head, session } = context
    const { frame } = run
    if (!head.bias) return { empty: this.without, small: true }
    if (!frame) return waiting(context)
    if (run.generation !== this.generation) this.extent.reset()
    this.generation = run.generation

    const classes = shownClasses(run, session.view)
    const values = classes.map((j) => frame.bias[j]!)
    const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)]
    // Glyphs stand beyond the heads.
    const room = 0.25 * (most - least)
    const [low, high] = this.extent.follow(least - room, most + room)
    const plot = plotArea(context, { bottom: 8 })
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
            group(`class ${j}`, stalk(context, j, columns.x(place), y(0), y(values[place]!)), {
              opacity: classOpacity(session.view, j),
            }),
          ),
        ),
        classLabels(theme, columns, run, session.view, (place) => {
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
}

function stalk({ theme, run }: PanelContext, j: number, x: number, from: number, to: number): Mark[] {
  const colour = classColour(theme, j, run.classes.length)
  return [
    mark('line', { x1: x, y1: from, x2: x, y2: to, stroke: colour, 'stroke-width': 2 * theme.line }),
    dot(theme, x, to, colour, 3.5),
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
    ...{ x: x(place), y, classIndex },
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
