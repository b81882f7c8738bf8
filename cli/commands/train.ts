import { ConfigError, parseExperiment, type Experiment } from '../../src/engine/config'
import { evaluateAccuracy } from '../../src/engine/evaluate'
import { MOST_SEED } from '../../src/engine/limits'
import { trainRun } from '../../src/engine/train-run'
import { smallestAngle } from '../../src/geometry/measure'
import { readFlags, UsageError, wholeNumber } from '../arguments'
import { nodeAssets } from '../node-assets'
import { readJsonFile } from '../json-file'
import { ProgressBar } from '../progress'
import { inPercent } from '../in-percent'

interface Options {
  readonly experiment: Experiment
  readonly steps: number | null
  readonly backend: 'wasm' | 'cpu'
  readonly json: boolean
}

async function readOptions(args: readonly string[]): Promise<Options> {
  const {
    config,
    steps,
    seed,
    backend = 'wasm',
    json = false,
  } = readFlags(
    {
      config: { type: 'string' },
      steps: { type: 'string' },
      seed: { type: 'string' },
      backend: { type: 'string' },
      json: { type: 'boolean' },
    },
    [...args],
  )
  if (config === undefined)
    throw new UsageError('--config: which file? It holds an experiment as JSON, and {} is one')
  if (backend !== 'wasm' && backend !== 'cpu') {
    throw new UsageError(`--backend: "${backend}" is neither wasm nor cpu`)
  }
  const experiment = await readExperiment(config)
  return {
    experiment:
      seed === undefined ? experiment : { ...experiment, seed: wholeNumber('seed', seed, 0, MOST_SEED) },
    steps: steps === undefined ? null : wholeNumber('steps', steps, 1),
    backend,
    json,
  }
}

async function readExperiment(file: string): Promise<Experiment> {
  const value = await readJsonFile(file, '--config: ')
  try {
    return parseExperiment(value)
  } catch (error) {
    if (error instanceof ConfigError) throw new UsageError(`${file}: ${error.message}`)
    throw error
  }
}

/**
 * Trains without a page, and prints what came of it: --config FILE [--steps N] [--seed S] [--backend wasm|cpu] [--json]
 * @throws {UsageError} naming the flag that is wrong
 */
export async function trainCommand(args: readonly string[]): Promise<void> {
  const { experiment, steps, backend, json } = await readOptions(args)
  const bar = new ProgressBar(json ? null : process.stderr)
  const run = await trainRun(experiment, {
    backend,
    assets: nodeAssets,
    steps,
    onProgress: (fraction, { step, epochs }, loss) => {
      bar.show(fraction, `step ${step}  epoch ${epochs.toFixed(1)}  loss ${loss.toFixed(3)}`)
    },
  })
  bar.end()
  const { trainer, data, weights, bias, seconds, loss } = run
  const accuracy = await evaluateAccuracy(trainer, data, weights, bias)
  const result = {
    config: experiment,
    backend,
    steps: trainer.step,
    seconds,
    msPerStep: (1000 * seconds) / trainer.step,
    loss,
    trainAccuracy: accuracy.train,
    testAccuracy: accuracy.test,
    smallestAngleDegrees:
      (180 / Math.PI) * smallestAngle(weights, trainer.layout.dimension, trainer.layout.subCenters),
  }
  process.stdout.write(json ? `${JSON.stringify(result)}\n` : summary(result))
}

function summary(r: {
  steps: number
  seconds: number
  msPerStep: number
  loss: number
  trainAccuracy: number
  testAccuracy: number
  smallestAngleDegrees: number
}): string {
  return [
    `steps            ${r.steps} in ${r.seconds.toFixed(1)} s, ${r.msPerStep.toFixed(2)} ms each`,
    `loss             ${r.loss.toFixed(4)}`,
    `train accuracy   ${inPercent(r.trainAccuracy)} %`,
    `test accuracy    ${inPercent(r.testAccuracy)} %`,
    `smallest angle   ${r.smallestAngleDegrees.toFixed(1)}° between vectors of two classes`,
    '',
  ].join('\n')
}
