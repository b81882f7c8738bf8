import type { Plot } from '../../render/axes'
import { hairline } from '../../render/axes'
import { fixed, percent, whole } from '../../render/format'
import { group, label, smallType, type Mark } from '../../render/marks'
import { richWidth } from '../../render/math-text'
import type { VerificationSource } from '../../session/run-view'
import { waiting } from '../common'
import type { Drawing, Empty, PanelContext, Readout, Figure } from '../panel'
import { recordedNote } from '../verification/recorded-note'
import { answeringBoxes, answerPair, type Answered } from './answering'
import { boxMarks, fitting, placeBoxes, type Box, type Placed } from './boxes'
import { TrainingBoxes } from './training'

/** In rem: from here on both parts stand side by side; below the other one, each is in two rows. */
const WIDE = 62
const NARROW = 40

const NO_ANSWER = 'It comes with the first look at identities that are not trained on.'
const NO_ANSWER_YET = 'It comes when the network of the recorded run’s end is loaded.'
const NOTHING = 'Nothing to compare: it needs two identities, and two pictures of one of them.'

/** The steps from training to an answer, each with the numbers of the run as it is (the paper's figure 2). */
export class PipelineDrawing implements Drawing {
  private readonly training = new TrainingBoxes()

  draw(context: PanelContext): Figure | Empty {
    const { run, theme, width, height, session } = context
    const { pipeline, threshold } = session.view
    const { verification } = run
    // Embeddings from elsewhere say nothing of how they were trained.
    const trained = verification?.source.run !== null
    const training = trained ? this.training.boxes(context, pipeline.point) : null
    if (trained && !training) return waiting(context)
    const result = verification?.result ?? null
    const answered = result && answerPair(result, pipeline, threshold)
    const boxes = answered && answeringBoxes(context, verification!.source, result, answered)

    const [first, second] = parts({ left: 1, right: width - 1, top: 0, bottom: height }, theme.rem, trained)
    const small = width < NARROW * theme.rem
    const half = (
      area: Plot,
      title: string,
      asides: readonly [string, ...string[]],
      all: readonly Box[] | null,
      cut: number,
    ) => {
      const rows = all === null ? [] : small ? [all.slice(0, cut), all.slice(cut)] : [all]
      const top = area.top + 2.1 * smallType(theme)
      const placed = placeBoxes(theme, { ...area, top }, rows)
      return {
        placed,
        marks: [
          caption(context, area, title, asides),
          ...placed.map((box, k) => boxMarks(theme, box, k === 0)),
        ],
      }
    }
    const left = training && half(first, 'Training by classes', trainingNotes(context), training, 3)
    const right = half(
      second,
      trained ? 'Verification of others, never trained on' : 'Verification',
      verification ? answeringNotes(context, verification.source) : [''],
      boxes,
      trained ? 3 : 2,
    )
    const missing = verification ? NOTHING : session.playback ? NO_ANSWER_YET : NO_ANSWER
    const all = [...(left?.placed ?? []), ...right.placed]
    return {
      marks: [
        ...(left ? [group('training', left.marks), between(context, first, second)] : []),
        group('answering', [
          ...right.marks,
          ...(boxes
            ? []
            : [label(theme, missing, second.left, (second.top + second.bottom) / 2, { key: 'missing' })]),
        ]),
      ],
      summary: [summaryOf(context, pipeline.point), answered ? said(answered) : missing].join(' '),
      readouts: {
        count: all.length,
        start: 0,
        nearest: (x, y) => nearest(all, x, y),
        at: (place) => readout(all[place]!, width, height),
      },
    }
  }
}

/** Where training and verification are. */
function parts(all: Plot, rem: number, both: boolean): [Plot, Plot] {
  if (!both) return [all, all]
  if (all.right >= WIDE * rem) {
    const middle = Math.round(all.left + 0.53 * (all.right - all.left))
    return [
      { ...all, right: middle - Math.round(0.9 * rem) },
      { ...all, left: middle + Math.round(0.9 * rem) },
    ]
  }
  const middle = Math.round((all.top + all.bottom) / 2)
  return [
    { ...all, bottom: middle - Math.round(0.6 * rem) },
    { ...all, top: middle + Math.round(0.6 * rem) },
  ]
}

function between({ theme }: PanelContext, first: Plot, second: Plot): Mark {
  if (first.top === second.top) {
    const x = (first.right + second.left) / 2
    return hairline(theme, x, first.top, x, first.bottom)
  }
  const y = (first.bottom + second.top) / 2
  return hairline(theme, first.left, y, first.right, y)
}

/** What a part is, and of which weights. @param asides in many words and in few */
function caption(
  { theme }: PanelContext,
  { left, right, top }: Plot,
  title: string,
  asides: readonly [string, ...string[]],
): Mark {
  const size = smallType(theme)
  const y = top + 0.85 * size
  const from = left + 1.06 * richWidth(title, size) + 0.8 * size
  return group('caption', [
    label(theme, title, left, y, { colour: theme.ink, weight: 600, key: 'title' }),
    label(theme, fitting(asides, size, right - from), from, y, { key: 'aside' }),
  ])
}

function trainingNotes({ run, session }: PanelContext): [string, string, string] {
  const { step, test } = run.frame!
  const short = `step ${whole(step)}`
  const long = session.playback ? `${short} of the recorded run` : short
  return [test ? `${long}, ${percent(test.accuracy)} of test pictures right` : long, long, short]
}

function answeringNotes({ session }: PanelContext, source: VerificationSource): [string, string] {
  if (source.run === null) {
    const text = `${whole(source.labels.length)} embeddings of a file`
    return [text, text]
  }
  const step = `step ${whole(source.step ?? 0)}`
  const note = recordedNote(session.playback, source)
  return note ? [note, 'weights of the run’s end'] : [step, step]
}

function summaryOf({ run }: PanelContext, point: number): string {
  if (!run.frame || run.count === 0) return ''
  const place = point % run.count
  const name = (j: number): string => run.classes[j] ?? String(j)
  const own = run.labels[place]!
  const taken = run.predicted[place]!
  return `A picture of ${name(own)} is taken for ${name(taken)}.`
}

function said({ cosine, threshold, accepted, right }: Answered): string {
  return (
    `The cosine between two pictures of others is ${fixed(cosine, 3)}, the threshold ${fixed(threshold, 3)}: ` +
    `${accepted ? 'same' : 'different'}, which is ${right ? 'right' : 'wrong'}.`
  )
}

function nearest(all: readonly Placed[], x: number, y: number): number {
  const away = all.map(({ area: { left, right, top, bottom } }) =>
    Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom)),
  )
  return away.indexOf(Math.min(...away))
}

function readout({ box, area }: Placed, width: number, height: number): Readout {
  const inside = (value: number, most: number): number => Math.max(0, Math.min(most, value))
  return {
    x: inside((area.left + area.right) / 2, width),
    y: inside((area.top + area.bottom) / 2, height),
    lines: box.lines,
    marks: [],
  }
}
