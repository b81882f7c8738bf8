import { KEPT_RATES, keptCurve } from '../../geometry/roc'
import type { VerificationFile } from '../../io/verification-file'
import { identifyHead } from '../../losses/identify'
import { axisBottom, hairline } from '../../render/axes'
import { percent } from '../../render/format'
import { group, label, mark, PathText, smallType, type Mark } from '../../render/marks'
import { richWidth } from '../../render/math-text'
import type { VerificationView } from '../../session/run-view'
import { crosshair, linear, plotArea, type Plane } from '../common'
import type { Drawing, Empty, PanelContext, Readout, Figure } from '../panel'
import { power } from '../verification/roc'
import { knownRows, shortName } from './rows'
import { separate } from './separate'
import type { Verified } from './verified'

/** The rates of the axis: at less than 1e-3 single pairs move the curve. */
const FIRST = KEPT_RATES.findIndex((rate) => rate > 0.99e-3)
const RATES = KEPT_RATES.slice(FIRST)

/** One curve, as true accept rates at RATES. */
interface Curve {
  readonly name: string
  readonly rates: readonly number[]
  /** Of the run on the stage, or of the table's row for its loss, or of another loss. */
  readonly kind: 'live' | 'own' | 'other'
}

/** The ROC curves of all losses of the table, and of the run on the stage. */
export class CurvesDrawing implements Drawing<Verified> {
  private measured: { readonly of: VerificationView; readonly rates: readonly number[] } | null = null

  draw(context: PanelContext<Verified>): Figure | Empty {
    const { file, failure } = context.data
    if (!file) {
      return {
        empty: failure === null ? 'The curves come with the table.' : `No curves: ${failure}.`,
        small: false,
      }
    }
    const curves = this.curves(context, file)
    const plane = planeOf(context, curves)
    const { theme, plot, x } = plane
    return {
      marks: [
        ...grid(plane),
        axisBottom(theme, plot, x, { values: [-3, -2, -1, 0], format: power }),
        group(
          'curves',
          curves.map((curve) => line(plane, curve)),
        ),
        ...names(plane, curves),
        label(theme, 'true accepts, %, over false accepts', plot.right, plot.top - 0.5 * smallType(theme), {
          anchor: 'end',
          key: 'name',
        }),
      ],
      summary: curves
        .map(
          ({ name, rates }) => `${name}: ${percent(rates[0]!)} true accepts at a false accept rate of 0.001.`,
        )
        .join(' '),
      readouts: {
        count: RATES.length,
        start: 0,
        nearest: (at) => {
          const place = ((at - plot.left) * (RATES.length - 1)) / (plot.right - plot.left)
          return Math.max(0, Math.min(RATES.length - 1, Math.round(place)))
        },
        at: (place) => readout(plane, curves, place),
      },
    }
  }

  /** The own ones last, so that they lie above the others. */
  private curves({ run, session }: PanelContext, file: VerificationFile): Curve[] {
    const { head, terms } = session.experiment
    const own = identifyHead(head, terms).preset.id
    const curves = knownRows(file).map(({ preset, curve }): Curve => ({
      name: shortName(preset),
      rates: curve.slice(FIRST),
      kind: preset === own ? 'own' : 'other',
    }))
    curves.sort((a, b) => Number(a.kind === 'own') - Number(b.kind === 'own'))
    const { verification } = run
    if (verification?.result && this.measured?.of !== verification) {
      this.measured = { of: verification, rates: keptCurve(verification.result.roc).slice(FIRST) }
    }
    if (verification?.result && this.measured) {
      curves.push({ name: 'this run', rates: this.measured.rates, kind: 'live' })
    }
    return curves
  }
}

/** Names stand at the left, where the curves are furthest apart; values at the right. */
function planeOf(context: PanelContext, curves: readonly Curve[]): Plane {
  const { theme } = context
  const widest = Math.max(...curves.map(({ name }) => richWidth(name, smallType(theme))))
  const room = plotArea(context, { left: 0, right: 34, top: 20, bottom: 22 })
  const plot = { ...room, left: Math.round(widest + 1.6 * theme.rem) }
  const least = Math.min(0.7, ...curves.map(({ rates }) => rates[0]!))
  return {
    theme,
    plot,
    x: linear(-3, 0, plot.left, plot.right),
    y: linear(Math.floor(10 * least) / 10, 1, plot.bottom, plot.top),
  }
}

function grid({ theme, plot, y }: Plane): Mark[] {
  const values = y(0.7) < plot.bottom + 1 ? [1, 0.9, 0.8, 0.7] : [1, 0.75, 0.5, 0.25, 0]
  return values
    .filter((value) => y(value) <= plot.bottom + 1)
    .flatMap((value) => [
      hairline(theme, plot.left, y(value), plot.right, y(value)),
      label(theme, `${Math.round(100 * value)}`, plot.right + 6, y(value) + 0.34 * smallType(theme), {
        colour: theme.ink3,
      }),
    ])
}

function line({ theme, x, y }: Plane, { name, rates, kind }: Curve): Mark {
  const path = new PathText()
  rates.forEach((rate, k) => {
    const at = x(Math.log10(RATES[k]!))
    const to = y(rate)
    if (k === 0) path.moveTo(at, to)
    else path.lineTo(at, to)
  })
  return mark(
    'path',
    {
      d: path.toString(),
      fill: 'none',
      stroke: { live: theme.accentLine, own: theme.ink, other: theme.ink3 }[kind],
      'stroke-width': (kind === 'other' ? 1 : 1.75) * theme.line,
    },
    [],
    name,
  )
}

/** Each name beside the start of its curve, moved apart where they would touch, with a line between. */
function names({ theme, plot, y }: Plane, curves: readonly Curve[]): Mark[] {
  const size = smallType(theme)
  const starts = curves.map(({ rates }) => y(rates[0]!))
  const places = separate(starts, 1.15 * size, plot.top + 0.3 * size, plot.bottom)
  return curves.map(({ name, kind }, k) =>
    group(`name of ${name}`, [
      mark('path', {
        d: `M${plot.left - 1.3 * theme.rem} ${places[k]!}L${plot.left - 0.4 * theme.rem} ${starts[k]!}H${plot.left}`,
        fill: 'none',
        stroke: kind === 'live' ? theme.accentLine : theme.ink3,
        'stroke-width': 0.75 * theme.line,
      }),
      label(theme, name, plot.left - 1.5 * theme.rem, places[k]! + 0.34 * size, {
        anchor: 'end',
        weight: kind === 'other' ? 400 : 600,
        colour: { live: theme.accent, own: theme.ink, other: theme.ink2 }[kind],
      }),
    ]),
  )
}

function readout({ theme, plot, x }: Plane, curves: readonly Curve[], place: number): Readout {
  const at = x(Math.log10(RATES[place]!))
  return {
    x: at,
    y: (plot.top + plot.bottom) / 2,
    lines: [
      `false accepts ${percent(RATES[place]!, 2)}`,
      ...[...curves]
        .sort((a, b) => b.rates[place]! - a.rates[place]!)
        .map(({ name, rates }) => `${name}: ${percent(rates[place]!)}`),
    ],
    marks: [crosshair(theme, at, plot)],
  }
}
