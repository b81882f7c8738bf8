import { useSession } from '../../session/context'
import { PanelFigure } from '../PanelFigure'
import { Controls } from './Controls'
import { panel } from './panel'
import './pipeline.css'

const OF_EMBEDDINGS = { ...panel, ...panel.ofEmbeddings }

/** The pipeline below a larger figure, which has its threshold. */
export function EnlargedPipeline({ scale }: { readonly scale: number }) {
  const trains = useSession((state) => state.embeddings === null)
  return (
    <section className="pipeline-enlarged" aria-label="From training to an answer">
      <Controls />
      <PanelFigure panel={trains ? panel : OF_EMBEDDINGS} scale={scale} />
    </section>
  )
}
