import { useLabSession, useSession } from '../session/context'
import { activeRun, isPlaying } from '../session/state'
import { Hint } from '../ui/Hint'
import './Transport.css'

/** Training steps a second. */
const SPEEDS = [
  { value: '', label: 'full speed' },
  { value: '60', label: '60 steps/s' },
  { value: '20', label: '20 steps/s' },
  { value: '5', label: '5 steps/s' },
  { value: '1', label: '1 step/s' },
]

/** Times as fast as recorded runs are shown. */
const PLAYBACK_SPEEDS = [
  { value: '0.25', label: 'speed ¼ ×' },
  { value: '0.5', label: 'speed ½ ×' },
  { value: '1', label: 'speed 1 ×' },
  { value: '2', label: 'speed 2 ×' },
  { value: '4', label: 'speed 4 ×' },
]

/** Play, step, reset, and how fast. */
export function Transport() {
  const session = useLabSession()
  const status = useSession((state) => activeRun(state).status.kind)
  const embeddings = useSession((state) => state.embeddings !== null)
  const recorded = useSession((state) => state.playback)
  const ready =
    !embeddings &&
    (recorded !== null || (status !== 'loading' && status !== 'failed' && status !== 'diverged'))
  const playing = useSession(isPlaying)
  const ended = recorded ? recorded.ended : status === 'finished'
  return (
    <div
      className="transport"
      role="group"
      aria-label="Training"
      title={
        embeddings ? 'Embeddings from elsewhere can not be trained. Go back to the run first.' : undefined
      }
    >
      <button className="button play" onClick={() => session.transport.toggle()} disabled={!ready}>
        <svg viewBox="0 0 12 12" aria-hidden="true">
          {playing ? <path d="M2 1h3v10H2zM7 1h3v10H7z" /> : <path d="M2 .8 11 6 2 11.2z" />}
        </svg>
        {playing ? 'Pause' : ended ? 'Play on' : 'Play'}
      </button>
      <Hint text={recorded ? 'To the next frame of the recorded run.' : 'One training step, on one batch.'}>
        <button className="button" onClick={() => session.transport.step()} disabled={!ready}>
          Step
        </button>
      </Hint>
      <Hint text={recorded ? 'Back to the start of the recorded run.' : 'Begin anew, from the seed.'}>
        <button
          className="button"
          onClick={() => session.transport.reset()}
          disabled={embeddings || (!recorded && status === 'loading')}
        >
          Reset
        </button>
      </Hint>
      {recorded ? (
        <Speed
          value={String(recorded.speed)}
          label={`speed ${recorded.speed} ×`}
          choices={PLAYBACK_SPEEDS}
          choose={(value) => session.playback.setSpeed(Number(value))}
        />
      ) : (
        <TrainingSpeed />
      )}
    </div>
  )
}

function TrainingSpeed() {
  const session = useLabSession()
  const speed = useSession((state) => state.speed)
  return (
    <Speed
      value={speed === null ? '' : String(speed)}
      label={`${speed} steps/s`}
      choices={SPEEDS}
      choose={(value) => session.transport.setSpeed(value === '' ? null : Number(value))}
    />
  )
}

function Speed(props: {
  readonly value: string
  /** What the value is called where it is none of the choices: a link may bring any speed. */
  readonly label: string
  readonly choices: readonly { readonly value: string; readonly label: string }[]
  readonly choose: (value: string) => void
}) {
  const { value, label, choose } = props
  const isUsual = props.choices.some((choice) => choice.value === value)
  const choices = isUsual ? props.choices : [{ value, label }, ...props.choices]
  return (
    <label className="speed">
      <span className="visually-hidden">speed</span>
      <select className="quiet" value={value} onChange={({ target }) => choose(target.value)}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </label>
  )
}
