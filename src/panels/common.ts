import type { Plot, Scale } from '../render/axes'
import { mark, smallType, type Mark } from '../render/marks'
import type { Theme } from '../render/theme'
import type { RunView } from '../session/run-view'
import type { ViewSettings } from '../session/state'
import type { Empty, PanelContext } from './panel'

/** Symbols, in TeX. */
export const TEX = {
  psi: String.raw`$\psi(\theta)$`,
  cos: String.raw`$\cos\theta$`,
  theta: String.raw`$\theta$`,
  ownAngle: String.raw`$\theta_y$`,
  otherAngle: String.raw`$\theta_j$`,
  classNorm: String.raw`$\lVert W_j\rVert$`,
  unitWeights: String.raw`$\lVert W_j\rVert = 1$`,
  featureNorm: String.raw`$\lVert x\rVert$`,
  unitFeatures: String.raw`$\lVert x\rVert = 1$`,
  count: '$n_j$',
  bias: '$b_j$',
  r: '$r$',
} as const

/** What a panel says before there is a first frame. */
export function waiting({ session }: PanelContext): Empty {
  const { status } = session
  if (status.kind === 'failed') return { empty: status.message, small: false }
  return { empty: 'The figure comes with the first look at the images.', small: false }
}

/** Space around the data, in pixels: beside axes on the left and below, and a strip for names above. */
export function plotArea(
  { width, height, theme }: Pick<PanelContext, 'width' | 'height' | 'theme'>,
  { left = 32, right = 10, top = 22, bottom = 20 },
): Plot {
  const u = theme.rem / 16
  return {
    left: Math.round(left * u),
    right: Math.round(width - right * u),
    top: Math.round(top * u),
    bottom: Math.round(height - bottom * u),
  }
}

/** The baseline of type in the strip above the data. */
export function stripLine(theme: Theme, { top }: Plot): number {
  return top - 0.85 * smallType(theme)
}

/** Indices of the classes that are not hidden. */
export function shownClasses(run: RunView, { hiddenClasses }: ViewSettings): number[] {
  return run.classes.map((_, j) => j).filter((j) => !hiddenClasses.includes(j))
}

/** Classes beside the one that is singled out stand back. */
export function classOpacity({ focusedClass }: ViewSettings, j: number): number {
  return focusedClass === null || focusedClass === j ? 1 : 0.4
}

/** What fits on a point: the name of a class if it is short, else how it begins. */
export function classGlyph(name: string): string {
  return name.length <= 3 ? name : `${name.slice(0, 2)}.`
}

/** How a class is called in a sentence. */
export function className(run: RunView, j: number): string {
  return `class ${run.classes[j] ?? j}`
}

/** Where the readout is: a vertical line through the data. */
export function crosshair(theme: Theme, x: number, { top, bottom }: Plot): Mark {
  return mark('line', {
    x1: x,
    y1: top,
    x2: x,
    y2: bottom,
    stroke: theme.ink2,
    'stroke-width': 0.75 * theme.line,
  })
}

/** A point with a rim in the colour of the paper; its radius is in pixels at the usual weight of lines. */
export function dot(theme: Theme, x: number, y: number, colour: string, radius = 3): Mark {
  return mark('circle', {
    cx: x,
    cy: y,
    r: radius * Math.sqrt(theme.line),
    fill: colour,
    stroke: theme.paper,
    'stroke-width': theme.line,
  })
}

/** A drawing's plane: where its data are and how they map to pixels. */
export interface Plane {
  readonly theme: Theme
  readonly plot: Plot
  readonly x: Scale
  readonly y: Scale
}

/** Maps [low, high] to [from, to]. */
export function linear(low: number, high: number, from: number, to: number): Scale {
  const perUnit = (to - from) / (high - low)
  return (value) => from + (value - low) * perUnit
}
