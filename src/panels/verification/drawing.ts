import { decide, type Verification } from '../../geometry/verification'
import type { Plot } from '../../render/axes'
import { fixed, percent, whole } from '../../render/format'
import { group, label, smallType } from '../../render/marks'
import { richWidth } from '../../render/math-text'
import type { Theme } from '../../render/theme'
import { linear, plotArea } from '../common'
import type { Drawing, Empty, PanelContext, Figure } from '../panel'
import { recordedNote } from './recorded-note'
import { histogramMarks, histogramReadout } from './histogram'
import { LEAST_RATE, power, rateText, rocMarks, rocPlaces, rocReadout, type RocPlane } from './roc'

const WAITING = 'The figure comes with the first look at identities that are not trained on.'
const RECORDED = 'The figure comes when the network of the recorded run’s end is loaded.'
const NOTHING =
  'Nothing to compare: verification needs two identities that are not trained on, and two pictures of one of them.'
const NO_PAIRS = 'Nothing to compare: verification needs two classes, and two embeddings of one of them.'

/** The height of the plots for whose sake numbers are left out, in rem. */
const LEAST_PLOT = 3.5

/** Cosines of same and of different pairs with the threshold between them, and the errors that thresholds make. */
export class VerificationDrawing implements Drawing {
  draw(context: PanelContext): Figure | Empty {
    const { run, theme, session, setView } = context
    const { status, view, playback } = session
    if (!run.verification) {
      if (playback) return { empty: RECORDED, small: false }
      return { empty: status.kind === 'failed' ? status.message : WAITING, small: false }
    }
    const { source, result } = run.verification
    const trained = source.run !== null
    if (!result) return { empty: trained ? NOTHING : NO_PAIRS, small: true }

    const threshold = view.threshold ?? result.threshold
    const note = recordedNote(playback, source)
    const line = 1.2 * smallType(theme)
    const area = plotArea(context, { left: 14, right: 14, top: 34, bottom: 24 })
    // The plots come first where there is little room.
    const room = area.bottom - area.top - LEAST_PLOT * theme.rem - (note ? line : 0)
    const numbers = resultLines(result, context).slice(0, Math.max(1, Math.floor(room / line)))
    const all = {
      ...area,
      top: area.top + (note ? line : 0),
      bottom: Math.round(area.bottom - numbers.length * line),
    }
    const [left, right] = sides(all, theme)
    const cosines = { theme, plot: left, x: linear(-1, 1, left.left, left.right) }
    const errors: RocPlane = {
      theme,
      plot: right,
      x: linear(Math.log10(LEAST_RATE), 0, right.left, right.right),
      y: linear(0, 1, right.bottom, right.top),
    }
    const bins = result.histogram.same.length
    const places = rocPlaces(result)
    const top = 0.85 * smallType(theme)
    return {
      marks: [
        ...(note ? [label(theme, note, 0, top, { key: 'weights', colour: theme.ink, weight: 600 })] : []),
        label(theme, fitting(result, threshold, context), 0, top + (note ? line : 0), {
          key: 'errors',
          colour: theme.ink,
        }),
        group('cosines', histogramMarks(cosines, result, threshold)),
        group('roc', rocMarks(errors, result, threshold)),
        group(
          'numbers',
          numbers.map((text, k) =>
            label(theme, text, 0, context.height - 0.3 * smallType(theme) - (numbers.length - 1 - k) * line, {
              key: `line ${k}`,
              colour: k === 0 ? theme.ink : theme.ink2,
            }),
          ),
        ),
      ],
      summary: [note && `${note}.`, summary(result, threshold, trained)].filter(Boolean).join(' '),
      readouts: {
        count: bins + places.length,
        start: bins >> 1,
        nearest: (x, y) => {
          if (
            left.bottom < right.top ? y < (left.bottom + right.top) / 2 : x < (left.right + right.left) / 2
          ) {
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
        x: cosines.x(threshold),
        top: left.top,
        bottom: left.bottom,
        move: (x) => {
          const cosine = (2 * (x - left.left)) / (left.right - left.left) - 1
          setView({ threshold: Math.max(-1, Math.min(1, cosine)) })
        },
      },
    }
  }
}

/** Side by side, the cosines with a little more than half; or, where it is narrow and high, one above the other. */
function sides(all: Plot, { rem }: Theme): [Plot, Plot] {
  const width = all.right - all.left
  const height = all.bottom - all.top
  if (width < 20 * rem && height > 14 * rem) {
    const middle = Math.round(all.top + 0.5 * height)
    return [
      { ...all, bottom: middle - Math.round(1.4 * rem) },
      { ...all, top: middle + Math.round(1.4 * rem), left: all.left + Math.round(1.5 * rem) },
    ]
  }
  const middle = Math.round(all.left + 0.54 * width)
  return [
    { ...all, right: middle },
    { ...all, left: middle + Math.round(2.75 * rem) },
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

/** The same in as many words as there is room for. */
function fitting(result: Verification, threshold: number, { width, theme }: PanelContext): string {
  const text = errorsOf(result, threshold)
  if (richWidth(text, smallType(theme)) <= width) return text
  const { falseRejects, falseAccepts } = decide(result, threshold)
  return `rejects ${whole(falseRejects)} same, accepts ${whole(falseAccepts)} different`
}

/** Accuracy, equal errors and the reported rates: below both plots, where no curve is, in one line if they fit. */
function resultLines(
  { accuracy, equalErrorRate, rates }: Verification,
  { width, theme }: PanelContext,
): string[] {
  const first = [
    accuracy
      ? `accuracy ${fixed(100 * accuracy.mean, 1)} ± ${percent(accuracy.standardError, 1)}`
      : 'too few pairs for folds',
    `equal errors ${percent(equalErrorRate)}`,
  ].join(' · ')
  const accepts = rates.map((rate) => `at ${power(Math.log10(rate.far))}: ${rateText(rate)}`)
  const second = `true accepts ${accepts.join(', ')}`
  const both = `${first} · ${second}`
  return richWidth(both, smallType(theme)) <= width ? [both] : [first, second]
}

function summary(result: Verification, threshold: number, trained: boolean): string {
  const { accuracy, rates, identities } = result
  return [
    `${identities} ${trained ? 'identities that are not trained on' : 'classes'}. ` +
      `A threshold ${errorsOf(result, threshold)}.`,
    accuracy
      ? `Accuracy over ${accuracy.accuracies.length} folds ${percent(accuracy.mean)}, ` +
        `standard error ${percent(accuracy.standardError, 2)}.`
      : 'There are too few pairs for an accuracy over folds.',
    `Equal error rate ${percent(result.equalErrorRate)}.`,
    ...rates.map((rate) => `True accepts at a false accept rate of ${rate.far}: ${rateText(rate)}.`),
  ].join(' ')
}
