import { ticks } from 'd3'
import { CalmExtent } from '../../geometry/extent'
import { fillIndividualMargins } from '../../losses/individual-margins'
import type { IndividualMargin } from '../../losses/margin-function'
import { axisLeft, axisLine } from '../../render/axes'
import { fixed, tickFormat } from '../../render/format'
import { group, label, mark, smallType } from '../../render/marks'
import { classColour, type Theme } from '../../render/theme'
import { classColumns, classLabels, glyphLine } from '../class-columns'
import { className, classOpacity, crosshair, linear, plotArea, shownClasses, waiting } from '../common'
import type { Empty, PanelContext, Figure } from '../panel'

/** A bar is this part of its column, and at most so many pixels wide. */
const BAR_PART = 0.62
const WIDEST_BAR = 26

/** Room below a bar under zero for its number, as a part of the data's span. */
const NUMBER_ROOM = 0.2

/** The margin of each class as a bar. */
export class ClassMargins {
  private readonly extent = new CalmExtent(0.05)
  private values = new Float32Array(0)
  private kind = ''

  draw(context: PanelContext, own: IndividualMargin): Figure | Empty {
    const { run, head, theme, session } = context
    const { frame } = run
    if (!frame) return waiting(context)
    if (head.margin.kind !== this.kind) this.extent.reset()
    this.kind = head.margin.kind

    const every = run.classes.map((_, j) => j)
    if (this.values.length !== every.length) this.values = new Float32Array(every.length)
    const { values } = this
    // A margin of a class does not depend on where its samples are.
    const zeros = { targetAngle: values, otherAngle: values, norm: values }
    values.fill(0)
    fillIndividualMargins(values, head, frame.carried, { labels: every, ...zeros }, every.length)

    const classes = shownClasses(run, session.view)
    const shown = classes.map((j) => values[j]!)
    const plot = plotArea(context, {})
    const columns = classColumns(classes, plot)
    const roomy = columns.step > 2.6 * smallType(theme)
    const least = Math.min(0, ...shown)
    const most = Math.max(0, ...shown)
    const room = roomy && least < 0 ? NUMBER_ROOM * (most - least) : 0
    const [low, high] = this.extent.follow(least - room, most)
    const y = linear(low, high, plot.bottom, plot.top)
    const width = Math.max(1, Math.min(WIDEST_BAR * (theme.rem / 16), BAR_PART * columns.step))
    const round = ticks(low, high, 3)
    return {
      marks: [
        axisLeft(theme, plot, y, { values: round, format: tickFormat(round) }, `$${own.symbol}$`),
        axisLine(theme, plot.left, y(0), plot.right, y(0)),
        group(
          'bars',
          classes.map((j, place) => {
            const from = y(0)
            const to = y(values[j]!)
            const bar = {
              x: columns.x(place) - width / 2,
              y: Math.min(from, to),
              width,
              height: Math.abs(to - from),
              'fill-opacity': 0.75,
            }
            const colour = classColour(theme, j, run.classes.length)
            return group(
              `class ${j}`,
              [
                mark('rect', { ...bar, fill: colour }),
                ...(roomy
                  ? [
                      label(theme, fixed(values[j]!, 2), columns.x(place), beyond(theme, from, to), {
                        anchor: 'middle',
                        halo: true,
                        colour: theme.ink,
                      }),
                    ]
                  : []),
              ],
              { opacity: classOpacity(session.view, j) },
            )
          }),
        ),
        classLabels(theme, columns, run, session.view, () => glyphLine(theme, plot)),
      ],
      summary:
        classes.length === 0
          ? 'All classes are hidden.'
          : `Margins of the classes from ${fixed(Math.min(...shown), 3)} to ${fixed(Math.max(...shown), 3)}.`,
      readouts: {
        count: classes.length,
        start: 0,
        nearest: (x) => columns.nearest(x),
        at: (place) => {
          const classIndex = classes[place]!
          const x = columns.x(place)
          return {
            x,
            y: y(values[classIndex]!),
            classIndex,
            lines: [className(run, classIndex), `$${own.symbol}$ = ${fixed(values[classIndex]!, 4)}`],
            marks: [crosshair(theme, x, plot)],
          }
        },
      },
    }
  }
}

/** The baseline of a bar's number: beyond its end, which is below where the margin is negative. */
function beyond(theme: Theme, from: number, to: number): number {
  return to > from ? to + 4 + 0.75 * smallType(theme) : to - 4
}
