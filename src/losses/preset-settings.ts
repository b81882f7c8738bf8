import type { HeadInput } from './head'
import type { PresetSettings } from './preset-spec'

/**
 * On the hypersphere: class vectors of unit length that start evenly spread, features of unit length times s = 20.
 * The features are free for the first half, in which the classes unfold; then they get unit length, and the margin
 * grows to its size.
 */
export function onHypersphere(head: HeadInput): PresetSettings {
  return {
    head: {
      bias: false,
      normalizeWeights: true,
      normalizeFeatures: true,
      scale: 20,
      start: 'even',
      ...head,
    },
    curriculum: { normalizeFeaturesAt: 0.5, ...(head.margin ? { margin: { start: 0.5, end: 0.8 } } : {}) },
  }
}

/**
 * Softmax with a term added to it; a term on pairs gets as many images of each class in a batch.
 * @param weight λ, where it is not the term's own
 */
export function softmaxWith(
  term: { readonly id: string; readonly form: string },
  weight?: number,
): PresetSettings {
  return {
    head: { bias: true },
    terms: [{ kind: term.id, ...(weight === undefined ? {} : { weight }) }],
    ...(term.form === 'pairs' ? { balance: { classes: 8, perClass: 8 } } : {}),
  }
}
