import type { Experiment } from '../engine/config'
import { activeHead, ramp, rateAt } from '../engine/schedule'
import { MARGINS } from '../losses/margin-registry'
import { strengthsOf } from '../losses/margin-setting'

/** Something that changes over the planned run: a curve from 0 to 1 over `SAMPLES` places. */
export interface Lane {
  readonly id: string
  /** Its name in TeX. */
  readonly symbol: string
  /** In words, for those who do not see it. */
  readonly label: string
  readonly values: readonly number[]
}

const SAMPLES = 240

/** What the plan of an experiment changes on the way: the rate always, parts of the head if it has them. */
export function timelineLanes(experiment: Experiment): Lane[] {
  const { head, curriculum, epochs } = experiment
  const progress = Array.from({ length: SAMPLES }, (_, i) => i / SAMPLES)
  const heads = progress.map((p) => activeHead(experiment, p, 0))
  const atEpoch = (fraction: number): string => `epoch ${(fraction * epochs).toFixed(1)}`
  const lanes: Lane[] = []
  if (head.normalizeFeatures && curriculum.normalizeFeaturesAt > 0) {
    lanes.push({
      id: 'features',
      symbol: String.raw`\lVert x\rVert=1`,
      label: `unit features from ${atEpoch(curriculum.normalizeFeaturesAt)}`,
      values: heads.map(({ normalizeFeatures }) => (normalizeFeatures ? 1 : 0)),
    })
  }
  const [strength] = strengthsOf(head.margin)
  if (strength && curriculum.margin.end > 0) {
    // What is written by hand may ask for something at m = 0.
    const asksForNothing =
      !MARGINS.get(head.margin.kind).text && head.margin.parameters[strength.id] === strength.neutral
    lanes.push({
      id: 'margin',
      symbol: strength.symbol,
      label: `margin grows from ${atEpoch(curriculum.margin.start)} to ${atEpoch(curriculum.margin.end)}`,
      values: progress.map((p) => (asksForNothing ? 0 : ramp(curriculum.margin, p))),
    })
  }
  if (head.normalizeFeatures && curriculum.scale) {
    lanes.push({
      id: 'scale',
      symbol: 's',
      label: `scale reaches ${head.scale} at ${atEpoch(curriculum.scale.end)}`,
      values: heads.map(({ scale }) => scale / Math.max(head.scale, curriculum.scale!.from)),
    })
  }
  const { rate } = experiment.optimizer
  lanes.push({
    id: 'rate',
    symbol: String.raw`\eta`,
    label: `learning rate, ${rate.kind}`,
    values: progress.map((p) => rateAt(rate, p) / rate.value),
  })
  return lanes
}
