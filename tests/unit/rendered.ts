import { createElement, type ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { SessionProvider } from '../../src/session/context'
import type { Session } from '../../src/session/session'

/** What a part of the page shows of a session as it is now, as HTML. */
export function rendered(session: Session, part: ReactNode): string {
  // Without a document a store is read as it was at first.
  session.store.api.getInitialState = session.store.api.getState
  return renderToStaticMarkup(createElement(SessionProvider, { value: session }, part))
}
