import { useEffect } from 'react'
import { openNeighbour } from '../labs/open-lab'
import { reset, stepOnce, togglePlay } from '../session/actions'
import { pin, setView, useSession } from '../session/store'
import { shownTheme } from './appearance'
import { setPreferences, usePreferences } from './preferences'

export interface Shortcut {
  readonly key: string
  readonly shown: string
  readonly text: string
  readonly act: () => void
}

/** Keys that act anywhere but in a field. */
export const SHORTCUTS: readonly Shortcut[] = [
  { key: ' ', shown: 'Space', text: 'play or pause', act: togglePlay },
  { key: '.', shown: '.', text: 'one step', act: stepOnce },
  { key: 'r', shown: 'R', text: 'reset', act: reset },
  { key: 'n', shown: 'N', text: 'features as they are, or on the circle', act: toggleSpace },
  { key: 'g', shown: 'G', text: 'decision regions', act: () => setView({ regions: !view().regions }) },
  { key: 'm', shown: 'M', text: 'the margin on the stage', act: () => setView({ margins: !view().margins }) },
  { key: 'a', shown: 'A', text: 'what the terms act on', act: () => setView({ terms: !view().terms }) },
  {
    key: 'o',
    shown: 'O',
    text: 'points in size by their margin',
    act: () => setView({ sizes: !view().sizes }),
  },
  { key: '[', shown: '[', text: 'previous lab', act: () => openNeighbour(-1) },
  { key: ']', shown: ']', text: 'next lab', act: () => openNeighbour(1) },
  { key: 'Escape', shown: 'Esc', text: 'let go of the pinned point', act: () => pin(null) },
  { key: 't', shown: 'T', text: 'dark or light', act: toggleTheme },
  { key: 'p', shown: 'P', text: 'projector: larger type and lines', act: toggleProjector },
]

function view() {
  return useSession.getState().view
}

function toggleSpace(): void {
  setView({ space: view().space === 'raw' ? 'normalized' : 'raw' })
}

export function toggleTheme(): void {
  setPreferences({ theme: shownTheme(usePreferences.getState()) === 'dark' ? 'light' : 'dark' })
}

export function toggleProjector(): void {
  setPreferences({ projector: !usePreferences.getState().projector })
}

export function useShortcuts(): void {
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
      shortcut.act()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
}
