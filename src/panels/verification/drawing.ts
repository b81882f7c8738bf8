import { decide, type Verification } from '../../geometry/verification'
import type { Frame as Plot } from '../../render/axes'
import { fixed, percent, whole } from '../../render/format'
import { group, label } from '../../render/marks'
import { setView } from '../../session/store'
import { linear, plotArea, stripLine } from '../common'
import type { Drawing, Empty, PanelContext, Scene } from '../panel'
import { histogramMarks, histogramReadout } from './histogram'
import { LEAST_RATE, rateText, rocMarks, rocPlaces, rocReadout, type RocPlane } from './roc'

const WAITING = 'The figure comes with the first look at identities that are not trained on.'
const NOTHING =
  'Nothing to compare: verification needs two identities that are not trained on, and two pictures of one of them.'

/** Cosines of same and of different pairs with the threshold between them, and the errors that thresholds make. */
export class VerificationDrawing implements Drawing {
  draw(context: PanelContext): Scene | Empty {
    const { run, theme, session } = context
    const { status, view } = session
    if (!run.verification) {
      return { empty: status.kind === 'failed' ? status.message : WAITING, small: false }
    }
    const { result } = run.verification
    if (!result) return { empty: NOTHING, small: true }

    const threshold = view.threshold ?? result.threshold
    const all = plotArea(context, { left: 14, right: 14, top: 34, bottom: 20 })
    const [left, right] = sides(all, theme.rem / 16)
    const cosines = { theme, plot: left, x: linear(-1, 1, left.left, left.right) }
    const errors: RocPlane = {
      ...{ theme, plot: right },
      x: linear(Math.log10(LEAST_RATE), 0, right.left, right.right),
      y: linear(0, 1, right.bottom, right.top),
    }
    const bins = result.histogram.same.length
    const places = rocPlaces(result)
    return {
      marks: [
        label(theme, errorsOf(result, threshold), left.left, stripLine(theme, all) - 0.7 * theme.rem, {
          key: 'errors',
          colour: theme.ink,
        }),
        group('cosines', histogramMarks(cosines, result, threshold)),
        group('roc', rocMarks(errors, result, threshold)),
      ],
      summary: summary(result, threshold),
      readouts: {
        count: bins + places.length,
        start: bins >> 1,
        nearest: (x) => {
          if (x < (left.right + right.left) / 2) {
            return Math.max(
              0,
              Math.min(bins - 1, Math.floor(((x - left.left) * bins) / (left.right - left.left))),
            )
          }
          const gaps = places.map((k) => Math.abs(errors.x(rateAt(result, k)) - x))
          return bins + gaps.indexOf(Math.min(...gaps))
        },
        at: (place) =>
          place < bins
            ? histogramReadout(cosines, result, place)
            : rocReadout(errors, result, places[place - bins]!),
      },
      handle: {
        ...{ x: cosines.x(threshold), top: left.top, bottom: left.bottom },
        move: (x) => {
          const cosine = (2 * (x - left.left)) / (left.right - left.left) - 1
          setView({ threshold: Math.max(-1, Math.min(1, cosine)) })
        },
      },
    }
  }
}

/** The cosines get a little more than half; between the two there is room for the second's numbers. */
function sides(all: Plot, unit: number): [Plot, Plot] {
  const middle = Math.round(all.left + 0.54 * (all.right - all.left))
  return [
    { ...all, right: middle },
    { ...all, left: middle + Math.round(44 * unit) },
  ]
}

function rateAt({ roc }: Verification, k: number): number {
  return Math.log10(Math.max(LEAST_RATE, roc.falseAccepts[k]! / roc.different))
}

/** What the threshold does, in a line that fits above the figure. */
function errorsOf(result: Verification, threshold: number): string {
  const { falseRejects, falseAccepts } = decide(result, threshold)
  const { same, different } = result.roc
  return (
    `at ${fixed(threshold, 2)}: ${whole(falseRejects)} of ${whole(same)} same rejected, ` +
    `${whole(falseAccepts)} of ${whole(different)} different accepted`
  )
}

function summary(result: Verification, threshold: number): string {
  const { accuracy, rates, identities } = result
  return [
    `${identities} identities that are not trained on. A threshold ${errorsOf(result, threshold)}.`,
    accuracy
      ? `Accuracy over ${accuracy.accuracies.length} folds ${percent(accuracy.mean)}, standard error ${percent(accuracy.standardError, 2)}.`
      : 'There are too few pairs for an accuracy over folds.',
    `Equal error rate ${percent(result.equalErrorRate)}.`,
    ...rates.map((rate) => `True accepts at a false accept rate of ${rate.far}: ${rateText(rate)}.`),
  ].join(' ')
}
