import { isRecord } from '../io/is-record'

/** Keys of a configuration that were called otherwise, by what they are called now. */
const RENAMED: ReadonlyMap<string, string> = new Map([['auxiliaries', 'terms']])

/**
 * A configuration of an earlier version, in a link, a recording or a file, with the names that its settings have now.
 * What is no configuration stays as it is.
 */
export function withPresentNames(value: unknown): unknown {
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, setting]) => {
      const name = RENAMED.get(key) ?? key
      // One that has both names is not of an earlier version: the check says what is wrong with it.
      return name in value ? [key, setting] : [name, setting]
    }),
  )
}
