import type { Experiment } from '../../engine/config'
import { layOut, type Layer } from '../../engine/layout'
import { NETWORKS } from '../../engine/networks'
import { Answering, type Answer } from '../../geometry/classifier'
import { softmax } from '../../geometry/confidence'
import type { Plot } from '../../render/axes'
import { brief, fixed, percent, whole } from '../../render/format'
import { group, label, mark, smallType, type Mark } from '../../render/marks'
import type { RunView } from '../../session/run-view'
import { classGlyph, className, TEX } from '../common'
import type { PanelContext } from '../panel'
import type { Box } from './boxes'
import { barMarks, layerMarks, pictureMarks } from './pictures'

/** So many classes are shown by name: the most likely ones, and the own. */
const SHOWN = 4

interface Size {
  readonly width: number
  readonly height: number
}

const layouts = new WeakMap<Experiment['network'], Size & { readonly layers: readonly Layer[] }>()

/** The layers of a network, for pictures of this size. */
export function layersOf({ network }: Experiment, { width, height }: Size): readonly Layer[] {
  const known = layouts.get(network)
  if (known?.width === width && known.height === height) return known.layers
  const { kind, dimension, featureActivation } = network
  // What follows the features is of no account here: as few classes as there may be.
  const { layers } = layOut(
    NETWORKS.get(kind),
    { width, height, channels: 1 },
    dimension,
    2,
    featureActivation,
  )
  layouts.set(network, { width, height, layers })
  return layers
}

/** What a layer gives, in words: "14 × 14 × 16". */
function shapeText({ output: { height, width, channels } }: Layer): string {
  return height * width > 1 ? `${height} × ${width} × ${channels}` : `${channels} numbers`
}

/** The part of the pipeline that trains: one picture on its way to a probability of its class. */
export class TrainingBoxes {
  /** @returns null before there are features */
  boxes(context: PanelContext, chosen: number): Box[] | null {
    const { run, theme, session } = context
    const { frame, data } = run
    if (!frame || !data || run.count === 0) return null
    const point = chosen % run.count
    const { dimension, features } = run
    const at = point * dimension
    const own = run.labels[point]!
    const layers = layersOf(session.experiment, data)
    const { answer, shown, probabilities } = this.classes(run, at, own)
    const norm = brief(run.norm[point]!)
    const said = run.predicted[point]!
    const others = shown.reduce((rest, j) => rest - probabilities[j]!, 1)
    const count = run.classes.length - shown.length
    return [
      {
        key: 'picture',
        share: 0.9,
        titles: ['a picture'],
        foot: className(run, own),
        lines: [`a picture of ${className(run, own)}`, `${data.width} × ${data.height} pixels`],
        draw: (area) => [pictureMarks(theme, data, run.images[point]!, 'picture', area)],
      },
      {
        key: 'layers',
        share: 1.1,
        titles: ['layers'],
        foot: NETWORKS.get(session.experiment.network.kind).name,
        lines: ['layers and what they give', ...layers.map(shapeText)],
        draw: (area) => layerMarks(theme, layers, data.height, area),
      },
      {
        key: 'feature',
        share: 1.3,
        titles: ['feature $x$'],
        foot: `${TEX.featureNorm} = ${norm}`,
        lines: [`feature $x$: ${dimension} numbers`, `${TEX.featureNorm} = ${norm}`],
        draw: (area) => [barMarks(theme, features, { at, count: dimension }, 'x', area, theme.ink)],
      },
      {
        key: 'vectors',
        share: 1.9,
        titles: [
          `class vectors $W_j$ and angles ${TEX.otherAngle}`,
          `vectors $W_j$, angles ${TEX.otherAngle}`,
          `$W_j$ and ${TEX.otherAngle}`,
        ],
        foot: `nearest of ${whole(run.classes.length)}`,
        lines: [
          `angles between $x$ and class vectors`,
          ...shown.map((j) => `${className(run, j)}: ${degrees(answer, j)}`),
        ],
        draw: (area) => this.vectors(context, area, answer, shown, own),
      },
      {
        key: 'softmax',
        share: 1.3,
        titles: ['softmax over classes', 'softmax'],
        foot: said === own ? '✓ right' : `✗ taken for ${classGlyph(run.classes[said] ?? String(said))}`,
        lines: [
          'probability of classes, without margin',
          ...shown.map((j) => `${className(run, j)}: ${percent(probabilities[j]!, 2)}`),
          ...(count > 0 ? [`${count} others: ${percent(Math.max(0, others), 2)}`] : []),
        ],
        draw: (area) =>
          rowsOf(area).flatMap((row, k) => {
            const j = shown[k]
            return j === undefined ? [] : [probability(context, row, probabilities[j]!, j === own, k)]
          }),
      },
    ]
  }

