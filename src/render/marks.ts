import { FACE_FAMILY, MATH_SIZE, parseRich, SCRIPT_SHIFT, SCRIPT_SIZE, type Run } from './math-text'
import type { Theme } from './theme'

/**
 * Drawings as data. A figure is a list of marks, computed without a page: the page shows it (svg-canvas.ts),
 * a file keeps it and a test compares it (svg-string.ts), and all three see the same.
 */
export interface Mark {
  readonly tag: 'g' | 'line' | 'path' | 'rect' | 'circle' | 'text' | 'tspan'
  /** Tells it from its siblings, so that it stays the same element from one drawing to the next. */
  readonly key: string | null
  readonly attributes: Attributes
  readonly children: readonly Mark[]
  readonly text: string | null
}

/** SVG attributes; what is undefined is left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>

export function mark(
  tag: Mark['tag'],
  attributes: Attributes,
  content: readonly Mark[] | string = [],
  key: string | null = null,
): Mark {
  return typeof content === 'string'
    ? { tag, key, attributes, children: [], text: content }
    : { tag, key, attributes, children: content, text: null }
}

/** Marks that belong together, under a key of their own. */
export function group(key: string, children: readonly Mark[], attributes: Attributes = {}): Mark {
  return mark('g', attributes, children, key)
}

/** An attribute as it is written: hundredths of a pixel are more than enough. */
export function attributeText(value: string | number): string {
  return typeof value === 'string' ? value : String(Math.round(value * 100) / 100)
}

/** Builds the `d` of a path, in tenths of a pixel. */
export class PathText {
  private text = ''

  /** Whether nothing was drawn. */
  get empty(): boolean {
    return this.text === ''
  }

  moveTo(x: number, y: number): this {
    this.text += `M${tenths(x)} ${tenths(y)}`
    return this
  }

  lineTo(x: number, y: number): this {
    this.text += `L${tenths(x)} ${tenths(y)}`
    return this
  }

  close(): this {
    this.text += 'Z'
    return this
  }

  toString(): string {
    return this.text
  }
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10
}

export interface LabelStyle {
  readonly anchor?: 'start' | 'middle' | 'end'
  readonly colour?: string
  /** Pixels; the theme's small type otherwise. */
  readonly size?: number
  readonly weight?: number
  /** Keeps it legible over lines: an edge in the colour of the paper. */
  readonly halo?: boolean
  readonly opacity?: number
  readonly key?: string
}

/** The size of type in figures, in pixels: the smallest of the scale. */
export function smallType({ rem }: Theme): number {
  return 0.75 * rem
}

/** Text with symbols (see parseRich) whose baseline is at (x, y). */
export function label(theme: Theme, rich: string, x: number, y: number, style: LabelStyle = {}): Mark {
  const size = style.size ?? smallType(theme)
  const runs = parseRich(rich)
  const attributes: Attributes = {
    x,
    y,
    fill: style.colour ?? theme.ink2,
    'font-size': size,
    'text-anchor': style.anchor === 'start' ? undefined : style.anchor,
    'font-weight': style.weight,
    opacity: style.opacity,
    ...(style.halo
      ? {
          stroke: theme.paper,
          'stroke-width': 0.3 * size,
          'stroke-linejoin': 'round',
          'paint-order': 'stroke',
        }
      : {}),
  }
  const key = style.key ?? null
  if (runs.length === 1 && runs[0]!.face === 'text') return mark('text', attributes, runs[0]!.text, key)
  return mark('text', attributes, spans(runs, size), key)
}

function spans(runs: readonly Run[], size: number): Mark[] {
  let raised = 0
  return runs.map(({ text, face, level, gap }) => {
    const shift = level === 0 ? 0 : level < 0 ? SCRIPT_SHIFT.down : -SCRIPT_SHIFT.up
    const dy = (shift - raised) * size
    raised = shift
    const scale = (face === 'text' ? 1 : MATH_SIZE) * (level === 0 ? 1 : SCRIPT_SIZE)
    return mark(
      'tspan',
      {
        dx: gap === 0 ? undefined : gap * size,
        dy: dy === 0 ? undefined : dy,
        'font-size': scale === 1 ? undefined : size * scale,
        'font-family': face === 'text' ? undefined : FACE_FAMILY[face],
        'font-style': face === 'math' ? 'italic' : undefined,
        'font-weight': face === 'text' ? undefined : 'normal',
      },
      text,
    )
  })
}
