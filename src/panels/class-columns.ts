import { axisDrop, type Plot, type Scale } from '../render/axes'
import { group, label, smallType, type Mark } from '../render/marks'
import { richWidth } from '../render/math-text'
import { classInk, type Theme } from '../render/theme'
import type { RunView } from '../session/run-view'
import type { ViewSettings } from '../session/state'
import { classGlyph, classOpacity } from './common'

/** A column for each class that is shown. */
export interface ClassColumns {
  readonly classes: readonly number[]
  /** Pixels from one column to the next. */
  readonly step: number
  /** The middle of the column at a place in `classes`. */
  readonly x: Scale
  /** The place in `classes` whose column is nearest. */
  nearest(x: number): number
}

/** Columns of equal width for classes, from the left to the right of a plot. */
export function classColumns(
  classes: readonly number[],
  { left, right }: Pick<Plot, 'left' | 'right'>,
): ClassColumns {
  const step = (right - left) / Math.max(1, classes.length)
  return {
    classes,
    step,
    x: (place) => left + (place + 0.5) * step,
    nearest: (x) => Math.max(0, Math.min(classes.length - 1, Math.floor((x - left) / step))),
  }
}

/** Glyphs of the classes at `y` of their place, as many as fit side by side. */
export function classLabels(
  theme: Theme,
  { classes, step, x }: ClassColumns,
  run: RunView,
  view: ViewSettings,
  y: Scale,
): Mark {
  const size = smallType(theme)
  const glyphs = classes.map((j) => classGlyph(run.classes[j]!))
  const widest = Math.max(0, ...glyphs.map((glyph) => richWidth(glyph, size)))
  const stride = Math.max(1, Math.ceil((widest + 3) / step))
  return group(
    'class labels',
    classes.flatMap((j, place) =>
      place % stride === 0
        ? [
            label(theme, glyphs[place]!, x(place), y(place), {
              anchor: 'middle',
              weight: 600,
              colour: classInk(theme, j, run.classes.length),
              opacity: classOpacity(view, j),
              key: `class ${j}`,
            }),
          ]
        : [],
    ),
  )
}

/** The baseline of glyphs below the data. */
export function glyphLine(theme: Theme, { bottom }: Plot): number {
  return bottom + axisDrop(theme)
}
