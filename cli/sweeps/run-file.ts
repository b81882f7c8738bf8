import { createHash } from 'node:crypto'
import { parseExperiment, type Experiment } from '../../src/engine/config'
import { isRecord } from '../../src/io/is-record'

/**
 * Raise it when the same configuration trains to other numbers, also because what a setting is by default has
 * changed: then all runs of all sweeps are trained anew.
 */
const TRAINING_VERSION = 1

/**
 * The file of a run, the same for the same experiment and length. Settings that are what they are by default have no
 * part in it, so that with a new one runs need not be trained anew.
 * @param steps null is to the end of the plan
 */
export function runFile(
  { name, version }: { readonly name: string; readonly version: number },
  experiment: Experiment,
  steps: number | null,
): string {
  const settings = differing(experiment, USUAL) ?? {}
  const key = JSON.stringify([TRAINING_VERSION, name, version, settings, steps])
  return `${createHash('sha256').update(key).digest('hex').slice(0, 16)}.json`
}

const USUAL = parseExperiment({})

/** What of a value is not as in `usual`, with keys in alphabetical order; undefined where nothing differs. */
function differing(value: unknown, usual: unknown): unknown {
  if (!isRecord(value)) return JSON.stringify(value) === JSON.stringify(usual) ? undefined : value
  const known = isRecord(usual) ? usual : {}
  const entries = Object.keys(value)
    .sort()
    .map((key) => [key, differing(value[key], known[key])] as const)
    .filter(([, own]) => own !== undefined)
  // An object that is there, though all in it is usual, is not the same as none.
  return entries.length === 0 && isRecord(usual) ? undefined : Object.fromEntries(entries)
}
