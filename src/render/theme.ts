import { interpolateRgb, rgb } from 'd3'

/** What everything is drawn with: the tokens of ui/tokens.css as values. */
export interface Theme {
  readonly paper: string
  readonly paperRaised: string
  readonly ink: string
  /** Text of second rank. */
  readonly ink2: string
  /** Text of third rank, and axes. */
  readonly ink3: string
  readonly hairline: string
  /** Text that is live, or the user's. */
  readonly accent: string
  /** Lines that are live, or the user's. */
  readonly accentLine: string
  readonly classes: readonly string[]
  /** The same for type, which needs more contrast than marks do. */
  readonly classInks: readonly string[]
  /** Width of a thin line, in pixels; projectors need more. */
  readonly line: number
  /** One rem in pixels. */
  readonly rem: number
  /** Families of the interface's type, as in CSS. */
  readonly font: string
  readonly dark: boolean
}

/** How many class colours there are. */
const CLASS_COLOURS = 10

/** Reads the theme as it is now from the page's root. */
export function readTheme(root: Element = document.documentElement): Theme {
  const style = getComputedStyle(root)
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim()
  const classes = Array.from({ length: CLASS_COLOURS }, (_, j) => token(`class-${j}`))
  const paper = token('paper')
  const ink = token('ink')
  return {
    paper,
    paperRaised: token('paper-raised'),
    ink,
    ink2: token('ink-2'),
    ink3: token('ink-3'),
    hairline: token('hairline'),
    accent: token('accent'),
    accentLine: token('accent-line'),
    classes,
    classInks: classes.map((colour) => legible(colour, paper, ink)),
    line: Number(token('line')) || 1,
    rem: Number.parseFloat(style.fontSize) || 16,
    font: token('font'),
    dark: style.colorScheme.includes('dark') && !style.colorScheme.includes('light'),
  }
}

/** The theme, read again only after something about it changed. */
export class ThemeSource {
  private theme: Theme | null = null
  private readonly listeners = new Set<() => void>()
  private watching = false

  get current(): Theme {
    this.watch()
    this.theme ??= readTheme()
    return this.theme
  }

  /** Calls `listener` after each change, until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.watch()
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Themes and projector mode are attributes of the root; the rest follows the system. */
  private watch(): void {
    if (this.watching) return
    this.watching = true
    const changed = (): void => {
      this.theme = null
      for (const listener of this.listeners) listener()
    }
    const root = document.documentElement
    new MutationObserver(changed).observe(root, { attributes: true })
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed)
  }
}

export const themeSource = new ThemeSource()

/** The colour of class `j` of `count`; more than ten share colours by neighbourhood. */
export function classColour({ classes }: Theme, j: number, count: number): string {
  return classes[colourIndex(j, count)]!
}

/** The colour of a class for type. */
export function classInk({ classInks }: Theme, j: number, count: number): string {
  return classInks[colourIndex(j, count)]!
}

function colourIndex(j: number, count: number): number {
  return count <= CLASS_COLOURS ? j % CLASS_COLOURS : Math.floor((j * CLASS_COLOURS) / count) % CLASS_COLOURS
}

/** Contrast that small type needs (WCAG 2.2, success criterion 1.4.3). */
const LEGIBLE = 4.5

/** `colour` mixed with as little ink as makes it legible on paper. */
export function legible(colour: string, paper: string, ink: string): string {
  const mix = interpolateRgb(colour, ink)
  for (let share = 0; share < 1; share += 0.05) {
    if (contrast(mix(share), paper) >= LEGIBLE) return rgb(mix(share)).formatHex()
  }
  return ink
}

/** From 1 to 21 (WCAG 2.2). */
export function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light! + 0.05) / (dark! + 0.05)
}

function luminance(colour: string): number {
  const { r, g, b } = rgb(colour)
  const [red, green, blue] = [r, g, b].map((channel) => {
    const c = channel / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}
