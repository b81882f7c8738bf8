import type { Experiment } from '../../engine/config'
import { MARGINS } from '../../losses/margin-registry'
import { hasMargin } from '../../losses/margin-setting'
import type { Scale } from '../../render/axes'
import type { Mark as Change } from '../../session/history'
import { TEX } from '../common'

/** Changes that are drawn as one line, since they lie next to each other. */
export interface ChangeGroup {
  readonly step: number
  /** What changed, with symbols in TeX. */
  readonly text: string
  /** The user did it; otherwise the curriculum. */
  readonly yours: boolean
}

const FROM_TO = /^(\S+) (.+) → (.+)$/

/** Puts changes that are less than `apart` pixels from the next into groups: a slider that is dragged makes many. */
export function groupChanges(changes: readonly Change[], x: Scale, apart: number): ChangeGroup[] {
  const groups: Change[][] = []
  for (const change of changes) {
    const group = groups.at(-1)
    if (group && x(change.step) - x(group.at(-1)!.step) < apart) group.push(change)
    else groups.push([change])
  }
  return groups.map((group) => ({ step: group.at(-1)!.step, text: withSymbols(joined(group)), yours: true }))
}

/** What the curriculum changes, and at which steps. */
export function scheduledChanges(
  { head, curriculum, epochs }: Experiment,
  stepsPerEpoch: number,
): ChangeGroup[] {
  const { normalizeFeaturesAt, margin, scale } = curriculum
  const changes: ChangeGroup[] = []
  const at = (progress: number, text: string): void => {
    if (progress > 0) changes.push({ step: progress * epochs * stepsPerEpoch, text, yours: false })
  }
  if (head.normalizeFeatures) at(normalizeFeaturesAt, TEX.unitFeatures)
  // A margin that begins to grow when the features are normalized shares its line.
  const grows = hasMargin(head.margin) && margin.end > 0
  if (grows && margin.start !== normalizeFeaturesAt) at(margin.start, 'margin grows')
  if (grows) at(margin.end, 'margin grown')
  if (head.normalizeFeatures && scale) at(scale.end, '$s$ grown')
  return changes
}

/** "m 0.2 → 0.3" and "m 0.3 → 0.5" are "m 0.2 → 0.5"; different things are named once each. */
function joined(changes: readonly Change[]): string {
  const named = new Map<string, string>()
  for (const { text } of changes) {
    const [, name = text, from, to] = FROM_TO.exec(text) ?? []
    const before = FROM_TO.exec(named.get(name) ?? '')?.[2] ?? from
    named.set(name, from === undefined ? text : `${name} ${before!} → ${to!}`)
  }
  return [...named.values()].join(', ')
}

const SYMBOLS: readonly (readonly [RegExp, string])[] = [
  [/‖W‖ = 1/g, TEX.unitWeights],
  [/‖x‖ = 1/g, TEX.unitFeatures],
  [/→/g, String.raw`$\to$`],
  ...[['s', 's'] as const, ...parameterSymbols()].map(([id, tex]): [RegExp, string] => [
    new RegExp(`(?<=^|, )${id}(?= )`, 'g'),
    `$${tex}$`,
  ]),
]

function parameterSymbols(): Map<string, string> {
  const all = MARGINS.all.flatMap(({ parameters }) => parameters)
  return new Map(all.map(({ id, symbol }) => [id, symbol]))
}

/** Words of the timeline with their symbols in TeX. */
function withSymbols(text: string): string {
  return SYMBOLS.reduce((result, [words, tex]) => result.replace(words, () => tex), text)
}
