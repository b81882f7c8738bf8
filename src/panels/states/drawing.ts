import { ticks } from 'd3'
import { columnEnds, nearestIndex } from '../../geometry/curve'
import { CalmExtent } from '../../geometry/extent'
import { spreadAlong } from '../../geometry/labels'
import { headStates, sameStates } from '../../losses/head-states'
import type { StateSpec } from '../../losses/margin-function'
import { axisBottom, axisLeft } from '../../render/axes'
import { brief, tickFormat, whole } from '../../render/format'
import { group, label, mark, smallType, type Mark } from '../../render/marks'
import { richWidth } from '../../render/math-text'
import type { Series } from '../../session/series'
import { crosshair, dot, linear, plotArea, stripLine, type Plane } from '../common'
import type { Drawing, Empty, PanelContext, Readout, Figure } from '../panel'
import { through } from '../training/marks'

/** Room at the right for the values at the ends of the lines, in pixels at the usual size of type. */
const VALUES_WIDTH = 64
/** The first steps would otherwise fill the width. */
const LEAST_STEPS = 60
/** Lines are told apart by these, in the order of the states. */
const DASHES = [undefined, '5 3', '2 3', '7 2 2 2']

/** The numbers that a head carries from step to step, over the steps of the run. */
export class StatesDrawing implements Drawing {
  private readonly extent = new CalmExtent(0.02)
  private columns = new Float32Array(0)
  private series: readonly Series[] = []

  draw(context: PanelContext): Figure | Empty {
    const { run, head, theme } = context
    const { states } = run.history
    const specs = headStates(head).all
    if (specs.length === 0) return { empty: 'This loss carries nothing from batch to batch.', small: true }
    const length = states[0]?.length ?? 0
    // Until a first frame of a loss that was just chosen, the curves are those of the one before.
    if (length === 0 || !run.frame || !sameStates(run.frame.head, head)) {
      return { empty: 'Press Play: how these numbers change appears here.', small: false }
    }
    if (states !== this.series) this.extent.reset()
    this.series = states

    const plot = plotArea(context, { left: 34, right: VALUES_WIDTH })
    const last = states[0]!.steps[length - 1]!
    const end = Math.max(LEAST_STEPS, last)
    const [low, high] = this.extent.follow(...range(states))
    const plane = {
      theme,
      plot,
      x: linear(0, end, plot.left, plot.right),
      y: linear(low, high, plot.bottom, plot.top),
    }
    const width = Math.max(1, plot.right - plot.left)
    if (this.columns.length !== width) this.columns = new Float32Array(width)
    const round = ticks(low, high, 3)
    const steps = ticks(0, end, Math.max(2, Math.floor(width / (4 * smallType(theme)))))
    return {
      marks: [
        axisLeft(theme, plot, plane.y, { values: round, format: tickFormat(round) }),
        axisBottom(theme, plot, plane.x, { values: steps, format: whole }, 'step'),
        legend(plane, specs),
        ...states.map((series, k) => {
          columnEnds(this.columns, series.steps, series.values, series.length, end)
          return mark(
            'path',
            {
              d: through(this.columns, plot.left, plane.y),
              fill: 'none',
              stroke: theme.ink,
              'stroke-width': 1.5 * theme.line,
              'stroke-dasharray': DASHES[k],
            },
            [],
            `state ${k}`,
          )
        }),
        ends(plane, specs, states),
      ],
      summary: `After ${whole(last)} steps: ${specs
        .map(({ label }, k) => `${label} ${brief(states[k]!.last ?? 0)}`)
        .join(', ')}.`,
      readouts: {
        count: width,
        start: Math.max(0, Math.round(plane.x(last) - plot.left) - 1),
        nearest: (px) => Math.round(px - plot.left),
        at: (column) => readout(plane, specs, states, ((column + 1) * end) / width),
      },
    }
  }
}

function range(all: readonly Series[]): [number, number] {
  let least = 0
  let most = -Infinity
  for (const { values, length } of all) {
    for (let i = 0; i < length; i++) {
      least = Math.min(least, values[i]!)
      most = Math.max(most, values[i]!)
    }
  }
  return [least, most]
}

/** What the lines are, in the strip above them. */
function legend({ theme, plot }: Plane, specs: readonly StateSpec[]): Mark {
  const size = smallType(theme)
  const y = stripLine(theme, plot)
  let x = plot.left
  return group(
    'legend',
    specs.flatMap(({ symbol, label: name }, k) => {
      const text = `$${symbol}$ ${name}`
      const line = { x1: x, y1: y - 0.3 * size, x2: x + 18, y2: y - 0.3 * size }
      const marks = [
        mark('line', {
          ...line,
          stroke: theme.ink,
          'stroke-width': 1.5 * theme.line,
          'stroke-dasharray': DASHES[k],
        }),
        label(theme, text, x + 22, y),
      ]
      x += 34 + richWidth(text, size)
      return marks
    }),
  )
}

/** The values that the lines have reached. */
function ends({ theme, plot, y }: Plane, specs: readonly StateSpec[], all: readonly Series[]): Mark {
  const size = smallType(theme)
  const heights = all.map((series) => y(series.last ?? 0))
  const places = spreadAlong(heights, 1.2 * size, plot.top, plot.bottom)
  return group(
    'ends',
    specs.map(({ symbol }, k) =>
      label(theme, `$${symbol}$ ${brief(all[k]!.last ?? 0)}`, plot.right + 8, places[k]! + 0.34 * size, {
        colour: theme.ink,
        key: `end ${k}`,
      }),
    ),
  )
}

function readout(
  { theme, plot, x, y }: Plane,
  specs: readonly StateSpec[],
  all: readonly Series[],
  step: number,
): Readout {
  const i = nearestIndex(all[0]!.steps, all[0]!.length, step)
  const at = x(all[0]!.steps[i]!)
  return {
    x: at,
    y: y(all[0]!.values[i]!),
    lines: [
      `step ${whole(all[0]!.steps[i]!)}`,
      ...specs.map(({ symbol }, k) => `$${symbol}$ = ${brief(all[k]!.values[i]!)}`),
    ],
    marks: [crosshair(theme, at, plot), ...all.map(({ values }) => dot(theme, at, y(values[i]!), theme.ink))],
  }
}
