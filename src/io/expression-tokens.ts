/** A part of an expression's text, with its place. */
export interface Token {
  readonly kind: 'number' | 'name' | 'mark' | 'other'
  readonly text: string
  readonly start: number
}

const PATTERN =
  /[ \t\r\n]+|(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|([A-Za-zθπ][A-Za-z0-9_]*)|([-+*/^(),])|(.)/gsu

/** The parts of a text, without the space between; 'other' is what no expression has. */
export function tokenize(text: string): Token[] {
  return [...text.matchAll(PATTERN)].flatMap(([all, number, name, mark, other], i, matches): Token[] => {
    const start = matches[i]!.index
    if (number !== undefined) return [{ kind: 'number', text: all, start }]
    if (name !== undefined) return [{ kind: 'name', text: all, start }]
    if (mark !== undefined) return [{ kind: 'mark', text: all, start }]
    return other === undefined ? [] : [{ kind: 'other', text: all, start }]
  })
}
