import { readFile } from 'node:fs/promises'
import { UsageError } from './arguments'
import { JsonTextError, parseJsonText } from './json-text'

/**
 * The value in a JSON file, with or without a byte order mark.
 * @param prefix what messages begin with
 * @throws {UsageError} for one that can not be read, is not UTF-8, or is not JSON: with line and column of what is
 * wrong
 */
export async function readJsonFile(file: string, prefix = ''): Promise<unknown> {
  const bytes = await readFile(file).catch(() => {
    throw new UsageError(`${prefix}the file ${file} can not be read`)
  })
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw new UsageError(`${prefix}${file} is UTF-16 text: save it as UTF-8`)
  }
  let text: string
  try {
    // The decoder takes a byte order mark away.
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new UsageError(`${prefix}${file} is not UTF-8 text: save it as UTF-8`)
  }
  try {
    return parseJsonText(text)
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error
    throw new UsageError(`${prefix}${file} is not JSON: ${error.message}`)
  }
}
