import { useEffect, useRef } from 'react'
import { percent } from '../render/format'
import { follow } from '../render/throttle'
import { useLabSession } from '../session/context'
import type { History } from '../session/history'
import './Readouts.css'

/** Numbers in text change at most this often. */
const TEXT_MS = 200

const READOUTS = ['step', 'epoch', 'loss', 'test'] as const

/** Where the run is. Written into the page directly: it changes with each frame. */
export function Readouts() {
  const session = useLabSession()
  const fields = useRef(new Map<string, HTMLElement>())
  useEffect(() => {
    const write = (): void => {
      const { frame, history } = session.runs.view
      const accuracy = history.testAccuracy.last
      const texts = {
        step: frame ? String(frame.step) : '–',
        epoch: frame ? frame.epochs.toFixed(1) : '–',
        loss: recentLoss(history)?.toFixed(3) ?? '–',
        test: accuracy === null ? '–' : percent(accuracy),
      }
      for (const name of READOUTS) {
        const field = fields.current.get(name)
        if (field && field.textContent !== texts[name]) field.textContent = texts[name]
      }
    }
    return follow(session.runs.subscribeView, write, TEXT_MS)
  }, [session])
  return (
    <dl className="readouts">
      {READOUTS.map((name) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd
            ref={(element) => {
              if (element) fields.current.set(name, element)
            }}
          >
            –
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** Mean loss of the last twenty batches. */
function recentLoss({ loss }: History): number | null {
  if (loss.length === 0) return null
  const from = Math.max(0, loss.length - 20)
  let sum = 0
  for (let i = from; i < loss.length; i++) sum += loss.values[i]!
  return sum / (loss.length - from)
}
