import { shownExperiment } from '../session/shown'
import { useSession } from '../session/store'
import type { Panel } from './panel'
import { PanelFrame } from './PanelFrame'
import { panelById, panelsOf } from './registry'

/** The panels that have something to show of the present run, or of embeddings in its place. */
export function usePanels(): readonly Panel[] {
  const experiment = useSession(shownExperiment)
  const trains = useSession((state) => state.embeddings === null)
  return panelsOf(experiment, trains)
}

/** The column of live figures. */
export function Panels() {
  const panels = usePanels()
  return (
    <div className="panels">
      {panels.map((panel) => (
        <PanelFrame key={panel.id} panel={panel} />
      ))}
    </div>
  )
}

interface PanelByIdProps {
  readonly id: string
}

/** One figure by itself, where the screen has room for one. */
export function PanelById({ id }: PanelByIdProps) {
  return <PanelFrame panel={panelById(id)} />
}
