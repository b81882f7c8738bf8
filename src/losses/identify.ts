import { headSchema, type Head } from './head'
import { marginFunction } from './margins'
import { PRESETS } from './presets'
import type { Preset } from './types'

/** Where a head is in the space of losses. */
export interface Identity {
  /** The named loss at this point, or the nearest one. */
  readonly preset: Preset
  /** What differs from the named loss; empty when the head is that loss. */
  readonly differences: readonly Difference[]
}

export interface Difference {
  readonly part: 'bias' | 'normalizeWeights' | 'normalizeFeatures' | 'margin'
  /** In words, as in "with a bias". */
  readonly text: string
}

/**
 * Which loss is this? The switches and the margin function decide, not the numbers; but a margin whose
 * parameters ask for nothing counts as none.
 */
export function identifyHead(head: Head): Identity {
  const presets = [...PRESETS.values()].filter(
    (preset) => !preset.variantOf || headSchema.parse(preset.settings(2).head).scale === head.scale,
  )
  // A variant comes first: it is there only where it fits.
  presets.sort((a, b) => Number(!a.variantOf) - Number(!b.variantOf))
  const candidates = presets.map((preset) => ({ preset, differences: compare(head, preset) }))
  return candidates.reduce((best, next) => (next.differences.length < best.differences.length ? next : best))
}

function compare(head: Head, preset: Preset): Difference[] {
  const named = headSchema.parse(preset.settings(2).head)
  const margin = effectiveMargin(head)
  const differences: (Difference | false)[] = [
    head.bias !== named.bias && { part: 'bias', text: head.bias ? 'with a bias' : 'without bias' },
    head.normalizeWeights !== named.normalizeWeights && {
      part: 'normalizeWeights',
      text: head.normalizeWeights ? 'with unit class vectors' : 'with free lengths of class vectors',
    },
    head.normalizeFeatures !== named.normalizeFeatures && {
      part: 'normalizeFeatures',
      text: head.normalizeFeatures ? 'with unit features' : 'with free lengths of features',
    },
    margin !== named.margin.kind && {
      part: 'margin',
      text: margin === 'none' ? 'without margin' : `with ${article(marginFunction(margin).name)} margin`,
    },
  ]
  return differences.filter((difference) => difference !== false)
}

/** The margin function, or none while all of its parameters are neutral. */
function effectiveMargin({ margin }: Head): string {
  const strengths = marginFunction(margin.kind).parameters.filter(({ neutral }) => neutral !== undefined)
  return strengths.length === 0 || strengths.some(({ id, neutral }) => margin.parameters[id] !== neutral)
    ? margin.kind
    : 'none'
}

function article(name: string): string {
  return `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`
}
