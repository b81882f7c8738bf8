import type { RefObject } from 'react'
import { reasonOf } from '../io/reason'
import { download, pngFile, svgFile } from '../render/export'
import { runView } from '../session/runs'
import { notify, useSession } from '../session/store'
import type { Panel } from './panel'
import type { FigureHandle } from './PanelFigure'

type Format = 'svg' | 'png'

interface SaveButtonsProps {
  readonly panel: Panel
  readonly figure: RefObject<FigureHandle | null>
}

/** Saves a figure as it is at this moment. */
export function SaveButtons({ panel, figure }: SaveButtonsProps) {
  return (['svg', 'png'] as const).map((format) => (
    <button
      key={format}
      type="button"
      className="text-button"
      aria-label={`Save as ${format.toUpperCase()}`}
      onClick={() => void save(panel, figure.current, format)}
    >
      {format.toUpperCase()}
    </button>
  ))
}

async function save(panel: Panel, figure: FigureHandle | null, format: Format): Promise<void> {
  const picture = figure?.picture()
  if (!picture) {
    notify('There is nothing to save yet: the figure is empty.')
    return
  }
  const { embeddings } = useSession.getState()
  const moment = embeddings ? 'embeddings' : `step-${runView().frame?.step ?? 0}`
  const name = `loss-geometry-lab-${panel.id}-${moment}.${format}`
  try {
    const blob =
      format === 'svg'
        ? new Blob([await svgFile(picture)], { type: 'image/svg+xml' })
        : await pngFile(picture)
    download(blob, name)
  } catch (error) {
    notify(`The figure could not be saved: ${reasonOf(error)}.`)
  }
}
