import { parseExperiment } from '../engine/config'
import { inStepWith } from './differences'
import { MOST_RUNS, momentOf, parseMoment, type Moment } from './moment'

/** A link carries a whole moment, so that it shows the same elsewhere: JSON in base64url. */
const MOMENT = '#m='
/** Older links carry experiments alone, of one run or of several side by side. */
const ONE = '#run='
const SEVERAL = '#runs='
/** Longer than any experiment; what is longer is not one. */
const MOST_CHARACTERS = 20_000
const MOST_OF_MOMENT = (MOST_RUNS + 1) * MOST_CHARACTERS

/** A link to the page that shows a moment. */
export function linkTo(moment: Moment, page: string): string {
  const bytes = new TextEncoder().encode(JSON.stringify(moment))
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  return page.replace(/#.*$/, '') + MOMENT + text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/**
 * The moment that a link's hash carries; null when it carries none.
 * @throws {Error} saying what is wrong with it.
 */
export function momentFrom(hash: string): Moment | null {
  if (hash.startsWith(MOMENT)) return parseMoment(decode(hash.slice(MOMENT.length), MOST_OF_MOMENT))
  if (hash.startsWith(ONE)) {
    return experimentsAlone([decode(hash.slice(ONE.length), MOST_CHARACTERS)])
  }
  if (!hash.startsWith(SEVERAL)) return null
  const values = decode(hash.slice(SEVERAL.length), MOST_RUNS * MOST_CHARACTERS)
  if (!Array.isArray(values) || values.length === 0) throw new Error('it is not a list of runs')
  if (values.length > MOST_RUNS)
    throw new Error(`it has ${values.length} runs, and ${MOST_RUNS} are the most`)
  return experimentsAlone(values)
}

/** What an older link shows: the runs, and no lab. */
function experimentsAlone(values: readonly unknown[]): Moment {
  const experiments = values.map(parseExperiment)
  const moment = momentOf(...experiments.map((experiment) => inStepWith(experiments[0]!, experiment)))
  return { ...moment, panels: { shown: null }, page: { lab: null } }
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
