/** What everything is drawn with: the tokens of theme.css as values. */
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
  return {
    paper: token('paper'),
    paperRaised: token('paper-raised'),
    ink: token('ink'),
    ink2: token('ink-2'),
    ink3: token('ink-3'),
    hairline: token('hairline'),
    accent: token('accent'),
    accentLine: token('accent-line'),
    classes: Array.from({ length: CLASS_COLOURS }, (_, j) => token(`class-${j}`)),
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
  const index = count <= classes.length ? j : Math.floor((j * classes.length) / count)
  return classes[index % classes.length]!
}
