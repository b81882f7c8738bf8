/** A file from outside that can't be used. The message is one sentence: what is wrong, and what to do. */
export class ImportError extends Error {
  override readonly name = 'ImportError'

  /**
   * @param problem what is wrong with which file, without full stop
   * @param remedy what to do, without full stop
   */
  constructor(
    readonly problem: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(`${problem}: ${remedy}.`, options)
  }
}

/** A file that the user chose. */
export interface SourceFile {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** A number as people write it: 60,000. */
export const count = (n: number): string => n.toLocaleString('en')

/** "1 image", "60,000 images" */
export const plural = (n: number, one: string, many = `${one}s`): string =>
  `${count(n)} ${n === 1 ? one : many}`

/** A part of a foreign file in quotes, short enough for a sentence and without control characters. */
export function quote(text: string): string {
  // eslint-disable-next-line no-control-regex -- they are what must not reach the page
  const clean = text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, ' ')
  return `"${clean.length > 40 ? `${clean.slice(0, 39)}…` : clean}"`
}
