import type { Verification } from '../../geometry/verification'
import type { VerificationFile, VerifiedRow } from '../../io/verification-file'
import { PRESETS } from '../../losses/preset-registry'
import { fixed } from '../../render/format'

/** A loss in the table, its numbers as they are written, in percent. */
export interface TableRow {
  readonly preset: string
  readonly name: string
  /** Accuracy, standard error, equal error rate, and true accepts at each rate. */
  readonly ours: Measured
  /** What the paper has for it; null where it has nothing. */
  readonly paper: { readonly lfw: string; readonly ytf: string; readonly note: string | null } | null
}

export interface Measured {
  readonly accuracy: string
  readonly error: string
  readonly equalErrors: string
  readonly rates: readonly string[]
}

const percent = (share: number): string => fixed(100 * share, 1)

/** The losses that the page knows, as text; shares are in percent. */
export function tableRows(file: VerificationFile): TableRow[] {
  return knownRows(file).map(({ preset, accuracy, standardError, equalErrorRate, rates, paper }) => ({
    preset,
    name: shortName(preset),
    ours: {
      accuracy: percent(accuracy.median),
      error: percent(standardError),
      equalErrors: percent(equalErrorRate.median),
      rates: rates.map(({ tar }) => percent(tar.median)),
    },
    paper: paper && { lfw: fixed(paper.lfw, 2), ytf: fixed(paper.ytf, 1), note: paper.note ?? null },
  }))
}

/** The same of the run that is shown; null while nothing can be said of it. */
export function measuredOf(result: Verification | null): Measured | null {
  if (!result?.accuracy) return null
  const { accuracy, equalErrorRate, rates } = result
  return {
    accuracy: percent(accuracy.mean),
    error: percent(accuracy.standardError),
    equalErrors: percent(equalErrorRate),
    rates: rates.map(({ tar, enough }) => (enough ? percent(tar) : '')),
  }
}

/** The losses that this page knows: the file may be older or newer. */
export function knownRows({ rows }: VerificationFile): VerifiedRow[] {
  return rows.filter(({ preset }) => PRESETS.has(preset))
}

/** In few words: "Softmax + triplet". */
export function shortName(preset: string): string {
  return (PRESETS.find(preset)?.name ?? preset).replace(/ loss$/, '')
}
