import type { ShownBatch, TermSight } from '../../src/losses/drawings/term-drawing'
import { BatchWatch } from '../../src/losses/batch-watch'
import type { TermSetting } from '../../src/losses/forms/base'
import { TERMS } from '../../src/losses/term-registry'

/** Points, all of which are the batch. */
export interface Points {
  readonly labels: readonly number[]
  /** `dimension` each. */
  readonly features: Float32Array
  readonly dimension: number
}

/** These points as the stage shows them to a term. */
export function shownBatch(
  setting: TermSetting,
  { labels, features, dimension }: Points,
  change: Partial<ShownBatch> = {},
): ShownBatch {
  const watch = new BatchWatch()
  const points = labels.map((_, i) => i)
  watch.setBatch(setting, points, labels, features, dimension)
  return {
    points,
    labels,
    dimension,
    features: watch.features,
    squared: watch.squared,
    state: [],
    classes: [...new Set(labels)].map((label) => `class ${label}`),
    chosen: -1,
    stays: false,
    eachActing: (act) => {
      if (TERMS.get(setting.kind).form === 'pairs') watch.evaluate(setting, act)
    },
    ...change,
  }
}

/** What a term shows when it first looks at these points. */
export function sightOf(setting: TermSetting, points: Points, change: Partial<ShownBatch> = {}): TermSight {
  return TERMS.get(setting.kind).drawing!.begin()(shownBatch(setting, points, change), setting)
}
