import { ticks } from 'd3'
import { columnEnds, nearestIndex } from '../../geometry/curve'
import { axisBottom, axisLeft, type Plot } from '../../render/axes'
import { percent, whole } from '../../render/format'
import { group, label, mark, smallType, type Mark } from '../../render/marks'
import type { Theme } from '../../render/theme'
import type { TripletHistory } from '../../session/triplet-history'
import { crosshair, dot, linear, stripLine, type Plane } from '../common'
import type { Readout } from '../panel'
import { through } from '../training/marks'

/** The first steps would otherwise fill the width. */
const LEAST_STEPS = 60
const SHARES = { values: [0, 0.5, 1], format: (share: number) => percent(share, 0) }

const NOTHING: Readout = { x: 0, y: 0, lines: ['no points yet'], marks: [] }

/** The share of the triplets that act, over the steps of the run. */
export class ActingCurve {
  private columns = new Float32Array(0)
  private possible = new Float32Array(0)
  private plane: Plane | null = null
  private end = LEAST_STEPS
  private history: TripletHistory | null = null
  /** What the curve has come to, in a sentence. */
  summary = ''

  /** How many places can be read. */
  get count(): number {
    return this.columns.length
  }

  /** @param mining what is chosen among, in a word or two */
  draw(theme: Theme, plot: Plot, history: TripletHistory, mining: string): Mark[] {
    this.history = history
    const { acting, possible } = history
    const width = Math.max(1, plot.right - plot.left)
    if (this.columns.length !== width) {
      this.columns = new Float32Array(width)
      this.possible = new Float32Array(width)
    }
    const last = acting.length > 0 ? acting.steps[acting.length - 1]! : 0
    this.end = Math.max(LEAST_STEPS, last)
    columnEnds(this.columns, acting.steps, acting.values, acting.length, this.end)
    columnEnds(this.possible, possible.steps, possible.values, possible.length, this.end)
    for (let i = 0; i < width; i++) this.columns[i]! /= Math.max(1, this.possible[i]!)
    const x = linear(0, this.end, plot.left, plot.right)
    const y = linear(0, 1, plot.bottom, plot.top)
    this.plane = { theme, plot, x, y }
    const steps = ticks(0, this.end, Math.max(2, Math.floor(width / (4 * smallType(theme)))))
    const now = acting.last
    this.summary = told(now, possible.last, mining)
    const share = (now ?? 0) / Math.max(1, possible.last ?? 0)
    return [
      axisLeft(theme, plot, y, SHARES),
      axisBottom(theme, plot, x, { values: steps, format: whole }, 'step'),
      label(theme, this.summary, plot.left, stripLine(theme, plot), {
        colour: theme.ink,
        key: 'counts',
      }),
      mark(
        'path',
        {
          d: through(this.columns, plot.left, y),
          fill: 'none',
          'stroke-linejoin': 'round',
          stroke: theme.ink,
          'stroke-width': 1.75 * theme.line,
        },
        [],
        'acting',
      ),
      group(
        'end',
        now === null
          ? []
          : [
              label(theme, percent(share), plot.right + 6, y(share) + 0.2 * smallType(theme), {
                colour: theme.ink,
                weight: 600,
              }),
            ],
      ),
    ]
  }

  /** The values nearest to a column. */
  at(column: number): Readout {
    const { plane, history, end, columns } = this
    if (!plane || !history) return NOTHING
    const { acting, possible } = history
    const i = nearestIndex(acting.steps, acting.length, ((column + 1) * end) / columns.length)
    if (i < 0) return NOTHING
    const { theme, plot, x, y } = plane
    const step = acting.steps[i]!
    const count = acting.values[i]!
    const all = possible.values[i]!
    const px = x(step)
    const py = y(count / Math.max(1, all))
    return {
      x: px,
      y: py,
      lines: [
        `step ${whole(step)}`,
        `${whole(count)} of ${whole(all)} act`,
        percent(count / Math.max(1, all)),
      ],
      marks: [crosshair(theme, px, plot), dot(theme, px, py, theme.ink)],
    }
  }
}

function told(now: number | null, all: number | null, mining: string): string {
  if (now === null || all === null) return 'How many triplets act comes with the first points'
  return `${whole(now)} of ${whole(all)} triplets act; mining: ${mining}`
}
