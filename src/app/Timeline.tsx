import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Mark } from '../session/history'
import { useLabSession, useSession } from '../session/context'
import { activeExperiment } from '../session/state'
import { Tex } from '../ui/Tex'
import { RecordedNote, RecordedPlace } from './Recorded'
import { scrubbing } from './scrubbing'
import { timelineLanes, type Lane } from './timeline-lanes'
import './Timeline.css'

const LANE_HEIGHT = 14

/** The planned run: what comes on when, what the user changed, and where training is. */
export function Timeline() {
  const session = useLabSession()
  const experiment = useSession(activeExperiment)
  const lanes = useMemo(() => timelineLanes(experiment), [experiment])
  const track = useRef<HTMLDivElement>(null)
  const cursor = useRef<HTMLDivElement>(null)
  const marks = useMarks()
  const { epochs } = experiment
  const recorded = useSession((state) => state.playback !== null)
  const scrub = useMemo(() => scrubbing(() => session.playback.player, epochs), [session, epochs])

  useEffect(() => {
    const move = (): void => {
      const passed = session.runs.view.frame?.epochs ?? 0
      const shown = Math.max(epochs, passed)
      cursor.current!.style.left = `${(100 * passed) / shown}%`
      track.current!.style.setProperty('--planned', `${(100 * epochs) / shown}%`)
    }
    move()
    return session.runs.subscribeView(move)
  }, [session, epochs])

  const ticks = tickEpochs(epochs)
  return (
    <section className="timeline" aria-label="Timeline">
      <RecordedNote />
      <div className="timeline-names" aria-hidden="true">
        {lanes.map(({ id, symbol }) => (
          <span key={id}>
            <Tex>{symbol}</Tex>
          </span>
        ))}
        <span>epoch</span>
      </div>
      <div
        className="timeline-track"
        ref={track}
        data-recorded={recorded || undefined}
        {...(recorded ? scrub : {})}
      >
        <div className="timeline-plan">
          {lanes.map((lane) => (
            <LaneCurve key={lane.id} lane={lane} />
          ))}
          <div className="timeline-ticks" aria-hidden="true">
            {ticks.map((epoch) => (
              <TimelineTick key={epoch} at={epoch / epochs}>
                {epoch}
              </TimelineTick>
            ))}
          </div>
        </div>
        {marks.map((mark) => (
          <MarkFlag key={`${mark.step} ${mark.text}`} mark={mark} epochs={epochs} />
        ))}
        <div className="timeline-cursor" ref={cursor} aria-hidden="true" />
        {recorded && <RecordedPlace cursor={cursor} />}
      </div>
    </section>
  )
}

function LaneCurve({ lane: { values, label } }: { readonly lane: Lane }) {
  const last = values.length - 1
  const points = values.map((v, i) => `${((100 * i) / last).toFixed(2)},${(12 - 11 * v).toFixed(2)}`)
  return (
    <svg
      className="timeline-lane"
      viewBox={`0 0 100 ${LANE_HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <path className="lane-area" d={`M0,12L${points.join('L')}L100,12Z`} />
      <path className="lane-line" d={`M${points.join('L')}`} />
    </svg>
  )
}

function TimelineTick({ at, children }: { readonly at: number; readonly children: number }) {
  const element = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    element.current!.style.left = `${100 * at}%`
  }, [at])
  return (
    <span ref={element} className="timeline-tick">
      {children}
    </span>
  )
}

/** A change of the user, at the place in the run at which it took effect. */
function MarkFlag({ mark, epochs }: { readonly mark: Mark; readonly epochs: number }) {
  const session = useLabSession()
  const element = useRef<HTMLButtonElement>(null)
  useLayoutEffect(() => {
    const place = (): void => {
      const { frame } = session.runs.view
      if (!frame || frame.step === 0) return
      const epoch = (mark.step / frame.step) * frame.epochs
      element.current!.style.left = `${(100 * epoch) / Math.max(epochs, frame.epochs)}%`
    }
    place()
    return session.runs.subscribeView(place)
  }, [session, mark, epochs])
  return (
    <button ref={element} className="timeline-mark" aria-label={`At step ${mark.step}: ${mark.text}`}>
      <span className="timeline-mark-text">{mark.text}</span>
    </button>
  )
}

/** The marks of the present run, as React needs them: a new array when there is a new mark. */
function useMarks(): readonly Mark[] {
  const session = useLabSession()
  const [marks, setMarks] = useState<readonly Mark[]>([])
  useEffect(
    () =>
      session.runs.subscribeView(() => {
        const now = session.runs.view.history.marks
        setMarks((before) =>
          before.length === now.length && before[before.length - 1] === now[now.length - 1]
            ? before
            : [...now],
        )
      }),
    [session],
  )
  return marks
}

/** Epochs to write at the axis: at most eleven, at round numbers. */
function tickEpochs(epochs: number): number[] {
  const step = [1, 2, 5, 10, 20, 50, 100, 200].find((s) => epochs / s <= 10) ?? epochs
  return Array.from({ length: Math.floor(epochs / step) + 1 }, (_, i) => i * step)
}
