import { ticks } from 'd3'
import { fitLine, type Fit } from '../../geometry/correlation'
import { CalmExtent } from '../../geometry/extent'
import { rowNorms } from '../../geometry/rows'
import { axisBottom, axisLeft } from '../../render/axes'
import { fixed, tickFormat, whole } from '../../render/format'
import { group, label, mark, smallType, type Mark } from '../../render/marks'
import { classColour, classInk } from '../../render/theme'
import { trainingCounts } from '../../io/dataset-file'
import type { RunView } from '../../session/run-view'
import {
  classGlyph,
  className,
  classOpacity,
  dot,
  linear,
  plotArea,
  shownClasses,
  stripLine,
  TEX,
  waiting,
  type Plane,
} from '../common'
import type { Drawing, Empty, PanelContext, Readout, Figure } from '../panel'
import { BesidePoints } from './beside-points'

/** With more classes, only the one that is read carries its name. */
const MOST_LABELS = 40
/** Points and labels keep this far from the edges, as a share of the data's span. */
const PADDING = 0.12

/** A class vector: the k-th of class j, which may have several. */
interface Vector {
  readonly j: number
  readonly k: number
  readonly norm: number
  readonly count: number
}

/** The lengths of class vectors against the number of training images. */
export class WeightNormDrawing implements Drawing {
  private readonly norms = new CalmExtent(0.2)
  private readonly counts = new CalmExtent(20)
  private readonly beside = new BesidePoints()
  private generation = -1
  private images: { readonly run: RunView['data']; readonly perClass: readonly number[] } | null = null

  /**
   * @param counted what n_j counts
   * @param ofUnitLength what to say where all lengths are 1; without it, they are drawn
   */
  constructor(
    private readonly counted: string,
    private readonly ofUnitLength?: string,
  ) {}

  draw(context: PanelContext): Figure | Empty {
    const { run, theme, head, session } = context
    const { frame, data } = run
    if (!frame || !data) return waiting(context)
    if (head.normalizeWeights && this.ofUnitLength) return { empty: this.ofUnitLength, small: true }
    const classes = shownClasses(run, session.view)
    const perClass = this.count(data)
    const unit = head.normalizeWeights
    const all = rowNorms(frame.weights, frame.dimension)
    const subCenters = all.length / run.classes.length
    const vectors = classes.flatMap((j) =>
      Array.from({ length: subCenters }, (_, k): Vector => {
        return { j, k, norm: unit ? 1 : all[j * subCenters + k]!, count: perClass[j]! }
      }),
    )
    const norms = vectors.map(({ norm }) => norm)
    const counts = vectors.map(({ count }) => count)
    // The longest of a class carries its name.
    const named = classes.map((_, i) => {
      const own = norms.slice(i * subCenters, (i + 1) * subCenters)
      return i * subCenters + own.indexOf(Math.max(...own))
    })
    if (run.generation !== this.generation) {
      this.norms.reset()
      this.counts.reset()
    }
    this.generation = run.generation

    const plot = plotArea(context, { right: 22 })
    const [low, high] = unit ? [0, 2] : around(this.norms, norms)
    const [few, many] = around(this.counts, counts)
    const plane = {
      theme,
      plot,
      x: linear(few, many, plot.left, plot.right),
      y: linear(low, high, plot.bottom, plot.top),
    }
    const xs = ticks(few, many, 4)
    const ys = ticks(low, high, unit ? 2 : 3)
    const fit = unit ? null : fitLine(counts, norms)
    const at = vectors.flatMap(({ count, norm }) => [plane.x(count), plane.y(norm)])
    return {
      marks: [
        axisLeft(theme, plot, plane.y, { values: ys, format: tickFormat(ys) }, TEX.classNorm),
        axisBottom(theme, plot, plane.x, { values: xs, format: whole }, TEX.count),
        ...(fit ? [trend(plane, fit, few, many)] : []),
        note(plane, unit, fit),
        group(
          'points',
          classes.map((j, i) => {
            const colour = classColour(theme, j, run.classes.length)
            const points = Array.from({ length: subCenters }, (_, k) => {
              const place = 2 * (i * subCenters + k)
              return dot(theme, at[place]!, at[place + 1]!, colour)
            })
            return group(`class ${j}`, points, { opacity: classOpacity(session.view, j) })
          }),
        ),
        this.labels(
          plane,
          context,
          classes,
          named.flatMap((i) => [at[2 * i]!, at[2 * i + 1]!]),
        ),
      ],
      summary: summary(vectors.length, unit, fit, this.counted),
      readouts: {
        count: vectors.length,
        start: 0,
        nearest: (x, y) => nearestPoint(at, x, y),
        at: (i) => this.readout(context, vectors[i]!, subCenters, at[2 * i]!, at[2 * i + 1]!),
      },
    }
  }

