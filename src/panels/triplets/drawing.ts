import { miningsOf } from '../../losses/forms/term'
import { TERMS } from '../../losses/term-registry'
import type { TermSetting } from '../../losses/forms/base'
import type { Mining } from '../../losses/forms/pairs'
import type { Plot as Box } from '../../render/axes'
import { brief, whole } from '../../render/format'
import { group, label, smallType, type Mark } from '../../render/marks'
import { classColour, classInk, type Theme } from '../../render/theme'
import { tripletSpec, tripletTerm } from '../../losses/acting-triplets'
import { className, classGlyph, plotArea, waiting } from '../common'
import type { Drawing, Empty, PanelContext, Readout, Figure } from '../panel'
import { ActingCurve } from './acting-curve'
import { digitOf } from './digit'
import { marginRadius, tripletPicture, unitOf, type Look } from './picture'
import { Triplets, type TripletState, type Triplet } from './triplets'

/** A figure that is so much wider than high has the curve beside the pictures. */
const WIDE = 1.9
/** Heights in lines of type: the name above a picture, what is said below it, the curve at most. */
const NAME_LINES = 1.5
const FACT_LINES = 3.5
const CURVE_LINES = 9.5
/** From one line of type to the next, in its size. */
const LINE = 1.45
/** Room around the curve, in pixels at the usual size of type. */
const CURVE_ROOM = { left: 38, right: 48, top: 24, bottom: 20 }

/** Where things are, in pixels. */
interface Layout {
  readonly pictures: readonly [Box, Box]
  readonly curve: Box
}

/** One triplet as it was and as it is, and how many of the batch on the stage act. */
export class TripletsDrawing implements Drawing {
  private readonly triplets = new Triplets()
  private readonly curve = new ActingCurve()
  /** Pixels for a unit of features. */
  private unit = 0
  private looks: readonly [Look, Look, Look] | null = null
  /** What the looks are of. */
  private looksOf: readonly unknown[] = []

  draw(context: PanelContext): Figure | Empty {
    const { run, session, theme } = context
    const setting = tripletTerm(session.experiment.terms)
    if (!setting) return { empty: 'This loss has no triplets.', small: true }
    if (run.count === 0) return waiting(context)
    const { triplets } = this
    triplets.follow(run, setting, session.view.hiddenClasses, session.pinned)
    const { list } = triplets
    if (list.length === 0) {
      return {
        empty: 'A triplet needs two points of a class and one of another that are shown.',
        small: false,
      }
    }
    const chosen = list[mod(session.view.triplet, list.length)]!
    const { first, triplets: history } = run.history
    const margin = tripletSpec(setting.kind).margin(setting)
    const moments = [
      triplets.momentOf(
        chosen,
        setting,
        run,
        first.features,
        Math.max(...chosen.map((i) => first.steps[i]!)),
      ),
      triplets.momentOf(chosen, setting, run, run.features, run.frame?.step ?? 0),
    ] as const
    const looks = this.follow(context, chosen)
    const { pictures, curve } = layout(context)
    const unit = this.followUnit(unitOf(theme, pictures[0], moments, margin))
    const mining = miningOf(setting)
    const names = [`before: step ${whole(moments[0].step)}`, `now: step ${whole(moments[1].step)}`] as const
    const about = { run, chosen, margin, mining }
    return {
      marks: [
        ...pictures.flatMap((box, k) => [
          title(theme, box, names[k]!),
          tripletPicture(theme, box, `picture ${k}`, moments[k]!, margin, unit, looks),
          facts(theme, box, moments[k]!, about),
        ]),
        group('curve', this.curve.draw(theme, curve, history, mining?.label ?? 'all')),
      ],
      summary: `${names.map((name, k) => `${name}, ${says(moments[k]!, about)}`).join('; ')}. ${this.curve.summary}`,
      readouts: {
        count: 2 + this.curve.count,
        start: 0,
        nearest: (x, y) => {
          const k = pictures.findIndex(
            ({ left, right, top, bottom }) => x >= left && x <= right && y >= top && y <= bottom,
          )
          return k >= 0 ? k : 2 + Math.max(0, Math.min(this.curve.count - 1, Math.round(x - curve.left)))
        },
        at: (place) =>
          place < 2
            ? readout(pictures[place]!, names[place]!, moments[place]!, about)
            : this.curve.at(place - 2),
      },
    }
  }

