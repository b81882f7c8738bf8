import { group, label, mark, smallType, type Mark } from './marks'
import type { Theme } from './theme'

/** Where a figure's data are drawn, in pixels. */
export interface Plot {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Maps data to pixels. */
export type Scale = (value: number) => number

export interface Ticks {
  readonly values: readonly number[]
  readonly format: (value: number) => string
}

export function hairline(theme: Theme, x1: number, y1: number, x2: number, y2: number): Mark {
  return mark('line', { x1, y1, x2, y2, stroke: theme.hairline, 'stroke-width': theme.line })
}

/** A line of an axis, which is a little stronger than that of a grid. */
export function axisLine(theme: Theme, x1: number, y1: number, x2: number, y2: number): Mark {
  return mark('line', {
    x1,
    y1,
    x2,
    y2,
    stroke: theme.ink3,
    'stroke-width': 0.75 * theme.line,
    'stroke-opacity': 0.7,
  })
}

/** Pixels below the line of an axis at which its type stands. */
export function axisDrop(theme: Theme): number {
  return 4 + smallType(theme)
}

/**
 * An axis along the bottom of the frame.
 * @param name at its right end, or in the row of its numbers if it is a word.
 */
export function axisBottom(
  theme: Theme,
  { left, right, bottom }: Plot,
  x: Scale,
  { values, format }: Ticks,
  name = '',
): Mark {
  const style = { colour: theme.ink3, anchor: 'middle' } as const
  const y = bottom + axisDrop(theme)
  // Numbers are centred on their ticks, and the last one may reach beyond the frame.
  const ends = values.map((value) => x(value) + 0.28 * smallType(theme) * format(value).length)
  const numbersEnd = Math.max(right, ...ends)
  const place = name.startsWith('$') ? { x: right + 6, y: bottom + 4 } : { x: numbersEnd + 6, y }
  return group('x axis', [
    axisLine(theme, left, bottom, right, bottom),
    ...values.map((value) => axisLine(theme, x(value), bottom, x(value), bottom + 3)),
    ...values.map((value) => label(theme, format(value), x(value), y, style)),
    ...(name === '' ? [] : [label(theme, name, place.x, place.y, { colour: theme.ink2 })]),
  ])
}

/** Hairlines across the frame with their values at the left, and the axis's name above them. */
export function axisLeft(
  theme: Theme,
  { left, right, top }: Plot,
  y: Scale,
  { values, format }: Ticks,
  name = '',
): Mark {
  const size = smallType(theme)
  return group('y axis', [
    ...values.map((value) => hairline(theme, left, y(value), right, y(value))),
    ...values.map((value) =>
      label(theme, format(value), left - 5, y(value) + 0.34 * size, { colour: theme.ink3, anchor: 'end' }),
    ),
    ...(name === '' ? [] : [label(theme, name, left - 5, top - 0.85 * size, { anchor: 'end' })]),
  ])
}
