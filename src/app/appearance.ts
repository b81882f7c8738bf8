const KEY = 'loss-geometry-lab.preferences'
const THEMES = ['light', 'dark', 'system'] as const

/** What the reader prefers. */
export interface Preferences {
  readonly theme: (typeof THEMES)[number]
  /** Enlarges type and lines for a lecture hall. */
  readonly projector: boolean
}

const systemDark = matchMedia('(prefers-color-scheme: dark)')

/** The theme on screen, with the system's choice resolved. */
export function shownTheme({ theme }: Preferences): 'light' | 'dark' {
  if (theme !== 'system') return theme
  return systemDark.matches ? 'dark' : 'light'
}

/** What the browser keeps; what it does not know, or knows otherwise than it can be, is as at first. */
export function storedPreferences(): Preferences {
  const { theme, projector } = stored()
  return {
    theme: THEMES.find((known) => known === theme) ?? 'system',
    projector: projector === true,
  }
}

/** Keeps preferences in the browser, where it has room for them. */
export function storePreferences(preferences: Preferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences))
  } catch {
    // Without storage the preference holds for this visit.
  }
}

/** Puts preferences on the document. */
export function applyPreferences(preferences: Preferences): void {
  const { dataset } = document.documentElement
  dataset.theme = shownTheme(preferences)
  if (preferences.projector) dataset.projector = ''
  else delete dataset.projector
}

/** Calls `listener` when the system's theme changes. */
export function followSystem(listener: () => void): void {
  systemDark.addEventListener('change', listener)
}

function stored(): Partial<Record<keyof Preferences, unknown>> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    // No storage, or something foreign in it.
    return {}
  }
}
