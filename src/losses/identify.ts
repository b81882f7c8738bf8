import { memo } from '../geometry/memo'
import { headSchema, type Head } from './head'
import { HEAD_LOSSES } from './head-loss-registry'
import { MARGINS } from './margin-registry'
import { hasMargin, NO_MARGIN, strengthsOf } from './margin-setting'
import { PRESETS } from './preset-registry'
import { TERMS } from './term-registry'
import type { Preset } from './preset-spec'

/** Where a head is in the space of losses. */
interface Identity {
  /** The named loss at this point, or the nearest one. */
  readonly preset: Preset
  /** What differs from the named loss; empty when the head is that loss. */
  readonly differences: readonly Difference[]
}

interface Difference {
  readonly part:
    'bias' | 'detach' | 'normalizeWeights' | 'normalizeFeatures' | 'subCenters' | 'margin' | 'loss' | 'terms'
  /** In words, as in "with a bias". */
  readonly text: string
}

/**
 * Which loss is this? The switches, the margin function and the kinds of added terms decide, not the numbers; but a
 * margin whose parameters ask for nothing counts as none.
 */
export function identifyHead(head: Head, terms: readonly { readonly kind: string }[] = []): Identity {
  const presets = PRESETS.all.filter(
    (preset) => !preset.variantOf || placeOf(preset).head.scale === head.scale,
  )
  // Of equally near ones, a variant comes first: it is there only where it fits. Then what has no margin.
  const rank = (preset: Preset): number =>
    preset.variantOf ? 0 : hasMargin(placeOf(preset).head.margin) ? 2 : 1
  presets.sort((a, b) => rank(a) - rank(b))
  const candidates = presets.map((preset) => ({ preset, differences: compare(head, terms, preset) }))
  return candidates.reduce((best, next) => (next.differences.length < best.differences.length ? next : best))
}

/** Where a named loss is, as a configuration of two features. */
const placeOf = memo(({ settings }: Preset): { readonly head: Head; readonly terms: readonly string[] } => {
  const { head, terms = [] } = settings(2)
  return { head: headSchema.parse(head), terms: terms.map(({ kind }) => kind) }
})

function compare(head: Head, terms: readonly { readonly kind: string }[], preset: Preset): Difference[] {
  const { head: named, terms: namedTerms } = placeOf(preset)
  const own = new Set(namedTerms)
  const added = terms.filter(({ kind }) => !own.delete(kind))
  const margin = effectiveMargin(head)
  const another = margin !== named.margin.kind || (margin === head.margin.kind && !sameText(head, named))
  const differences: (Difference | false)[] = [
    head.bias !== named.bias && { part: 'bias', text: head.bias ? 'with a bias' : 'without bias' },
    head.detach !== named.detach && {
      part: 'detach',
      text: head.detach ? 'by its terms alone' : 'with a classifier',
    },
    head.normalizeWeights !== named.normalizeWeights && {
      part: 'normalizeWeights',
      text: head.normalizeWeights ? 'with unit class vectors' : 'with free lengths of class vectors',
    },
    head.normalizeFeatures !== named.normalizeFeatures && {
      part: 'normalizeFeatures',
      text: head.normalizeFeatures ? 'with unit features' : 'with free lengths of features',
    },
    head.subCenters > 1 !== named.subCenters > 1 && {
      part: 'subCenters',
      text:
        head.subCenters > 1
          ? `with ${head.subCenters} vectors for each class`
          : 'with one vector for each class',
    },
    another && {
      part: 'margin',
      text: margin === NO_MARGIN ? 'without margin' : `with ${article(MARGINS.get(margin).name)} margin`,
    },
    head.loss.kind !== named.loss.kind && {
      part: 'loss',
      text: `with ${article(HEAD_LOSSES.get(head.loss.kind).name)} loss`,
    },
    ...added.map(({ kind }): Difference => ({ part: 'terms', text: `with ${TERMS.get(kind).name}` })),
    ...[...own].map((kind): Difference => ({ part: 'terms', text: `without ${TERMS.get(kind).name}` })),
  ]
  return differences.filter((difference) => difference !== false)
}

/** The margin function, or none while all of its parameters are neutral. */
function effectiveMargin({ margin }: Head): string {
  const strengths = strengthsOf(margin)
  const { text, bends, id: kind } = MARGINS.get(margin.kind)
  // What the user writes need not be a cosine at m = 0, nor need what bends it, and some margins have no strength to
  // speak of.
  if (text || bends || strengths.length === 0) return kind
  return strengths.some(({ id, neutral }) => margin.parameters[id] !== neutral) ? kind : NO_MARGIN
}

/** Whether both heads have the same ψ where the user writes it. */
function sameText(a: Head, b: Head): boolean {
  const text = ({ margin }: Head): string | undefined => margin.text ?? MARGINS.get(margin.kind).text?.default
  return text(a) === text(b)
}

function article(name: string): string {
  return `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`
}
