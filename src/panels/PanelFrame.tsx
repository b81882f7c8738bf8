import { useId, useRef, useState, type CSSProperties } from 'react'
import { plainText } from '../render/math-text'
import { Rich } from '../ui/Rich'
import { ComparedRuns } from './ComparedRuns'
import { EnlargedPanel } from './EnlargedPanel'
import { PanelBoundary } from './Failure'
import type { Empty, Panel } from './panel'
import { PanelFigure, type FigureHandle } from './PanelFigure'
import { SaveButtons } from './SaveButtons'
import './PanelFrame.css'

interface PanelFrameProps {
  readonly panel: Panel
}

/** A panel: its title, what can be done with it, and its live figure. */
export function PanelFrame({ panel }: PanelFrameProps) {
  return (
    <PanelBoundary>
      <PanelContent panel={panel} />
    </PanelBoundary>
  )
}

function PanelContent({ panel }: PanelFrameProps) {
  const titleId = useId()
  const figure = useRef<FigureHandle>(null)
  const [empty, setEmpty] = useState<Empty | null>(null)
  return (
    <section
      className="panel"
      aria-labelledby={titleId}
      data-panel={panel.id}
      data-wide={panel.wide && ''}
      data-small={empty?.small === true ? '' : undefined}
      style={{ '--panel-share': panel.share } as CSSProperties}
    >
      <header className="panel-head">
        <h2 id={titleId} title={plainText(panel.help)}>
          {panel.title}
        </h2>
        <Rich className="panel-subtitle" text={panel.subtitle} />
        {empty === null && (
          <div className="panel-actions">
            <SaveButtons panel={panel} figure={figure} />
            <EnlargedPanel panel={panel} />
          </div>
        )}
      </header>
      {panel.compared && <ComparedRuns compared={panel.compared} />}
      {panel.Controls && <panel.Controls />}
      <PanelFigure panel={panel} ref={figure} onEmpty={setEmpty} />
    </section>
  )
}