  /** The classes that are shown, the most likely first, and all probabilities. */
  private classes(
    run: RunView,
    at: number,
    own: number,
  ): { answer: Answer; shown: number[]; probabilities: Float64Array } {
    const { head, weights, bias } = run.frame!
    const classifier = { ...head, weights, bias, useBias: head.bias }
    const answer = new Answering(classifier, run.dimension).read(run.features, at)
    const probabilities = softmax(answer.logits)
    const shown: number[] = []
    while (shown.length < Math.min(SHOWN, probabilities.length)) {
      let best = -1
      probabilities.forEach((share, j) => {
        if (!shown.includes(j) && (best < 0 || share > probabilities[best]!)) best = j
      })
      shown.push(best)
    }
    if (!shown.includes(own)) shown[shown.length - 1] = own
    return { answer, shown, probabilities }
  }

  private vectors(
    { theme, run }: PanelContext,
    area: Plot,
    answer: Answer,
    shown: readonly number[],
    own: number,
  ): Mark[] {
    const size = smallType(theme)
    const { weights } = run.frame!
    return rowsOf(area).flatMap((row, k) => {
      const j = shown[k]
      if (j === undefined) return []
      const style = { colour: j === own ? theme.ink : theme.ink2, weight: j === own ? 600 : 400 }
      const y = (row.top + row.bottom) / 2 + 0.35 * size
      const bars = { ...row, left: row.left + 1.9 * size, right: row.right - 3.1 * size }
      return [
        group(`row ${k}`, [
          label(theme, classGlyph(run.classes[j] ?? String(j)), row.left, y, { ...style, key: 'name' }),
          ...(bars.right > bars.left
            ? [
                barMarks(
                  theme,
                  weights,
                  { at: answer.rows[j]! * run.dimension, count: run.dimension },
                  'w',
                  bars,
                  style.colour,
                ),
              ]
            : []),
          label(theme, degrees(answer, j), row.right, y, { ...style, anchor: 'end', key: 'angle' }),
        ]),
      ]
    })
  }
}

function degrees({ cosines }: Answer, j: number): string {
  return `${fixed((Math.acos(Math.max(-1, Math.min(1, cosines[j]!))) * 180) / Math.PI, 1)}°`
}

/** A row for each class that is shown, with space between them. */
function rowsOf({ left, right, top, bottom }: Plot): Plot[] {
  const height = (bottom - top) / SHOWN
  return Array.from({ length: SHOWN }, (_, k) => ({
    left,
    right,
    top: top + (k + 0.06) * height,
    bottom: top + (k + 0.94) * height,
  }))
}

function probability({ theme }: PanelContext, row: Plot, share: number, own: boolean, k: number): Mark {
  const size = smallType(theme)
  const room = Math.max(0, row.right - row.left - 3.4 * size)
  const height = Math.min(0.5 * (row.bottom - row.top), 0.7 * size)
  const middle = (row.top + row.bottom) / 2
  return group(`row ${k}`, [
    mark('rect', {
      x: row.left,
      y: middle - height / 2,
      width: Math.max(0.75, share * room),
      height,
      fill: own ? theme.ink : theme.ink3,
    }),
    label(theme, percent(share), row.left + share * room + 0.4 * size, middle + 0.35 * size, {
      colour: own ? theme.ink : theme.ink2,
      weight: own ? 600 : 400,
      key: 'share',
    }),
  ])
}