  /** How the samples of a triplet are drawn; another one begins on a scale of its own. */
  private follow({ run, theme }: PanelContext, chosen: Triplet): readonly [Look, Look, Look] {
    const of = [run.generation, run.data, theme, ...chosen]
    if (this.looks && of.every((value, k) => value === this.looksOf[k])) return this.looks
    this.unit = 0
    this.looksOf = of
    const look = (name: Look['name'], point: number): Look => {
      const j = run.labels[point]!
      return {
        name,
        glyph: classGlyph(run.classes[j] ?? ''),
        digit: digitOf(run, point),
        colour: classColour(theme, j, run.classes.length),
        ink: classInk(theme, j, run.classes.length),
      }
    }
    this.looks = [look('anchor', chosen[0]), look('positive', chosen[1]), look('negative', chosen[2])]
    return this.looks
  }

  /** The unit stands still while the one that would fit is about the same. */
  private followUnit(fitting: number): number {
    if (this.unit > fitting || this.unit < 0.75 * fitting) this.unit = 0.92 * fitting
    return this.unit
  }
}

/** What the words about a triplet are of. */
interface About {
  readonly run: PanelContext['run']
  readonly chosen: Triplet
  readonly margin: number
  readonly mining: Mining | undefined
}

function layout({ width, height, theme }: PanelContext): Layout {
  const size = smallType(theme)
  const line = LINE * size
  const isWide = width > WIDE * height
  const pictureWidth = (isWide ? 0.55 * width : width) / 2
  const curveHeight = isWide ? height : Math.min(CURVE_LINES * size, 0.34 * height)
  const bottom = (isWide ? height : height - curveHeight) - FACT_LINES * line
  const top = NAME_LINES * line
  const box = (k: number): Box => ({
    left: Math.round(k * pictureWidth),
    right: Math.round((k + 1) * pictureWidth),
    top,
    bottom: Math.max(top + 1, Math.round(bottom)),
  })
  const area = plotArea(
    { width: isWide ? width - 2 * pictureWidth : width, height: curveHeight, theme },
    CURVE_ROOM,
  )
  const [right, down] = isWide ? [Math.round(2 * pictureWidth), 0] : [0, Math.round(height - curveHeight)]
  const curve = {
    left: area.left + right,
    right: area.right + right,
    top: area.top + down,
    bottom: area.bottom + down,
  }
  return { pictures: [box(0), box(1)], curve }
}

function title(theme: Theme, { left, right, top }: Box, name: string): Mark {
  return label(theme, name, (left + right) / 2, top - 0.5 * smallType(theme), {
    anchor: 'middle',
    key: name.slice(0, 3),
  })
}

/** Eq. 7 in this triplet's numbers, and whether it holds. */
function facts(theme: Theme, { left, right, bottom }: Box, moment: TripletState, about: About): Mark {
  const size = smallType(theme)
  const lines = [sides(moment, about)[0], sides(moment, about)[1], verdict(moment, about)]
  return group(
    `facts ${left}`,
    lines.map((text, k) =>
      label(theme, text, (left + right) / 2, bottom + (k + 1) * LINE * size, {
        anchor: 'middle',
        colour: theme.ink,
        ...(k === 2 && { weight: 600 }),
      }),
    ),
  )
}

/** The two sides of eq. 7. */
function sides({ ap, an }: TripletState, { margin }: About): [string, string] {
  return [
    String.raw`$d_{ap}^2+\alpha$ = ${brief(ap)} + ${brief(margin)}`,
    String.raw`$d_{an}^2$ = ${brief(an)}`,
  ]
}

function verdict({ loss, acts }: TripletState, { mining }: About): string {
  if (loss === 0) return 'satisfied: loss 0'
  if (acts) return `acts: loss ${brief(loss)}`
  return mining?.leavesOut ? `left out: ${mining.leavesOut}` : 'left out'
}

function says(moment: TripletState, about: About): string {
  return `${sides(moment, about).join(', ')}, ${verdict(moment, about)}`
}

function readout(box: Box, name: string, moment: TripletState, about: About): Readout {
  const { run, chosen, margin } = about
  const own = className(run, run.labels[chosen[0]]!)
  const other = className(run, run.labels[chosen[2]]!)
  return {
    x: (box.left + box.right) / 2,
    y: (box.top + box.bottom) / 2,
    lines: [
      `${name}, ${own} and ${other}`,
      `$d_{ap}$ = ${brief(Math.sqrt(moment.ap))}, $d_{an}$ = ${brief(Math.sqrt(moment.an))}`,
      `the margin ends at ${brief(marginRadius(moment, margin))}`,
      verdict(moment, about),
    ],
    marks: [],
  }
}

function miningOf({ kind, mining }: TermSetting): Mining | undefined {
  return miningsOf(TERMS.get(kind)).find(({ id }) => id === mining)
}

function mod(value: number, count: number): number {
  return ((value % count) + count) % count
}
