import type { Extremes } from '../../geometry/curve'
import { spreadAlong } from '../../geometry/labels'
import type { Scale } from '../../render/axes'
import { percent } from '../../render/format'
import { group, label, mark, PathText, smallType, type Mark } from '../../render/marks'
import { richWidth } from '../../render/math-text'
import { stripLine, type Plane } from '../common'
import type { ChangeGroup } from './change-marks'

/** A line through the columns that have a value, from where it first comes up to `floor`. */
export function through(values: Float32Array, left: number, y: Scale, floor = -Infinity): string {
  const d = new PathText()
  let below: number | null = null
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (Number.isNaN(value)) continue
    if (d.empty && value < floor) {
      below = i
      continue
    }
    if (d.empty && below !== null) d.moveTo(left + below + 1, y(values[below]!))
    d[d.empty ? 'moveTo' : 'lineTo'](left + i + 1, y(value))
  }
  return d.toString()
}

/** A line through both extremes of each column: every spike of a long run. */
export function band({ low, high }: Extremes, left: number, y: Scale): string {
  const d = new PathText()
  for (let i = 0; i < low.length; i++) {
    if (Number.isNaN(low[i]!)) continue
    const from = y(low[i]!)
    const to = y(high[i]!)
    d[d.empty ? 'moveTo' : 'lineTo'](left + i + 1, from)
    if (to !== from) d.lineTo(left + i + 1, to)
  }
  return d.toString()
}

/**
 * Where something changed, and what, where there is room: first what the user did, the latest first.
 * @param right how far names may reach.
 */
export function changeLines({ theme, plot, x }: Plane, changes: readonly ChangeGroup[], right: number): Mark {
  const size = smallType(theme)
  const taken: [number, number][] = []
  const named = [
    ...changes.filter(({ yours }) => yours).toReversed(),
    ...changes.filter(({ yours }) => !yours),
  ]
  return group(
    'changes',
    named.flatMap(({ step, text, yours }) => {
      const px = x(step)
      const key = `${yours ? 'change' : 'schedule'} ${step} ${text}`
      const line = { x1: px, y1: plot.top - 4, x2: px, y2: plot.bottom }
      const look = yours
        ? { stroke: theme.accentLine, 'stroke-width': theme.line }
        : { stroke: theme.ink3, 'stroke-width': 0.75 * theme.line, 'stroke-dasharray': '1 3' }
      const marks = [mark('line', { ...line, ...look }, [], `line ${key}`)]
      const from = px + 3
      const to = px + 8 + richWidth(text, size)
      if (to > right || taken.some(([start, end]) => from < end && start < to)) return marks
      taken.push([px, to])
      const colour = yours ? theme.accent : theme.ink3
      return [...marks, label(theme, text, from, stripLine(theme, plot), { colour, key })]
    }),
  )
}

/** The values that lines have reached, and the accuracies' axis as far as they leave room for it. */
export function ends(
  { theme, plot }: Plane,
  accuracy: Scale,
  floor: number,
  lines: readonly { readonly name: string; readonly at: number; readonly text: string }[],
): Mark {
  const size = smallType(theme)
  const places = spreadAlong(
    lines.map(({ at }) => at),
    1.1 * size,
    plot.top,
    plot.bottom - 2,
  )
  const marks = lines.flatMap(({ name, at, text }, i): Mark[] => {
    const emphasis = name === 'loss' ? { colour: theme.ink, weight: 600 } : { colour: theme.ink }
    return [
      mark(
        'line',
        {
          x1: plot.right + 1,
          y1: at,
          x2: plot.right + 7,
          y2: places[i]!,
          stroke: theme.ink3,
          'stroke-width': 0.75 * theme.line,
        },
        [],
        `leader ${name}`,
      ),
      label(theme, `${name} ${text}`, plot.right + 10, places[i]! + 0.34 * size, { ...emphasis, key: name }),
    ]
  })
  for (const value of [floor, 1]) {
    const y = accuracy(value)
    if (places.some((place) => Math.abs(place - y) < 1.1 * size)) continue
    const text = percent(value, 0)
    marks.push(
      label(theme, text, plot.right + 10, y + 0.34 * size, { colour: theme.ink3, key: `tick ${value}` }),
    )
  }
  return group('ends', marks)
}
