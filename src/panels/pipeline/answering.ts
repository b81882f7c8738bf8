import type { Experiment } from '../../engine/config'
import { NETWORKS } from '../../engine/networks'
import { pairsOfKind } from '../../geometry/pair-kinds'
import type { Verification } from '../../geometry/verification'
import type { Plot } from '../../render/axes'
import { rowNorm } from '../../geometry/rows'
import { brief, fixed } from '../../render/format'
import { group, label, mark, smallType, type Mark } from '../../render/marks'
import { richWidth } from '../../render/math-text'
import type { Theme } from '../../render/theme'
import type { VerificationSource } from '../../session/run-view'
import type { PipelineChoice } from '../../session/state'
import { classGlyph, linear, TEX } from '../common'
import type { PanelContext } from '../panel'
import type { Box } from './boxes'
import { barMarks, layerMarks, pictureMarks } from './pictures'
import { layersOf } from './training'

/** What is said of a pair. */
export interface Answered {
  /** Indices of the two among the features. */
  readonly samples: readonly [number, number]
  readonly cosine: number
  readonly threshold: number
  readonly accepted: boolean
  readonly right: boolean
}

/** @param threshold the user's; null is that of the folds */
export function answerPair(
  result: Verification,
  { kind, pair }: Pick<PipelineChoice, 'kind' | 'pair'>,
  threshold: number | null,
): Answered {
  const pairs = pairsOfKind(result, kind)
  const chosen = pairs[pair % pairs.length]!
  const cosine = result.scores[chosen]!
  const limit = threshold ?? result.threshold
  const accepted = cosine >= limit
  return {
    samples: [result.pairs.first[chosen]!, result.pairs.second[chosen]!],
    cosine,
    threshold: limit,
    accepted,
    right: accepted === (result.pairs.same[chosen] === 1),
  }
}

/** What the threshold is that answers where the user chose none. */
export function thresholdName({ accuracy }: Verification): string {
  return accuracy ? `threshold of ${accuracy.thresholds.length} folds` : 'threshold of equal errors'
}

/** The part of the pipeline that answers: two pictures of identities that are not trained on. */
export function answeringBoxes(
  { run, theme, session }: PanelContext,
  source: VerificationSource,
  result: Verification,
  answered: Answered,
): Box[] {
  const { samples, cosine, threshold, accepted, right } = answered
  const { features, dimension } = source
  const size = smallType(theme)
  const names = samples.map((sample) => source.names[source.labels[sample]!] ?? String(source.labels[sample]))
  const norms = samples.map((sample) =>
    brief(rowNorm(source.features, sample * source.dimension, source.dimension)),
  )
  const chosen = session.view.threshold !== null
  const { data } = run
  return [
    {
      key: 'pair',
      share: 0.8,
      titles: ['two pictures', 'pictures', 'pair'],
      foot: names.map(classGlyph).join(', '),
      lines: ['identities that are never trained on', ...names],
      draw: (area) =>
        twoRows(area).map((row, k) =>
          data && source.firstImage !== null
            ? pictureMarks(theme, data, source.firstImage + samples[k]!, `picture ${k}`, row)
            : label(theme, names[k]!, row.left, (row.top + row.bottom) / 2, { key: `name ${k}` }),
        ),
    },
    ...(data && source.run !== null ? [sameLayers(theme, session.experiment, data)] : []),
    {
      key: 'features',
      share: 1.6,
      titles: [`their features, ${dimension} numbers each`, 'their features', 'features'],
      foot: norms.map((norm, k) => `$\\lVert x_${k + 1}\\rVert$ = ${norm}`).join(', '),
      lines: ['features of the two', ...norms.map((norm) => `${TEX.featureNorm} = ${norm}`)],
      draw: (area) =>
        twoRows(area).map((row, k) =>
          barMarks(
            theme,
            features,
            { at: samples[k]! * dimension, count: dimension },
            `x ${k}`,
            row,
            theme.ink,
          ),
        ),
    },
    {
      key: 'cosine',
      share: 1.2,
      titles: ['cosine between them', 'cosine'],
      lines: [`cosine ${fixed(cosine, 3)}`, `threshold ${fixed(threshold, 3)}`],
      draw: (area) => cosineMarks(theme, area, cosine, threshold),
    },
    {
      key: 'answer',
      share: 1.2,
      titles: [chosen ? 'your threshold' : thresholdName(result), 'threshold'],
      lines: [accepted ? 'same' : 'different', right ? 'right' : 'wrong'],
      draw: (area) => {
        const middle = (area.top + area.bottom) / 2
        return [
          label(
            theme,
            `${fixed(cosine, 3)} ${accepted ? String.raw`$\ge$` : '$<$'} ${fixed(threshold, 3)}`,
            area.left,
            middle - 1.9 * size,
            { key: 'comparison' },
          ),
          label(theme, accepted ? 'same' : 'different', area.left, middle + 0.4 * size, {
            key: 'said',
            colour: theme.ink,
            weight: 600,
            size: bigType(theme, area, 'different'),
          }),
          label(theme, right ? '✓ right' : '✗ wrong', area.left, middle + 2.2 * size, {
            key: 'verdict',
            weight: 600,
            colour: right ? theme.ink : theme.classInks[2]!,
          }),
        ]
      },
    },
  ]
}

