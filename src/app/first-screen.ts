import { createContext, useContext } from 'react'
import type { FirstScreen } from '../session/first-screen'

const FirstScreenContext = createContext<FirstScreen | null>(null)

/** Gives the page what was to be seen before it. */
export const FirstScreenProvider = FirstScreenContext.Provider

/** What was to be seen before the page; null where nothing was. */
export const useFirstScreen = (): FirstScreen | null => useContext(FirstScreenContext)
