import { useEffect } from 'react'
import { openNeighbour } from '../labs/open-lab'
import { useLabSession } from '../session/context'
import type { Session } from '../session/session'
import { shownTheme } from './appearance'
import { setPreferences, usePreferences } from './preferences'

export interface Shortcut {
  readonly key: string
  readonly shown: string
  readonly text: string
  readonly act: (session: Session) => void
}

/** Keys that act anywhere but in a field. */
export const SHORTCUTS: readonly Shortcut[] = [
  { key: ' ', shown: 'Space', text: 'play or pause', act: ({ transport }) => transport.toggle() },
  { key: '.', shown: '.', text: 'one step', act: ({ transport }) => transport.step() },
  { key: 'r', shown: 'R', text: 'reset', act: ({ transport }) => transport.reset() },
  { key: 'n', shown: 'N', text: 'features as they are, or on the circle', act: toggleSpace },
  { key: 'g', shown: 'G', text: 'decision regions', act: (session) => toggle(session, 'regions') },
  { key: 'm', shown: 'M', text: 'the margin on the stage', act: (session) => toggle(session, 'margins') },
  { key: 'a', shown: 'A', text: 'what the terms act on', act: (session) => toggle(session, 'terms') },
  {
    key: 'o',
    shown: 'O',
    text: 'points in size by their margin',
    act: (session) => toggle(session, 'sizes'),
  },
  { key: '[', shown: '[', text: 'previous lab', act: (session) => openNeighbour(session, -1) },
  { key: ']', shown: ']', text: 'next lab', act: (session) => openNeighbour(session, 1) },
  { key: 'Escape', shown: 'Esc', text: 'let go of the pinned point', act: ({ store }) => store.pin(null) },
  { key: 't', shown: 'T', text: 'dark or light', act: toggleTheme },
  { key: 'p', shown: 'P', text: 'projector: larger type and lines', act: toggleProjector },
]

type Switch = 'regions' | 'margins' | 'terms' | 'sizes'

function toggle({ store }: Session, what: Switch): void {
  store.setView({ [what]: !store.state.view[what] })
}

function toggleSpace({ store }: Session): void {
  store.setView({ space: store.state.view.space === 'raw' ? 'normalized' : 'raw' })
}

/** From the theme on screen to the other one. */
export function toggleTheme(): void {
  setPreferences({ theme: shownTheme(usePreferences.getState()) === 'dark' ? 'light' : 'dark' })
}

/** Larger type and lines, or as usual. */
export function toggleProjector(): void {
  setPreferences({ projector: !usePreferences.getState().projector })
}

/** Has `SHORTCUTS` act while the component is there. */
export function useShortcuts(): void {
  const session = useLabSession()
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      const target = event.target as Element
      // Keys that mean something to the focused control stay with it; a list that opens is about to take the focus.
      if (target.closest('input, select, textarea, [role="dialog"], [role="listbox"]')) return
      if (target.closest('[role="combobox"][aria-expanded="true"]')) return
      const shortcut = SHORTCUTS.find(({ key }) => key === event.key.toLowerCase() || key === event.key)
      if (!shortcut || (shortcut.key === ' ' && target.closest('button, a, summary, [role="switch"]'))) return
      event.preventDefault()
      shortcut.act(session)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [session])
}
