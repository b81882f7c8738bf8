/** A text that is not JSON; the message says where, by line and column, and what is wrong there. */
export class JsonTextError extends Error {
  override readonly name = 'JsonTextError'

  constructor(text: string, at: number, reason: string) {
    const before = text.slice(0, at).split(/\r\n|\r|\n/)
    super(`line ${before.length}, column ${before.at(-1)!.length + 1}: ${reason}`)
  }
}

/**
 * The value of a JSON text. As JSON.parse, but what is wrong is said, which engines each say differently.
 * @throws {JsonTextError}
 */
export function parseJsonText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw firstError(text)
  }
}

const SPACE = /[ \t\r\n]*/y
const TEXT = String.raw`"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"`
const WORD = String.raw`(?:true|false|null)(?!\w)`
const NUMBER = String.raw`-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])`
/** A value by itself, or else a word, a number as other languages write it, or one character. */
const TOKEN = new RegExp(String.raw`(?<value>${TEXT}|${WORD}|${NUMBER})|[-+]?[\w.]+|.`, 'suy')

/** Names that other languages give to numbers that are not finite. */
const NOT_FINITE = /^[-+]?(nan|inf|infinity)$/i

function firstError(text: string): JsonTextError {
  const open: { readonly bracket: string; readonly at: number }[] = []
  let at = 0
  let wanted: 'value' | 'first value' | 'key' | 'first key' | 'colon' | 'comma' | 'end' = 'value'
  for (;;) {
    SPACE.lastIndex = at
    at += SPACE.exec(text)![0].length
    if (at === text.length) return new JsonTextError(text, at, unfinished(text, open.at(-1)))
    TOKEN.lastIndex = at
    const match = TOKEN.exec(text)!
    const [token] = match
    const value = match.groups?.value
    const top = open.at(-1)
    const after = (): typeof wanted => (open.length > 0 ? 'comma' : 'end')
    if ((token === ']' || token === '}') && top && closes(top.bracket, token, wanted)) {
      open.pop()
      wanted = after()
    } else if (wanted === 'comma' && token === ',') wanted = top!.bracket === '{' ? 'key' : 'value'
    else if (wanted === 'colon' && token === ':') wanted = 'value'
    else if (wanted.endsWith('key') && value?.startsWith('"')) wanted = 'colon'
    else if (wanted.endsWith('value') && (token === '[' || token === '{')) {
      open.push({ bracket: token, at })
      wanted = token === '[' ? 'first value' : 'first key'
    } else if (wanted.endsWith('value') && value !== undefined) wanted = after()
    else return new JsonTextError(text, at, problem(token, wanted))
    at += token.length
  }
}

/** A closing bracket may stand behind a whole entry, and in what is empty. */
function closes(bracket: string, token: string, wanted: string): boolean {
  if (bracket === '[') return token === ']' && (wanted === 'comma' || wanted === 'first value')
  return token === '}' && (wanted === 'comma' || wanted === 'first key')
}

function problem(token: string, wanted: string): string {
  if (wanted.endsWith('value') && NOT_FINITE.test(token)) {
    return `${token} is not a number of JSON, whose numbers are all finite`
  }
  const shown = token.length > 20 ? `${token.slice(0, 20)}…` : token
  if (token === '"') return 'a text that does not end, or has characters that JSON wants escaped'
  if (wanted === 'end') return `"${shown}" comes after the end of the value`
  const missing = {
    value: 'a value',
    'first value': 'a value',
    key: 'a key in double quotes',
    'first key': 'a key in double quotes',
    colon: 'a colon',
    comma: 'a comma or a closing bracket',
  }[wanted]
  return `${missing} should be here, and not "${shown}"`
}

function unfinished(
  text: string,
  open: { readonly bracket: string; readonly at: number } | undefined,
): string {
  if (!open) return 'the text ends without a value'
  const line = text.slice(0, open.at).split(/\r\n|\r|\n/).length
  return `the text ends within the "${open.bracket}" of line ${line}`
}
