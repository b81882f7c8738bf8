import { useState } from 'react'
import { PaperMenu } from '../labs/PaperMenu'
import { linkTo } from '../session/link'
import { useLabSession } from '../session/context'
import { BackendMenu } from './BackendMenu'
import { shownTheme } from './appearance'
import { usePreferences } from './preferences'
import { HelpDialog } from './HelpDialog'
import { Readouts } from './Readouts'
import { toggleProjector, toggleTheme } from './shortcuts'
import { TableDialog } from './TableDialog'
import './TopBar.css'
import { Transport } from './Transport'

export function TopBar() {
  const preferences = usePreferences()
  const dark = shownTheme(preferences) === 'dark'
  return (
    <header className="top-bar">
      {/* Where the bar has no room for its name, it is still the page's heading for those who hear it. */}
      <h1 className="visually-hidden">Loss Geometry Lab</h1>
      <span className="brand" aria-hidden="true">
        Loss Geometry Lab
      </span>
      <Transport />
      <Readouts />
      <div className="top-bar-end">
        <BackendMenu />
        <PaperMenu />
        <TableDialog />
        <ShareButton />
        <button className="quiet wide-only" onClick={toggleProjector} aria-pressed={preferences.projector}>
          Projector
        </button>
        <button className="quiet" onClick={toggleTheme} aria-pressed={dark}>
          Dark
        </button>
        <HelpDialog />
      </div>
    </header>
  )
}

/** Puts a link to what is shown into the address bar and the clipboard. */
function ShareButton() {
  const session = useLabSession()
  const [copied, setCopied] = useState(false)
  const share = async (): Promise<void> => {
    const link = linkTo(session.moment(), location.href)
    history.replaceState(null, '', link)
    try {
      await navigator.clipboard.writeText(link)
      setCopied(true)
      setTimeout(() => setCopied(false), 2000)
    } catch {
      // Pages without TLS may not write to the clipboard.
      session.store.notify('The link is in the address bar. Copy it from there.')
    }
  }
  return (
    <button className="quiet" onClick={() => void share()}>
      <span aria-live="polite">{copied ? 'Link copied' : 'Share'}</span>
    </button>
  )
}
