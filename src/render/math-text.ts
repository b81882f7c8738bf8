/**
 * Text with symbols for SVG, where KaTeX does not go: the part of TeX that labels need, set in KaTeX's own
 * fonts. The same strings are set by KaTeX in HTML (see rich-html.ts), so that both look alike.
 */

import { recent } from '../geometry/recent'

/** Type of the interface, KaTeX's italics for symbols, or its upright letters for signs and operators. */
export type Face = 'text' | 'math' | 'roman'

/** Letters that are set alike. */
export interface Run {
  readonly text: string
  readonly face: Face
  /** 1 for superscripts, −1 for subscripts. */
  readonly level: -1 | 0 | 1
  /** Space before it, in em. */
  readonly gap: number
}

/** KaTeX's letters are small beside Source Sans: this makes their x-heights equal. */
export const MATH_SIZE = 1.13
/** Size and shift of sub- and superscripts, in em of the text. */
export const SCRIPT_SIZE = 0.72
export const SCRIPT_SHIFT = { down: 0.2, up: 0.38 } as const

export const FACE_FAMILY = { math: 'KaTeX_Math', roman: 'KaTeX_Main' } as const

const GREEK = {
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  delta: 'δ',
  eta: 'η',
  theta: 'θ',
  lambda: 'λ',
  mu: 'μ',
  pi: 'π',
  rho: 'ρ',
  sigma: 'σ',
  phi: 'ϕ',
  psi: 'ψ',
}
const SIGNS = { lVert: '∥', rVert: '∥', Vert: '∥', infty: '∞', circ: '∘', lbrace: '{', rbrace: '}' }
/** Set with space on both sides. */
const RELATIONS = { to: '→', le: '≤', ge: '≥', approx: '≈', pm: '±', cdot: '⋅', times: '×' }
const OPERATORS = ['cos', 'sin', 'min', 'max', 'log', 'exp']
const SPACES = { ',': 0.17, ':': 0.22, ';': 0.28, ' ': 0.25, quad: 1 }

const RELATION_GAP = 0.25
const OPERATOR_GAP = 0.17

const lookUp = <T>(table: Record<string, T>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined

/**
 * Cuts TeX into runs.
 * @throws {RangeError} on a command that labels don't know.
 */
export function parseMath(tex: string): Run[] {
  const tokens = tex.match(/\\[a-zA-Z]+|\\.|\s+|[^\s\\]/gu) ?? []
  const runs: Run[] = []
  let at = 0
  let gap = 0
  const emit = (text: string, face: Face, level: Run['level'], before = 0, after = 0): void => {
    const space = runs.length > 0 ? Math.max(gap, before) : 0
    const last = runs.at(-1)
    if (last?.face === face && last.level === level && space === 0) {
      runs[runs.length - 1] = { ...last, text: last.text + text }
    } else runs.push({ text, face, level, gap: space })
    gap = after
  }
  /** One letter, one command, or a group in braces. */
  const atom = (level: Run['level']): void => {
    const token = tokens[at++]
    if (token === undefined) throw new RangeError(`"${tex}" ends too early`)
    if (token === '{') {
      while (tokens[at] !== '}') atom(level)
      at++
    } else if (token === '_' || token === '^') {
      atom(token === '_' ? -1 : 1)
    } else if (token.startsWith('\\')) {
      command(token.slice(1), level)
    } else if (token === '=' || token === '<' || token === '>' || token === '+') {
      emit(token, 'roman', level, RELATION_GAP, RELATION_GAP)
    } else if (token === '-') {
      emit('−', 'roman', level)
    } else if (!/\s/.test(token)) {
      emit(token, /\p{Letter}/u.test(token) ? 'math' : 'roman', level)
    }
  }
  const command = (name: string, level: Run['level']): void => {
    const greek = lookUp(GREEK, name)
    const sign = lookUp(SIGNS, name)
    const relation = lookUp(RELATIONS, name)
    const space = lookUp(SPACES, name)
    if (greek) emit(greek, 'math', level)
    else if (sign) emit(sign, 'roman', level)
    else if (relation) emit(relation, 'roman', level, RELATION_GAP, RELATION_GAP)
    else if (OPERATORS.includes(name)) emit(name, 'roman', level, OPERATOR_GAP, OPERATOR_GAP)
    else if (space) gap += space
    else throw new RangeError(`labels don't know \\${name} (in "${tex}")`)
  }
  while (at < tokens.length) atom(0)
  return runs
}

/** Symbols are few and come again in each drawing; labels with numbers in them do not. */
const math = recent<readonly Run[]>(512)

/** Cuts text in which TeX stands between dollar signs into runs: "class vector $W_j$". */
export function parseRich(rich: string): readonly Run[] {
  if (!rich.includes('$')) return [{ text: rich, face: 'text', level: 0, gap: 0 }]
  return rich.split('$').flatMap((part, i): readonly Run[] => {
    if (part === '') return []
    if (i % 2 === 0) return [{ text: part, face: 'text', level: 0, gap: 0 }]
    return math(part, () => parseMath(part))
  })
}

/** Text as it would be read: symbols become their letters. */
export function plainText(rich: string): string {
  return parseRich(rich)
    .map(({ text, gap }) => (gap > 0 ? ` ${text}` : text))
    .join('')
}

/** Text as it is spoken: "$\\lVert W_j\\rVert$" is "norm of W j". */
export function spokenText(rich: string): string {
  return rich.replace(/\$([^$]*)\$/g, (_, tex: string) =>
    tex
      .replace(/\\lVert\s*(.*?)\s*\\rVert/g, 'norm of $1')
      .replace(/\(([^)]*)\)/g, ' of $1')
      .replace(/\\([a-zA-Z]+)/g, ' $1 ')
      .replace(/[_^{}]/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  )
}

/** Advance widths in em, as measured in Source Sans 3 and KaTeX's fonts; digits are tabular. */
const WIDTHS: Record<Face, readonly (readonly [RegExp, number])[]> = {
  text: [
    [/[\d\-–+=<>]/, 0.5],
    [/[ ijl.,:;'|!I·]/, 0.25],
    [/[ftr()[\]/°]/, 0.32],
    [/[mMwW%@]/, 0.77],
    [/[A-Z]/, 0.57],
  ],
  math: [
    [/[θltij]/, 0.41],
    [/[mw]/, 0.8],
    [/W/, 0.94],
    [/[A-Zψ]/, 0.7],
  ],
  roman: [
    [/[()]/, 0.39],
    [/[=→≤≥≈+−]/, 0.78],
  ],
}

/** About how wide text will be, in pixels: good for keeping labels apart where nothing can be measured. */
export function richWidth(rich: string, size: number): number {
  let width = 0
  for (const { text, face, level, gap } of parseRich(rich)) {
    let em = gap
    for (const letter of text) em += WIDTHS[face].find(([letters]) => letters.test(letter))?.[1] ?? 0.5
    width += em * (face === 'text' ? 1 : MATH_SIZE) * (level === 0 ? 1 : SCRIPT_SIZE)
  }
  return width * size
}
