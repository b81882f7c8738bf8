import { tickStep } from 'd3'
import { batchShape } from '../../engine/batches'
import { nearestIndex } from '../../geometry/curve'
import { axisBottom, axisLeft, type Scale, type Ticks } from '../../render/axes'
import { brief, fixed, percent, whole } from '../../render/format'
import { mark, smallType } from '../../render/marks'
import { crosshair, dot, linear, plotArea, type Plane } from '../common'
import type { Drawing, Empty, PanelContext, Readout, Figure } from '../panel'
import { groupChanges, scheduledChanges, type ChangeGroup } from './change-marks'
import { extremes, TrainingCurves } from './curves'
import { LossAxis } from './loss-axis'
import { band, changeLines, ends, through } from './marks'

/** Room at the right for the values at the ends of the lines, in pixels at the usual size of type. */
const VALUES_WIDTH = 78
/** The first steps would otherwise fill the width. */
const LEAST_STEPS = 60
/** Accuracies are drawn from the largest of these that they have left behind. */
const ACCURACY_FLOORS = [0, 0.5, 0.8, 0.9]
/** The smoothed loss leaves some room for the raw one above it. */
const HEADROOM = 1.15
/** Changes closer than this share a line. */
const CHANGES_APART = 5

/** Loss and accuracies over the steps of the run. */
export class TrainingDrawing implements Drawing {
  private readonly curves = new TrainingCurves()
  private readonly lossAxis = new LossAxis()
  private history: unknown = null

  draw(context: PanelContext): Figure | Empty {
    const { run, theme } = context
    const { history } = run
    const { loss } = history
    if (loss.length === 0) {
      return { empty: 'Press Play: loss and accuracy of each step appear here.', small: false }
    }
    if (history !== this.history) this.lossAxis.reset()
    this.history = history

    const plot = plotArea(context, { left: 34, right: VALUES_WIDTH })
    const last = loss.steps[loss.length - 1]!
    const end = Math.max(LEAST_STEPS, last)
    const width = Math.max(1, plot.right - plot.left)
    this.curves.update(history, width, end)
    const x = linear(0, end, plot.left, plot.right)
    const [least, most] = extremes(this.curves.smooth)
    const axis = this.lossAxis.follow(least, HEADROOM * most, plot)
    const y = axis.scale
    const leastAccuracy = this.curves.leastAccuracy()
    const floor = ACCURACY_FLOORS.findLast((f) => leastAccuracy > f + 0.02) ?? 0
    const inside = linear(floor, 1, plot.bottom, plot.top + 3)
    const accuracy: Scale = (a) => Math.min(plot.bottom, inside(a))
    const plane = { theme, plot, x, y }

    const scheduled = scheduledChanges(context.session.experiment, stepsPerEpoch(context))
    const changes = [
      ...groupChanges(history.marks, x, CHANGES_APART),
      ...scheduled.filter(({ step }) => step <= last),
    ]
    const line = { fill: 'none', 'stroke-linejoin': 'round' } as const
    const { raw, smooth, train, test } = this.curves
    const { trainAccuracy, testAccuracy } = history
    const lastLoss = this.curves.smoothed[loss.length - 1]!
    return {
      marks: [
        axisLeft(theme, plot, y, axis.ticks, 'loss'),
        axisBottom(theme, plot, x, ...epochTicks(context, end, width)),
        changeLines(plane, changes, context.width),
        mark('path', {
          ...line,
          d: band(raw, plot.left, y),
          stroke: theme.ink3,
          'stroke-opacity': 0.45,
          'stroke-width': 0.75 * theme.line,
        }),
        mark('path', {
          ...line,
          d: through(train, plot.left, accuracy, floor),
          stroke: theme.ink2,
          'stroke-width': theme.line,
          'stroke-dasharray': '4 2',
        }),
        mark('path', {
          ...line,
          d: through(test, plot.left, accuracy, floor),
          stroke: theme.ink2,
          'stroke-width': 1.5 * theme.line,
        }),
        mark('path', {
          ...line,
          d: through(smooth, plot.left, y),
          stroke: theme.ink,
          'stroke-width': 1.75 * theme.line,
        }),
        ends(plane, accuracy, floor, [
          { name: 'loss', at: y(lastLoss), text: brief(lastLoss) },
          ...[['train', trainAccuracy.last] as const, ['test', testAccuracy.last] as const].flatMap(
            ([name, last]) => (last === null ? [] : [{ name, at: accuracy(last), text: percent(last) }]),
          ),
        ]),
      ],
      summary: this.summary(context, last),
      readouts: {
        count: width,
        start: Math.round(x(last) - plot.left) - 1,
        nearest: (px) => Math.round(px - plot.left),
        at: (column) => this.readout(context, plane, accuracy, changes, ((column + 1) * end) / width),
      },
    }
  }

