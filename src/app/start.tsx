import '@fontsource-variable/source-sans-3/wght.css'
import 'katex/dist/katex.min.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '../ui/primitives.css'
import { FIRST_RECORDING } from '../engine/recordings'
import { followLab, takeLab } from '../labs/open-lab'
import { openLink, openRecorded } from '../session/actions'
import { keepOwnFiles } from '../session/import/own-data'
import { App } from './App'

/** The page itself. */
export function start(): void {
  keepOwnFiles()
  // Before the first render: what is shown first loads while the page is built.
  if (!takeLab() && !openLink()) openRecorded(FIRST_RECORDING)
  addEventListener('hashchange', () => {
    openLink()
    followLab()
  })
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
