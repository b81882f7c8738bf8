import { Dialog } from '@base-ui/react/dialog'
import { useRef } from 'react'
import { Rich } from '../ui/Rich'
import type { Panel } from './panel'
import { PanelFigure, type FigureHandle } from './PanelFigure'
import { SaveButtons } from './SaveButtons'
import './PanelFrame.css'
import './EnlargedPanel.css'

/** Type and lines of an enlarged figure are larger by this. */
const SCALE = 1.3

interface EnlargedPanelProps {
  readonly panel: Panel
}

/** A button that shows the same live figure over most of the screen. */
export function EnlargedPanel({ panel }: EnlargedPanelProps) {
  const figure = useRef<FigureHandle>(null)
  return (
    <Dialog.Root>
      <Dialog.Trigger className="text-button" aria-label={`Enlarge ${panel.title}`}>
        Enlarge
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="panel-backdrop" />
        <Dialog.Popup className="panel-dialog" initialFocus={() => figure.current?.element ?? true}>
          <header className="panel-head">
            <Dialog.Title>{panel.title}</Dialog.Title>
            <Rich className="panel-subtitle" text={panel.subtitle} />
            <div className="panel-actions">
              <SaveButtons panel={panel} figure={figure} />
              <Dialog.Close className="text-button">Close</Dialog.Close>
            </div>
          </header>
          {panel.Controls && panel.wide && <panel.Controls />}
          <PanelFigure panel={panel} scale={SCALE} ref={figure} />
          {panel.Enlarged && <panel.Enlarged scale={SCALE} />}
          <Dialog.Description className="panel-help" render={<p />}>
            <Rich text={panel.help} />
          </Dialog.Description>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
