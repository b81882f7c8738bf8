import type { RefObject } from 'react'
import { reasonOf } from '../io/reason'
import { download, pngFile, svgFile } from '../render/export'
import { useLabSession } from '../session/context'
import type { Session } from '../session/session'
import type { Panel } from './panel'
import type { FigureHandle } from './PanelFigure'

type Format = 'svg' | 'png'

interface SaveButtonsProps {
  readonly panel: Panel
  readonly figure: RefObject<FigureHandle | null>
}

/** Saves a figure as it is at this moment. */
export function SaveButtons({ panel, figure }: SaveButtonsProps) {
  const session = useLabSession()
  return (['svg', 'png'] as const).map((format) => (
    <button
      key={format}
      type="button"
      className="text-button"
      aria-label={`Save as ${format.toUpperCase()}`}
      onClick={() => void save(session, panel, figure.current, format)}
    >
      {format.toUpperCase()}
    </button>
  ))
}

async function save(
  session: Session,
  panel: Panel,
  figure: FigureHandle | null,
  format: Format,
): Promise<void> {
  const picture = figure?.picture()
  if (!picture) {
    session.store.notify('There is nothing to save yet: the figure is empty.')
    return
  }
  const { embeddings } = session.state
  const moment = embeddings ? 'embeddings' : `step-${session.runs.view.frame?.step ?? 0}`
  const name = `loss-geometry-lab-${panel.id}-${moment}.${format}`
  try {
    const blob =
      format === 'svg'
        ? new Blob([await svgFile(picture)], { type: 'image/svg+xml' })
        : await pngFile(picture)
    download(blob, name)
  } catch (error) {
    session.store.notify(`The figure could not be saved: ${reasonOf(error)}.`)
  }
}