function sameLayers(
  theme: Theme,
  experiment: Experiment,
  size: { readonly width: number; readonly height: number },
): Box {
  const layers = layersOf(experiment, size)
  return {
    key: 'layers',
    share: 0.9,
    titles: ['the same layers', 'same layers'],
    foot: 'without $W$',
    lines: [`${NETWORKS.get(experiment.network.kind).name}, as it was trained`, 'class vectors are dropped'],
    draw: (area) => layerMarks(theme, layers, size.height, area),
  }
}

function cosineMarks(theme: Theme, area: Plot, cosine: number, threshold: number): Mark[] {
  const size = smallType(theme)
  const middle = (area.top + area.bottom) / 2
  const x = linear(-1, 1, area.left + 0.5 * size, area.right - 0.5 * size)
  const y = middle + 1.1 * size
  const line = { stroke: theme.ink3, 'stroke-width': theme.line }
  return [
    label(theme, fixed(cosine, 3), area.left, middle - 0.5 * size, {
      key: 'cosine',
      colour: theme.ink,
      weight: 600,
      size: bigType(theme, area, '−0.000'),
    }),
    group('scale', [
      mark('line', { x1: x(-1), x2: x(1), y1: y, y2: y, ...line }),
      ...[-1, 0, 1].flatMap((value) => [
        mark('line', { x1: x(value), x2: x(value), y1: y - 3, y2: y + 3, ...line }),
        label(theme, fixed(value, 0), x(value), y + 1.5 * size, { colour: theme.ink3, anchor: 'middle' }),
      ]),
      mark(
        'line',
        {
          x1: x(threshold),
          x2: x(threshold),
          y1: y - 0.8 * size,
          y2: y + 0.5 * size,
          stroke: theme.accentLine,
          'stroke-width': 2 * theme.line,
        },
        [],
        'threshold',
      ),
      mark('circle', { cx: x(cosine), cy: y, r: 4 * Math.sqrt(theme.line), fill: theme.ink }, [], 'cosine'),
    ]),
  ]
}

/** The largest type of the scale, or what fits. */
function bigType({ rem }: Theme, { left, right }: Plot, text: string): number {
  return Math.min(1.75 * rem, (right - left) / richWidth(text, 1))
}

function twoRows({ left, right, top, bottom }: Plot): [Plot, Plot] {
  const gap = 0.06 * (bottom - top)
  const middle = (top + bottom) / 2
  return [
    { left, right, top, bottom: middle - gap / 2 },
    { left, right, top: middle + gap / 2, bottom },
  ]
}
