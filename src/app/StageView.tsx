import { useId, useMemo, useState } from 'react'
import { StageLink } from '../render/stage/link'
import type { Stage } from '../render/stage/stage'
import { useSession } from '../session/store'
import { ClassLegend } from './ClassLegend'
import { StageHeader } from './StageHeader'
import { StagePane } from './StagePane'
import './stage.css'

/** The stages of all runs with what belongs to them: settings above, the classes below. */
export function StageView() {
  const keys = useId()
  const runs = useSession((state) => state.runs)
  const active = useSession((state) => state.active)
  const embeddings = useSession((state) => state.embeddings)
  const link = useMemo(() => new StageLink(), [])
  const [stages, setStages] = useState<ReadonlyMap<number, Stage>>(new Map())
  // Embeddings stand in place of all runs.
  const shown = embeddings ? runs.filter(({ id }) => id === active) : runs
  return (
    <section className="stage-view" aria-label="Stage">
      <StageHeader stage={stages.get(active) ?? null} />
      <div className="stages" data-count={shown.length}>
        {shown.map((run, place) => (
          <StagePane
            key={run.id}
            {...{ run, link, keys }}
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
