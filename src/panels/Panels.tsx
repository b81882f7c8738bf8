import { PanelFrame } from './PanelFrame'
import { panelById, PANELS } from './registry'

/** The column of live figures. */
export function Panels() {
  return (
    <div className="panels">
      {PANELS.map((panel) => (
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