  private readout(
    context: PanelContext,
    { plot, x, y }: Plane,
    accuracy: Scale,
    changes: readonly ChangeGroup[],
    step: number,
  ): Readout {
    const { run, theme } = context
    const { loss, trainAccuracy, testAccuracy } = run.history
    const i = nearestIndex(loss.steps, loss.length, step)
    const at = loss.steps[i]!
    const px = x(at)
    const t = nearestIndex(testAccuracy.steps, testAccuracy.length, at)
    const test = t < 0 ? null : testAccuracy.values[t]!
    const k = nearestIndex(trainAccuracy.steps, trainAccuracy.length, at)
    const train = trainAccuracy.values[k]!
    const smoothed = this.curves.smoothed[i]!
    const near = changes.filter((change) => Math.abs(x(change.step) - px) < CHANGES_APART)
    return {
      x: px,
      y: y(smoothed),
      lines: [
        `step ${whole(at)}, epoch ${fixed(at / stepsPerEpoch(context), 1)}`,
        `loss ${brief(loss.values[i]!)}, smoothed ${brief(smoothed)}`,
        `train ${percent(train)}${test === null ? '' : `, test ${percent(test)}`}`,
        ...near.map(({ text, yours }) => `${yours ? 'you changed' : 'as planned'}: ${text}`),
      ],
      marks: [
        crosshair(theme, px, plot),
        dot(theme, px, accuracy(train), theme.ink2),
        dot(theme, px, y(smoothed), theme.ink),
      ],
    }
  }

  private summary({ run }: PanelContext, last: number): string {
    const { loss, trainAccuracy, testAccuracy } = run.history
    const test = testAccuracy.last
    return (
      `After ${whole(last)} steps: loss ${brief(this.curves.smoothed[loss.length - 1]!)}, ` +
      `train accuracy ${percent(trainAccuracy.last ?? 0)}` +
      (test === null ? '.' : `, test accuracy ${percent(test)}.`)
    )
  }
}

function stepsPerEpoch({ run: { frame, data }, session: { experiment } }: PanelContext): number {
  if (frame && frame.epochs > 0) return frame.step / frame.epochs
  return data ? batchShape(experiment, data.train, data.classes.length).perEpoch : 1
}

/** Whole epochs, or steps where hardly one has passed; with the axis's name. */
function epochTicks(context: PanelContext, end: number, width: number): [Ticks, string] {
  const most = Math.max(2, Math.floor(width / (2.6 * smallType(context.theme))))
  const perEpoch = stepsPerEpoch(context)
  const inEpochs = end >= 2 * perEpoch
  const unit = inEpochs ? perEpoch : 1
  const step = Math.max(1, tickStep(0, end / unit, most))
  const values: number[] = []
  for (let tick = 0; tick * unit <= end; tick += step) values.push(tick * unit)
  return [{ values, format: (value) => whole(value / unit) }, inEpochs ? 'epoch' : 'step']
}
