import { createContext, useContext, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import type { RunView } from './run-view'
import type { Session } from './session'
import type { SessionState } from './state'

const SessionContext = createContext<Session | null>(null)

/** Gives its children a session. */
export const SessionProvider = SessionContext.Provider

/**
 * The session that a component stands in, with all that can be asked of it.
 * @throws {Error} outside of a SessionProvider
 */
export function useLabSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('a component that needs a session stands outside of SessionProvider')
  return session
}

/** What `selector` picks of the session's state; the component is rendered anew when that changes. */
export function useSession<T>(selector: (state: SessionState) => T): T {
  return useStore(useLabSession().store.api, selector)
}

/**
 * What `pick` gives of the active run's view: something that is replaced when it changes. Looked at with every frame,
 * so it should rarely change.
 */
export function useRunView<T>(pick: (view: RunView) => T): T {
  const { runs } = useLabSession()
  return useSyncExternalStore(runs.subscribeView, () => pick(runs.view))
}
