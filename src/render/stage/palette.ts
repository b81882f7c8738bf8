import { rgb } from 'd3'
import { classColour, type Theme } from '../theme'

export type Rgb = readonly [number, number, number]

/** The theme as numbers from 0 to 1, and the strengths of tints that suit it. */
export interface Palette {
  readonly theme: Theme
  readonly paper: Rgb
  readonly ink: Rgb
  readonly ink2: Rgb
  readonly ink3: Rgb
  readonly hairline: Rgb
  readonly accent: Rgb
  /** Of each class. */
  readonly classes: readonly Rgb[]
  readonly classText: readonly string[]
  /** How strongly a class tints the region where it wins, and the region that its margin demands. */
  readonly tint: number
  readonly wedge: number
  /** Opacity of points. */
  readonly point: number
}

/** @param classCount how many classes there are to colour */
export function paletteOf(theme: Theme, classCount: number): Palette {
  const classText = Array.from({ length: classCount }, (_, j) => classColour(theme, j, classCount))
  return {
    theme,
    paper: toRgb(theme.paper),
    ink: toRgb(theme.ink),
    ink2: toRgb(theme.ink2),
    ink3: toRgb(theme.ink3),
    hairline: toRgb(theme.hairline),
    accent: toRgb(theme.accentLine),
    classes: classText.map(toRgb),
    classText,
    tint: theme.dark ? 0.12 : 0.09,
    wedge: theme.dark ? 0.27 : 0.24,
    point: theme.dark ? 0.85 : 0.78,
  }
}

function toRgb(colour: string): Rgb {
  const { r, g, b } = rgb(colour)
  return Number.isNaN(r) ? [0.5, 0.5, 0.5] : [r / 255, g / 255, b / 255]
}
