import { table } from '../../bench/results'
import type { Spread } from '../../src/io/table-file'
import type { VerificationFile, VerifiedRow } from '../../src/io/verification-file'
import { PRESETS } from '../../src/losses/preset-registry'
import { inPercent } from '../in-percent'

/** Ours beside the paper's: a loss in one row, several seeds as median [least–most]. */
export function verificationTable({ rows, seeds, machine, identities, pairs }: VerificationFile): string {
  const shown = (spread: Spread): string => spreadText(spread, seeds.length)
  const cells = rows.map((row) => [
    PRESETS.find(row.preset)?.name ?? row.preset,
    `${shown(row.accuracy)} ± ${inPercent(row.standardError)}`,
    shown(row.equalErrorRate),
    ...row.rates.map(({ tar }) => shown(tar)),
    shown(row.testAccuracy),
    paperText(row, 'lfw', 2),
    paperText(row, 'ytf', 1),
  ])
  const head = [
    'loss',
    'accuracy ± SE',
    'EER',
    ...rows[0]!.rates.map(({ far }) => `TAR at FAR ${far}`),
    'test accuracy, seen classes',
    "paper's LFW",
    "paper's YTF",
  ]
  const said = seeds.length === 1 ? `seed ${seeds.join()}` : `seeds ${seeds.join(', ')}: median [least–most]`
  const steps = [...new Set(rows.map((row) => row.steps))].join(' or ')
  return [
    '`npm run verification`. Trained on the 166 characters of Glyphs, ' +
      `verified on ${identities} others in typefaces that are partly unseen too: ` +
      `${pairs} pairs of the same and as many of different identities, cosine of features, ` +
      `ten folds without a common identity, the threshold chosen on the other nine (the protocol of LFW). ` +
      `The settings are in \`cli/verification/settings.ts\`; ${steps} steps, ${said}, wasm on ` +
      `${machine}. All in %; SE is the standard error over the folds.`,
    table(head, cells),
    'The last two columns are not ours: they are table 1 of the paper, accuracy in % on faces (LFW, YTF) of networks ' +
      'trained on CASIA-WebFace, and can be compared with ours in their order only.',
  ].join('\n\n')
}

function spreadText({ median, least, most }: Spread, seeds: number): string {
  return seeds === 1 ? inPercent(median) : `${inPercent(median)} [${inPercent(least)}–${inPercent(most)}]`
}

function paperText({ paper }: VerifiedRow, key: 'lfw' | 'ytf', digits: number): string {
  if (!paper) return ''
  return `${paper[key].toFixed(digits)}${paper.note === undefined ? '' : ` (${paper.note})`}`
}
