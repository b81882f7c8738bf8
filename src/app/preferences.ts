import { create } from 'zustand'
import {
  applyPreferences,
  followSystem,
  storedPreferences,
  storePreferences,
  type Preferences,
} from './appearance'

/** What the reader prefers; kept in the browser. */
export const usePreferences = create<Preferences>(storedPreferences)

/** Changes what the reader prefers, on the page at once. */
export function setPreferences(change: Partial<Preferences>): void {
  usePreferences.setState(change)
  apply()
  storePreferences(usePreferences.getState())
}

const apply = (): void => applyPreferences(usePreferences.getState())

followSystem(apply)
