import '@fontsource-variable/source-sans-3/wght.css'
import 'katex/dist/katex.min.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '../ui/primitives.css'
import { FIRST_RECORDING } from '../engine/recordings'
import { SessionProvider } from '../session/context'
import type { FirstScreen } from '../session/first-screen'
import { momentOfRecorded } from '../session/moment'
import { createSession } from '../session/session'
import { followAddress, showAddress } from './address'
import { App } from './App'
import { browserEnvironment } from './environment'
import { FirstScreenProvider } from './first-screen'

/** The page itself. @param firstScreen what is to be seen before it */
export function start(firstScreen: FirstScreen): void {
  const session = createSession(browserEnvironment(firstScreen))
  // Before the first render: what is shown first loads while the page is built.
  if (!showAddress(session)) session.show(momentOfRecorded(FIRST_RECORDING))
  addEventListener('hashchange', () => followAddress(session))
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <FirstScreenProvider value={firstScreen}>
        <SessionProvider value={session}>
          <App />
        </SessionProvider>
      </FirstScreenProvider>
    </StrictMode>,
  )
}
