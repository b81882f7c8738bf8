import type { ReactNode } from 'react'
import { accuracy } from '../geometry/measure'
import { count, plural } from '../io/import/errors'
import { percent } from '../render/format'
import { useLabSession, useSession } from '../session/context'
import type { ShownEmbeddings } from '../session/import/embedding-view'
import { Section } from '../ui/Section'
import { OwnFilesButton } from './OwnFiles'
import './EmbeddingsSection.css'

/**
 * Settings that need a run. While embeddings are shown in its place, these stand above, with the way back, and
 * the settings can not be used.
 */
export function OfRun({ children }: { readonly children: ReactNode }) {
  const embeddings = useSession((state) => state.embeddings)
  return (
    <>
      {embeddings && <EmbeddingsSection embeddings={embeddings} />}
      <div className="of-run" inert={embeddings !== null}>
        {children}
      </div>
    </>
  )
}

function EmbeddingsSection({ embeddings }: { readonly embeddings: ShownEmbeddings }) {
  const session = useLabSession()
  const { name, evaluated, panels } = embeddings
  const { set, givenWeights, shownClasses } = evaluated
  const right = percent(accuracy(panels.predicted, panels.labels))
  return (
    <Section title="Your embeddings">
      <p className="note">
        Your file {name}: {plural(set.labels.length, 'embedding')} of {count(set.dimension)} numbers,{' '}
        {count(set.classes.length)} classes.
      </p>
      <p className="note">
        {givenWeights
          ? `Class vectors are the class weights of the file${set.bias ? ', with its biases' : ''}; `
          : 'There are no class weights, so the means of the classes stand for the class vectors; '}
        {right} of the embeddings are nearest to their own class.
      </p>
      {shownClasses.length < set.classes.length && (
        <p className="note">
          Stage and panels show the {count(shownClasses.length)} classes with the most embeddings.
        </p>
      )}
      <p className="field-reason">
        Embeddings come from a network elsewhere: nothing can be trained here, so the settings below rest
        until you go back.
      </p>
      <p className="embeddings-actions">
        <button type="button" className="button" onClick={() => session.embeddings.leave()}>
          Back to the run
        </button>
        <OwnFilesButton>Other files …</OwnFilesButton>
      </p>
    </Section>
  )
}
