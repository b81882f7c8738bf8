import { z } from 'zod'
import { create } from 'zustand'

const KEY = 'loss-geometry-lab.preferences'

const schema = z.object({
  theme: z.enum(['light', 'dark', 'system']).catch('system'),
  /** Enlarges type and lines for a lecture hall. */
  projector: z.boolean().catch(false),
})

type Preferences = z.output<typeof schema>

const systemDark = matchMedia('(prefers-color-scheme: dark)')

/** What the reader prefers; kept in the browser. */
export const usePreferences = create<Preferences>(load)

export function setPreferences(change: Partial<Preferences>): void {
  usePreferences.setState(change)
  apply()
  try {
    localStorage.setItem(KEY, JSON.stringify(usePreferences.getState()))
  } catch {
    // Without storage the preference holds for this visit.
  }
}

/** The theme on screen, with the system's choice resolved. */
export function shownTheme({ theme }: Preferences): 'light' | 'dark' {
  if (theme !== 'system') return theme
  return systemDark.matches ? 'dark' : 'light'
}

/** Puts the preferences on the document, and follows the system from then on. */
export function startPreferences(): void {
  apply()
  systemDark.addEventListener('change', apply)
}

function load(): Preferences {
  try {
    return schema.parse(JSON.parse(localStorage.getItem(KEY) ?? '{}'))
  } catch {
    // No storage, or something foreign in it.
    return schema.parse({})
  }
}

function apply(): void {
  const preferences = usePreferences.getState()
  const { dataset } = document.documentElement
  dataset.theme = shownTheme(preferences)
  if (preferences.projector) dataset.projector = ''
  else delete dataset.projector
}
