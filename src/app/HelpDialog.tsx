import { Dialog } from '../ui/Dialog'
import './HelpDialog.css'
import { SHORTCUTS } from './shortcuts'

/** What the page is, and its keys. */
export function HelpDialog() {
  return (
    <Dialog trigger="?" triggerLabel="Help and keys" title="What you see here">
      {() => (
        <>
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
        </>
      )}
    </Dialog>
  )
}
