import { median, table } from '../bench/results'
import { PRESETS } from '../src/losses/presets'
import type { VerificationOutcome } from './verification-outcome'

/**
 * Accuracy in percent on LFW and YTF, trained on CASIA-WebFace, as table 1 of the paper has it. Its triplet loss is
 * FaceNet's, without softmax.
 */
const PAPER: Readonly<Record<string, { readonly lfw: string; readonly ytf: string }>> = {
  softmax: { lfw: '97.88', ytf: '93.1' },
  'softmax-contrastive': { lfw: '98.78', ytf: '93.5' },
  'softmax-triplet': { lfw: '98.70 (triplet alone)', ytf: '93.4 (triplet alone)' },
  'softmax-center': { lfw: '99.05', ytf: '94.4' },
  'a-softmax': { lfw: '99.42', ytf: '95.0' },
}

const percent = (share: number): string => (100 * share).toFixed(2)

/** Ours beside the paper's: a loss in one row, several seeds as median [least–most]. */
export function verificationTable(outcomes: readonly VerificationOutcome[]): string {
  const presets = [...new Set(outcomes.map(({ preset }) => preset))]
  const { identities, pairs, rates } = outcomes[0]!
  const all = (key: 'steps' | 'seed' | 'machine'): (string | number)[] => [
    ...new Set(outcomes.map((outcome) => outcome[key])),
  ]
  const rows = presets.map((preset) => {
    const runs = outcomes.filter((outcome) => outcome.preset === preset)
    const shown = (value: (run: VerificationOutcome) => number): string => spreadOf(runs.map(value))
    const error = median(runs.map(({ standardError }) => standardError))
    return [
      PRESETS.get(preset)?.name ?? preset,
      `${shown(({ accuracy }) => accuracy)} ± ${percent(error)}`,
      shown(({ equalErrorRate }) => equalErrorRate),
      ...rates.map((_, k) => shown((run) => run.rates[k]!.tar)),
      shown(({ testAccuracy }) => testAccuracy),
      PAPER[preset]?.lfw ?? '',
      PAPER[preset]?.ytf ?? '',
    ]
  })
  const head = [
    'loss',
    'accuracy ± SE',
    'EER',
    ...rates.map(({ far }) => `TAR at FAR ${far}`),
    'test accuracy, seen classes',
    "paper's LFW",
    "paper's YTF",
  ]
  const seeds =
    all('seed').length === 1
      ? `seed ${all('seed').join()}`
      : `seeds ${all('seed').join(', ')}: median [least–most]`
  return [
    `\`npm run verification\`. Trained on the 166 characters of Glyphs, verified on ${identities} others in typefaces ` +
      `that are partly unseen too: ${pairs} pairs of the same and as many of different identities, cosine of features, ` +
      `ten folds without a common identity, the threshold chosen on the other nine (the protocol of LFW). ` +
      `The settings are in \`cli/verification-settings.ts\`; ${all('steps').join(' or ')} steps, ${seeds}, wasm on ` +
      `${all('machine').join(', ')}. All in %; SE is the standard error over the folds.`,
    table(head, rows),
    'The last two columns are not ours: they are table 1 of the paper, accuracy in % on faces (LFW, YTF) of networks ' +
      'trained on CASIA-WebFace, and can be compared with ours in their order only.',
  ].join('\n\n')
}

function spreadOf(shares: readonly number[]): string {
  const middle = percent(median(shares))
  if (shares.length === 1) return middle
  return `${middle} [${percent(Math.min(...shares))}–${percent(Math.max(...shares))}]`
}