  /** n_j; the labels are looked through once. */
  private count(data: NonNullable<RunView['data']>): readonly number[] {
    if (this.images?.run !== data) this.images = { run: data, perClass: trainingCounts(data) }
    return this.images.perClass
  }

  /** Glyphs beside their points, with a line to those that had to give way. */
  private labels(
    { theme, plot }: Plane,
    { run, session }: PanelContext,
    classes: readonly number[],
    at: readonly number[],
  ): Mark {
    if (classes.length > MOST_LABELS) return group('labels', [])
    const size = smallType(theme)
    const glyphs = classes.map((j) => classGlyph(run.classes[j]!))
    const widest = Math.max(1, ...glyphs.map(({ length }) => length))
    const places = this.beside.arrange(at, plot, 0.5 * size * widest + 3, size)
    return group(
      'labels',
      classes.flatMap((j, i) => {
        const { x, y } = places[i]!
        const far = Math.hypot(x - at[2 * i]!, y - at[2 * i + 1]!) > 1.5 * size
        const leader = { stroke: theme.ink3, 'stroke-width': 0.75 * theme.line, 'stroke-opacity': 0.7 }
        return [
          ...(far
            ? [mark('line', { x1: at[2 * i]!, y1: at[2 * i + 1]!, x2: x, y2: y, ...leader }, [], `line ${j}`)]
            : []),
          label(theme, glyphs[i]!, x, y + 0.34 * size, {
            anchor: 'middle',
            weight: 600,
            halo: true,
            colour: classInk(theme, j, run.classes.length),
            opacity: classOpacity(session.view, j),
            key: `class ${j}`,
          }),
        ]
      }),
    )
  }

  private readout(
    { run, theme, head }: PanelContext,
    { j, k, count, norm }: Vector,
    subCenters: number,
    x: number,
    y: number,
  ): Readout {
    return {
      x,
      y,
      lines: [
        className(run, j) + (subCenters > 1 ? `, vector ${k + 1} of ${subCenters}` : ''),
        `${TEX.classNorm} = ${head.normalizeWeights ? '1' : fixed(norm, 3)}`,
        `${TEX.count} = ${whole(count)}`,
      ],
      marks: [
        mark('circle', { cx: x, cy: y, r: 6, fill: 'none', stroke: theme.ink, 'stroke-width': theme.line }),
      ],
      classIndex: j,
    }
  }
}

/** The extent of an axis for values with room around them; it does not pass 0, as no value does. */
function around(extent: CalmExtent, values: readonly number[]): readonly [number, number] {
  if (values.length === 0) return extent.follow(0, 0)
  const low = Math.min(...values)
  const high = Math.max(...values)
  const room = PADDING * (high - low)
  return extent.follow(Math.max(0, low - room), high + room)
}

function trend({ theme, x, y, plot }: Plane, { slope, intercept }: Fit, from: number, to: number): Mark {
  // Cut where it leaves the data's frame.
  const reach = (value: number): [number, number] => [x(value), y(intercept + slope * value)]
  const [x1, y1] = reach(from)
  const [x2, y2] = reach(to)
  const cut = (px: number, py: number): [number, number] => {
    const edge = Math.max(plot.top, Math.min(plot.bottom, py))
    return py === edge || y1 === y2 ? [px, py] : [x1 + ((edge - y1) / (y2 - y1)) * (x2 - x1), edge]
  }
  const [ax, ay] = cut(x1, y1)
  const [bx, by] = cut(x2, y2)
  const dash = { 'stroke-width': theme.line, 'stroke-dasharray': '4 3' }
  return mark('line', { x1: ax, y1: ay, x2: bx, y2: by, stroke: theme.ink3, ...dash }, [], 'trend')
}

function note({ theme, plot }: Plane, unit: boolean, fit: Fit | null): Mark {
  const text = unit ? `${TEX.unitWeights} for all` : fit ? `${TEX.r} = ${fixed(fit.r, 2)}` : ''
  return label(theme, text, plot.right, stripLine(theme, plot), { anchor: 'end', key: 'note' })
}

function nearestPoint(at: readonly number[], x: number, y: number): number {
  let best = 0
  let least = Infinity
  for (let i = 0; i < at.length / 2; i++) {
    const distance = (at[2 * i]! - x) ** 2 + (at[2 * i + 1]! - y) ** 2
    if (distance < least) [best, least] = [i, distance]
  }
  return best
}

function summary(count: number, unit: boolean, fit: Fit | null, counted: string): string {
  if (unit) return `${TEX.unitWeights} is on: all ${count} class vectors count the same.`
  const says = fit ? `correlation ${TEX.r} = ${fixed(fit.r, 2)}` : 'no correlation to speak of'
  return `Lengths of ${count} class vectors against their numbers of ${counted}: ${says}.`
}
