import { parseExperiment, type Experiment } from '../engine/config'

/** A link carries the whole experiment, so that it gives the same run elsewhere: `#run=…`, JSON in base64url. */
const PREFIX = '#run='
/** Longer than any experiment; what is longer is not one. */
const MOST_CHARACTERS = 20_000

/** A link to the page that opens this experiment. */
export function linkTo(experiment: Experiment, page: string): string {
  const bytes = new TextEncoder().encode(JSON.stringify(experiment))
  const text = btoa(String.fromCharCode(...bytes))
  return page.replace(/#.*$/, '') + PREFIX + text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/**
 * The experiment that a link's hash carries; null when it carries none.
 * @throws {Error} saying what is wrong with it.
 */
export function experimentFrom(hash: string): Experiment | null {
  if (!hash.startsWith(PREFIX)) return null
  const text = hash.slice(PREFIX.length)
  if (text.length > MOST_CHARACTERS) throw new Error('it is too long')
  let value: unknown
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0))
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    throw new Error('it is damaged', { cause })
  }
  return parseExperiment(value)
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
