import '@fontsource-variable/source-sans-3/wght.css'
import 'katex/dist/katex.min.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/App'
import { startPreferences } from './app/preferences'
import './app/theme.css'
import './app/app.css'
import './controls/controls.css'
import './controls/margin-editor.css'
import './controls/margin-meter.css'
import { followLab, takeLab } from './labs/open-lab'
import { followLink, play, takeLink } from './session/actions'
import { engine } from './session/client'
import { keepOwnFiles } from './session/import/own-data'

startPreferences()
// Before the first render: the worker loads while the page is built.
takeLink()
const inLab = takeLab()
addEventListener('hashchange', () => {
  followLink()
  followLab()
})
keepOwnFiles()
engine.start()
if (inLab) play()

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
