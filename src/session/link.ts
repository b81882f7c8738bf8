import { parseExperiment, type Experiment } from '../engine/config'
import { inStepWith } from './differences'

/**
 * A link carries whole experiments, so that it gives the same runs elsewhere: JSON in base64url, `#run=…` of one and
 * `#runs=…` of a list.
 */
const ONE = '#run='
const SEVERAL = '#runs='
/** Longer than any experiment; what is longer is not one. */
const MOST_CHARACTERS = 20_000
/** How many runs there can be side by side. */
export const MOST_RUNS = 4

/** A link to the page that opens these experiments, side by side where there are several. */
export function linkTo(runs: Experiment | readonly Experiment[], page: string): string {
  const experiments = [runs].flat()
  const [prefix, value] = experiments.length === 1 ? [ONE, experiments[0]] : [SEVERAL, experiments]
  const bytes = new TextEncoder().encode(JSON.stringify(value))
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  return page.replace(/#.*$/, '') + prefix + text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/**
 * The experiments that a link's hash carries; null when it carries none. All have the images and batches of the first.
 * @throws {Error} saying what is wrong with it.
 */
export function experimentsFrom(hash: string): readonly Experiment[] | null {
  if (hash.startsWith(ONE)) return [parseExperiment(decode(hash.slice(ONE.length), MOST_CHARACTERS))]
  if (!hash.startsWith(SEVERAL)) return null
  const value = decode(hash.slice(SEVERAL.length), MOST_RUNS * MOST_CHARACTERS)
  if (!Array.isArray(value) || value.length === 0) throw new Error('it is not a list of runs')
  if (value.length > MOST_RUNS) throw new Error(`it has ${value.length} runs, and ${MOST_RUNS} are the most`)
  const experiments = value.map(parseExperiment)
  return experiments.map((experiment) => inStepWith(experiments[0]!, experiment))
}

function decode(text: string, most: number): unknown {
  if (text.length > most) throw new Error('it is too long')
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0))
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    throw new Error('it is damaged', { cause })
  }
}

const LAB_PREFIX = '#lab='

/** A link to the page that opens a lab. */
export function linkToLab(id: string, page: string): string {
  return page.replace(/#.*$/, '') + LAB_PREFIX + encodeURIComponent(id)
}

/** The id of the lab that a link's hash names, whether there is such a lab or not; null when it names none. */
export function labFrom(hash: string): string | null {
  if (!hash.startsWith(LAB_PREFIX)) return null
  const text = hash.slice(LAB_PREFIX.length, LAB_PREFIX.length + 100)
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
