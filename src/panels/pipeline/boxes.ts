import type { Plot } from '../../render/axes'
import { group, label, mark, smallType, type Mark } from '../../render/marks'
import { richWidth } from '../../render/math-text'
import type { Theme } from '../../render/theme'

/** A step of the pipeline: a title, what is drawn under it, and a line below. */
export interface Box {
  readonly key: string
  /** In many words and in few: the first that fits. */
  readonly titles: readonly [string, ...string[]]
  /** Of the width of its row, beside 1. */
  readonly share: number
  readonly foot?: string
  /** What reading it says. */
  readonly lines: readonly string[]
  draw(area: Plot): readonly Mark[]
}

/** Where a box has come to lie. */
export interface Placed {
  readonly box: Box
  readonly area: Plot
}

/** Space between two boxes, for the arrow; in rem. */
const GAP = 1.9

/** Boxes one after another, in rows of equal height; an arrow leads to each from the one before. */
export function placeBoxes(theme: Theme, area: Plot, rows: readonly (readonly Box[])[]): Placed[] {
  const gap = GAP * theme.rem
  const between = 0.9 * theme.rem
  const height = (area.bottom - area.top - between * (rows.length - 1)) / rows.length
  return rows.flatMap((boxes, row) => {
    const shares = boxes.reduce((sum, { share }) => sum + share, 0)
    const room = area.right - area.left - gap * (boxes.length - (row === 0 ? 1 : 0))
    const top = Math.round(area.top + row * (height + between))
    let left = area.left + (row === 0 ? 0 : gap)
    return boxes.map((box) => {
      const width = (room * box.share) / shares
      const placed = { left: Math.round(left), right: Math.round(left + width), top }
      left += width + gap
      return { box, area: { ...placed, bottom: Math.round(top + height) } }
    })
  })
}

/** A box with its title and line; without an arrow where it is the first. */
export function boxMarks(theme: Theme, { box, area }: Placed, first: boolean): Mark {
  const size = smallType(theme)
  const inner = {
    ...area,
    top: Math.round(area.top + 1.6 * size),
    bottom: Math.round(area.bottom - (box.foot === undefined ? 0 : 1.6 * size)),
  }
  return group(box.key, [
    label(
      theme,
      fitting(box.titles, size, area.right - area.left + 0.8 * theme.rem),
      area.left,
      area.top + 0.85 * size,
      { key: 'title' },
    ),
    ...(first ? [] : [arrow(theme, area.left, (inner.top + inner.bottom) / 2)]),
    group('content', box.draw(inner)),
    ...(box.foot === undefined
      ? []
      : [
          label(theme, box.foot, area.left, area.bottom - 0.25 * size, {
            key: 'foot',
            colour: theme.ink,
          }),
        ]),
  ])
}

/** The first text that is no wider than `room`, else the last. */
export function fitting(texts: readonly [string, ...string[]], size: number, room: number): string {
  return texts.find((text) => richWidth(text, size) <= room) ?? texts[texts.length - 1]!
}

/** An arrow that ends before a box. */
function arrow(theme: Theme, left: number, y: number): Mark {
  const from = left - (GAP - 0.35) * theme.rem
  const to = left - 0.45 * theme.rem
  const tip = 0.28 * theme.rem
  return mark(
    'path',
    {
      d: `M${from} ${y}H${to}M${to - tip} ${y - tip}L${to} ${y}L${to - tip} ${y + tip}`,
      fill: 'none',
      stroke: theme.ink3,
      'stroke-width': 1.25 * theme.line,
    },
    [],
    'arrow',
  )
}
