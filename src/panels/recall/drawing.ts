import { trainingCounts } from '../../io/dataset-file'
import { axisLeft, axisLine } from '../../render/axes'
import { percent, whole } from '../../render/format'
import { group, label, mark, type Mark } from '../../render/marks'
import { classColour } from '../../render/theme'
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
import type { Drawing, Empty, PanelContext, Figure } from '../panel'
import { measureTail, TAIL_FRACTION, type TailMeasures } from '../../geometry/tail'

/** While points stream in, confidences are computed at most this often, in milliseconds. */
const INTERVAL_MS = 400

/** Recall of each class, the largest first, with the means of head and tail. */
export class RecallDrawing implements Drawing {
  private measured: TailMeasures | null = null
  private due = 0
  private data: unknown = null
  private counts: readonly number[] = []

  draw(context: PanelContext): Figure | Empty {
    const { run, theme, session } = context
    const { data, frame } = run
    if (!data || !frame || run.count === 0) return waiting(context)
    if (this.data !== data) this.counts = trainingCounts(data)
    this.measure(context)
    const { recall, head, tail, coverage } = this.measured!
    const { counts } = this
    const most = TAIL_FRACTION * Math.max(...counts)
    const classes = shownClasses(run, session.view).sort((a, b) => counts[b]! - counts[a]!)
    const plot = plotArea(context, { left: 40 })
    const y = linear(0, 1, plot.bottom, plot.top)
    const columns = classColumns(classes, plot)
    const width = Math.max(1, 0.6 * columns.step)
    const firstOfTail = classes.findIndex((j) => counts[j]! <= most)
    const edge = firstOfTail <= 0 ? null : plot.left + firstOfTail * columns.step
    const says = (value: number): string => (Number.isNaN(value) ? '–' : percent(value))
    const summary =
      `Recall ${says(head)} in the head, ${says(tail)} in the tail; ` +
      `${says(coverage)} of the tail answered at 99 % precision.`
    return {
      marks: [
        axisLeft(theme, plot, y, { values: [0, 0.5, 1], format: (value) => percent(value, 0) }),
        axisLine(theme, plot.left, plot.bottom, plot.right, plot.bottom),
        group(
          'bars',
          classes.map((j, place) =>
            bar(context, j, columns.x(place), width, y(heightOf(recall[j]!)), plot.bottom),
          ),
        ),
        ...(edge === null
          ? []
          : [
              mark(
                'line',
                { x1: edge, y1: plot.top, x2: edge, y2: plot.bottom, ...dash(context) },
                [],
                'edge',
              ),
            ]),
        classLabels(theme, columns, run, session.view, () => glyphLine(theme, plot)),
        label(theme, `head ${says(head)}`, plot.left, stripLine(theme, plot), { key: 'head' }),
        label(
          theme,
          `tail ${says(tail)}, at 99 % precision ${says(coverage)}`,
          plot.right,
          stripLine(theme, plot),
          { anchor: 'end', key: 'tail' },
        ),
      ],
      summary,
      readouts: {
        count: classes.length,
        start: 0,
        nearest: (x) => columns.nearest(x),
        at: (place) => {
          const j = classes[place]!
          return {
            x: columns.x(place),
            y: y(heightOf(recall[j]!)),
            classIndex: j,
            lines: [className(run, j), `recall ${says(recall[j]!)}`, `${TEX.count} = ${whole(counts[j]!)}`],
            marks: [crosshair(theme, columns.x(place), plot)],
          }
        },
      },
    }
  }

  private measure({ run, head, session }: PanelContext): void {
    const { frame, data } = run
    const now = performance.now()
    const playing = session.status.kind === 'playing'
    if (this.measured && this.data === data && playing && now < this.due) return
    this.data = data
    this.due = now + INTERVAL_MS
    const count = run.count
    this.measured = measureTail(
      run.features.subarray(0, count * run.dimension),
      run.predicted,
      run.labels.subarray(0, count),
      this.counts,
      run.dimension,
      { ...head, weights: frame!.weights, bias: frame!.bias, useBias: head.bias },
    )
  }
}

function bar(
  { theme, run, session }: PanelContext,
  j: number,
  x: number,
  width: number,
  top: number,
  bottom: number,
): Mark {
  const fill = classColour(theme, j, run.classes.length)
  return mark(
    'rect',
    {
      x: x - width / 2,
      y: top,
      width,
      height: Math.max(0, bottom - top),
      fill,
      opacity: classOpacity(session.view, j),
    },
    [],
    `class ${j}`,
  )
}

function dash({ theme }: PanelContext) {
  return { stroke: theme.ink3, 'stroke-width': theme.line, 'stroke-dasharray': '4 3' }
}

/** A class without points has no bar. */
function heightOf(recall: number): number {
  return Number.isNaN(recall) ? 0 : recall
}
