import { useEffect, useId, useRef, useState, type RefObject } from 'react'
import { arrangeStages, type Arrangement } from '../render/stage/arrange'
import type { Stage } from '../render/stage/stage'
import { themeSource } from '../render/theme'
import { useLabSession, useSession } from '../session/context'
import { ClassLegend } from './ClassLegend'
import { StageHeader } from './StageHeader'
import { StagePane } from './StagePane'
import './StageView.css'

/** Height of what is written above and below each of several stages, in rem. */
const TEXT_REM = 3

/** The stages of all runs with what belongs to them: settings above, the classes below. */
export function StageView() {
  const keys = useId()
  const runs = useSession((state) => state.runs)
  const active = useSession((state) => state.active)
  const embeddings = useSession((state) => state.embeddings)
  const { stages: link } = useLabSession()
  const [stages, setStages] = useState<ReadonlyMap<number, Stage>>(new Map())
  // Embeddings stand in place of all runs.
  const shown = embeddings ? runs.filter(({ id }) => id === active) : runs
  const room = useRef<HTMLDivElement>(null)
  const { columns, rows } = useArrangement(room, shown.length)
  return (
    <section className="stage-view" aria-label="Stage">
      <StageHeader shown={shown} stages={stages} />
      <div className="stages" ref={room} data-count={shown.length} data-columns={columns} data-rows={rows}>
        {shown.map((run, place) => (
          <StagePane
            key={run.id}
            run={run}
            link={link}
            keys={keys}
            place={shown.length > 1 ? place : null}
            onStage={setStages}
          />
        ))}
      </div>
      <ClassLegend />
      <p className="visually-hidden" id={keys}>
        Arrow keys turn or move the picture, plus and minus zoom, 0 brings it back. Click a point to pin its
        card, Escape lets go of it.
      </p>
    </section>
  )
}

/** Rows and columns of the stages in the room that there is for them now. */
function useArrangement(room: RefObject<HTMLElement | null>, count: number): Arrangement {
  const [arrangement, setArrangement] = useState<Arrangement>({ columns: count, rows: 1 })
  useEffect(() => {
    const measure = (): void => {
      const { clientWidth, clientHeight } = room.current!
      const next = arrangeStages(count, clientWidth, clientHeight, TEXT_REM * themeSource.current.rem)
      setArrangement((now) => (now.columns === next.columns && now.rows === next.rows ? now : next))
    }
    measure()
    const sizes = new ResizeObserver(measure)
    sizes.observe(room.current!)
    return () => sizes.disconnect()
  }, [room, count])
  return arrangement
}
