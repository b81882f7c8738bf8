import '@fontsource-variable/source-sans-3/wght.css'
import 'katex/dist/katex.min.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/App'
import { startPreferences } from './app/preferences'
import { FIRST_RECORDING } from './engine/recordings'
import './app/theme.css'
import './app/app.css'
import './controls/controls.css'
import './controls/margin-editor.css'
import './controls/margin-meter.css'
import { followLink, takeLink } from './session/actions'
import { engine } from './session/client'
import { openRecording } from './session/playback'

startPreferences()
// Before the first render: what is shown first loads while the page is built.
if (takeLink()) engine.start()
else void openRecording(FIRST_RECORDING)
addEventListener('hashchange', followLink)

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
