import { useSession } from '../session/context'
import { shownExperiment } from '../session/state'
import type { Panel } from './panel'
import { PanelFrame } from './PanelFrame'
import { PANELS, panelsOf } from './registry'
import './Panels.css'

/**
 * The panels that are asked for, or all that have something to show of the present run, or of embeddings in its place.
 */
export function usePanels(): readonly Panel[] {
  const experiment = useSession(shownExperiment)
  const trains = useSession((state) => state.embeddings === null)
  const asked = useSession((state) => state.panels)
  // One that is asked for may not be known here: a link may be of another version of the page.
  if (!trains || asked === null) return panelsOf(experiment, trains)
  return asked.flatMap((id) => PANELS.find(id) ?? [])
}

/** The column of live figures. */
export function Panels() {
  const panels = usePanels().filter(({ wide }) => !wide)
  return (
    <div className="panels">
      {panels.map((panel) => (
        <PanelFrame key={panel.id} panel={panel} />
      ))}
    </div>
  )
}

/** The figures that stand across the page. */
export function WidePanels() {
  const panels = usePanels().filter(({ wide }) => wide)
  return panels.map((panel) => (
    <div key={panel.id} className="strip">
      <PanelFrame panel={panel} />
    </div>
  ))
}

/** One of `usePanels` by itself, where the screen has room for one. */
export function SinglePanel({ panel }: { readonly panel: Panel }) {
  return (
    <div className="single-panel">
      <PanelFrame panel={panel} />
    </div>
  )
}
