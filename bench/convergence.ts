/**
 * Trains each preset in 2-D and 3-D with three seeds through the headless command, and writes the test
 * accuracies at the end of the runs into bench/RESULTS.md: npm run convergence [-- PRESET ...]
 */
import { execFile } from 'node:child_process'
import { availableParallelism, cpus } from 'node:os'
import { promisify } from 'node:util'
import { PRESETS } from '../src/losses/presets'
import { spread, table, writeResults } from './results'

const SEEDS = [1, 2, 3]
const DIMENSIONS = [2, 3]

interface Run {
  readonly preset: string
  readonly dimension: number
  readonly seed: number
}

interface Outcome extends Run {
  readonly steps: number
  readonly testAccuracy: number
  readonly smallestAngleDegrees: number
}

async function train(run: Run): Promise<Outcome> {
  const { preset, dimension, seed } = run
  const config = `cli/configs/${preset}${dimension === 2 ? '' : `-${dimension}d`}.json`
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['cli/run.mjs', 'cli/train.ts', '--config', config, '--seed', String(seed), '--json'],
    { maxBuffer: 2 ** 20 },
  )
  const { steps, testAccuracy, smallestAngleDegrees } = JSON.parse(stdout) as Outcome
  console.log(`${preset} ${dimension}-D seed ${seed}: ${percent(testAccuracy)} %`)
  return { ...run, steps, testAccuracy, smallestAngleDegrees }
}

/** All of `runs`, as many at a time as there are processors. */
async function trainAll(runs: readonly Run[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  const waiting = [...runs]
  const worker = async (): Promise<void> => {
    for (let run = waiting.shift(); run; run = waiting.shift()) outcomes.push(await train(run))
  }
  await Promise.all(Array.from({ length: availableParallelism() }, worker))
  return outcomes
}

const percent = (fraction: number): string => (100 * fraction).toFixed(2)
const degrees = (angle: number): string => `${angle.toFixed(1)}°`

const presets = process.argv.length > 2 ? process.argv.slice(2) : [...PRESETS.keys()]
const outcomes = await trainAll(
  presets.flatMap((preset) =>
    DIMENSIONS.flatMap((dimension) => SEEDS.map((seed) => ({ preset, dimension, seed }))),
  ),
)
const rows = presets.map((preset) => [
  preset,
  ...DIMENSIONS.flatMap((dimension) => {
    const of = outcomes.filter((run) => run.preset === preset && run.dimension === dimension)
    return [
      spread(
        of.map((run) => run.testAccuracy),
        percent,
      ),
      spread(
        of.map((run) => run.smallestAngleDegrees),
        degrees,
      ),
    ]
  }),
])
const steps = [...new Set(outcomes.map((run) => run.steps))].join(', ')
const head = ['preset', ...DIMENSIONS.flatMap((d) => [`${d}-D, test accuracy %`, 'smallest angle'])]
const text = [
  '`npm run convergence`: each preset as it ships (`cli/configs/`), Compact, 8,000 digits to train on and 2,000',
  `held out, ${steps} steps (20 epochs of batches of 64), backend wasm on ${cpus()[0]!.model.trim()}, seeds`,
  `${SEEDS.join(', ')}: median [least–most] of the accuracy on the held-out digits at the end of the run, and of the`,
  'smallest angle between two class vectors.',
].join('\n')
writeResults('convergence', `${text}\n\n${table(head, rows)}`)
