import { Dialog } from '@base-ui/react/dialog'
import { useState } from 'react'
import { PaperMenu } from '../labs/PaperMenu'
import { linkTo } from '../session/link'
import { notify, useSession } from '../session/store'
import { BackendMenu } from './BackendMenu'
import { shownTheme } from './appearance'
import { usePreferences } from './preferences'
import { Readouts } from './Readouts'
import { SHORTCUTS, toggleProjector, toggleTheme } from './shortcuts'
import { TableDialog } from './TableDialog'
import { Transport } from './Transport'

export function TopBar() {
  const preferences = usePreferences()
  const dark = shownTheme(preferences) === 'dark'
  return (
    <header className="top-bar">
      <h1 className="brand">Loss Geometry Lab</h1>
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

/** Puts a link to the runs into the address bar and the clipboard. */
function ShareButton() {
  const [copied, setCopied] = useState(false)
  const share = async (): Promise<void> => {
    const link = linkTo(
      useSession.getState().runs.map(({ experiment }) => experiment),
      location.href,
    )
    history.replaceState(null, '', link)
    try {
      await navigator.clipboard.writeText(link)
      setCopied(true)
      setTimeout(() => setCopied(false), 2000)
    } catch {
      // Pages without TLS may not write to the clipboard.
      notify('The link to this run is in the address bar. Copy it from there.')
    }
  }
  return (
    <button className="quiet" onClick={() => void share()}>
      <span aria-live="polite">{copied ? 'Link copied' : 'Share'}</span>
    </button>
  )
}

function HelpDialog() {
  return (
    <Dialog.Root>
      <Dialog.Trigger className="quiet" aria-label="Help and keys">
        ?
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="popup dialog">
          <Dialog.Title className="dialog-title">What you see here</Dialog.Title>
          <p>
            A small network learns to turn images of digits into two or three numbers. Each point is a digit,
            placed by those numbers; each arrow is the vector of a class, W_j. The loss on the left decides
            how they arrange themselves. Press Play, then flip a switch or drag a slider while it trains.
          </p>
          <table className="keys">
            <caption>Keys</caption>
            <tbody>
              {SHORTCUTS.map(({ shown, text }) => (
                <tr key={shown}>
                  <th scope="row">
                    <kbd>{shown}</kbd>
                  </th>
                  <td>{text}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <Dialog.Close className="button">Close</Dialog.Close>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
