import { Hint } from '../controls/Hint'
import { reset, setSpeed, stepOnce, togglePlay } from '../session/actions'
import { useSession } from '../session/store'

const SPEEDS = [
  { value: '', label: 'full speed' },
  { value: '60', label: '60 steps/s' },
  { value: '20', label: '20 steps/s' },
  { value: '5', label: '5 steps/s' },
  { value: '1', label: '1 step/s' },
]

/** Play, step, reset, and how fast. */
export function Transport() {
  const status = useSession((state) => state.status.kind)
  const speed = useSession((state) => state.speed)
  const embeddings = useSession((state) => state.embeddings !== null)
  const ready = !embeddings && status !== 'loading' && status !== 'failed' && status !== 'diverged'
  const playing = status === 'playing'
  return (
    <div
      className="transport"
      role="group"
      aria-label="Training"
      title={
        embeddings ? 'Embeddings from elsewhere can not be trained. Go back to the run first.' : undefined
      }
    >
      <button className="button play" onClick={togglePlay} disabled={!ready}>
        <svg viewBox="0 0 12 12" aria-hidden="true">
          {playing ? <path d="M2 1h3v10H2zM7 1h3v10H7z" /> : <path d="M2 .8 11 6 2 11.2z" />}
        </svg>
        {playing ? 'Pause' : status === 'finished' ? 'Play on' : 'Play'}
      </button>
      <Hint text="One training step, on one batch.">
        <button className="button" onClick={stepOnce} disabled={!ready}>
          Step
        </button>
      </Hint>
      <Hint text="Begin anew, from the seed.">
        <button className="button" onClick={reset} disabled={embeddings || status === 'loading'}>
          Reset
        </button>
      </Hint>
      <label className="speed">
        <span className="visually-hidden">speed</span>
        <select
          value={speed ?? ''}
          onChange={({ target }) => setSpeed(target.value === '' ? null : Number(target.value))}
        >
          {SPEEDS.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}
