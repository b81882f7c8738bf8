import { useEffect, useId, useRef, useState } from 'react'
import type { Experiment } from '../engine/config'
import { activeHead } from '../engine/schedule'
import { Stage } from '../render/stage/stage'
import { describeEmbeddings } from '../session/import/embedding-view'
import type { RunView } from '../session/run-view'
import { shownExperiment, stageView } from '../session/shown'
import { notify, pin, useSession, type SessionState } from '../session/store'
import { ClassLegend } from './ClassLegend'
import { StageHeader } from './StageHeader'
import './stage.css'

/** How often what the stage shows is put into words, in milliseconds. */
const SUMMARY_MS = 2000

const NO_TERMS: Experiment['auxiliaries'] = []

/** The stage with what belongs to it: settings above, the drawing, a caption and the classes below. */
export function StageView() {
  const host = useRef<HTMLDivElement>(null)
  const caption = useRef<HTMLParagraphElement>(null)
  const keys = useId()
  const [stage, setStage] = useState<Stage | null>(null)
  const embeddings = useSession((state) => state.embeddings)
  useEffect(() => {
    const opened = new Stage(host.current!, stageView(), {
      pin,
      caption: (text) => {
        caption.current!.textContent = text
      },
      trouble: notify,
    })
    opened.canvas.setAttribute('aria-describedby', keys)
    setStage(opened)
    return () => {
      opened.dispose()
      setStage(null)
    }
  }, [keys])
  useEffect(() => (stage ? connect(stage, embeddings?.stage ?? stageView()) : undefined), [stage, embeddings])
  return (
    <section className="stage-view" aria-label="Stage">
      <StageHeader stage={stage} />
      <div className="stage-host" ref={host} />
      <p className="stage-caption" ref={caption} />
      <ClassLegend />
      <p className="visually-hidden" id={keys}>
        Arrow keys turn or move the picture, plus and minus zoom, 0 brings it back. Click a point to pin its
        card, Escape lets go of it.
      </p>
    </section>
  )
}

/** Keeps a stage up to date with the run and the session. @returns how to stop that */
function connect(stage: Stage, shown: RunView): () => void {
  let spoken = 0
  let last: readonly unknown[] = []
  const follow = (): void => {
    const state = useSession.getState()
    const { view, pinned, embeddings } = state
    // Something else is shown in a moment.
    if (stageView() !== shown) return
    const experiment = shownExperiment(state)
    const { frame } = shown
    // The experiment's head at this step: a slider acts here at once, also while training is paused.
    const inputs = [experiment, view, pinned, frame?.step]
    if (inputs.some((input, k) => input !== last[k])) {
      last = inputs
      stage.setSettings({
        ...view,
        pinned,
        terms: view.terms ? experiment.auxiliaries : NO_TERMS,
        head: activeHead(experiment, frame?.progress ?? 0, frame?.step ?? 0),
        note: embeddings
          ? describeEmbeddings(embeddings)
          : view.margins
            ? marginToCome(experiment, frame?.progress ?? 0)
            : null,
      })
    }
  }
  const speak = (): void => {
    if (performance.now() < spoken + SUMMARY_MS) return
    spoken = performance.now()
    stage.describe(summary(useSession.getState(), shown))
  }
  stage.showData(shown)
  const stopFrames = shown.subscribe(() => {
    follow()
    stage.dataChanged()
    speak()
  })
  const stopSession = useSession.subscribe(follow)
  // The last frames of a run may come while the summary rests.
  const timer = setInterval(speak, SUMMARY_MS)
  follow()
  stage.dataChanged()
  speak()
  return () => {
    stopFrames()
    stopSession()
    clearInterval(timer)
  }
}

/** Why no margin is drawn although the loss has one: its time in the curriculum has not come. */
function marginToCome({ head, curriculum, epochs }: Experiment, progress: number): string | null {
  const { start, end } = curriculum.margin
  if (head.margin.kind === 'none' || progress >= end || progress > start) return null
  return `The margin comes on at epoch ${Number((start * epochs).toFixed(1))}.`
}

function summary({ points, view, embeddings }: SessionState, shown: RunView): string {
  const { count, dimension, labels, predicted } = shown
  const shape =
    dimension === 2 ? '2-D stage' : dimension === 3 ? '3-D stage' : `3-D view of ${dimension} features`
  if (count === 0) return `${shape}, still empty`
  let right = 0
  for (let i = 0; i < count; i++) if (predicted[i] === labels[i]) right++
  const kind = embeddings ? 'embeddings' : `${splitName(points)}images`
  const space = view.space === 'raw' ? 'features as they are' : 'features of unit length'
  return `${shape}: ${count} ${kind}, ${((100 * right) / count).toFixed(1)} % right, ${space}`
}

function splitName({ split }: SessionState['points']): string {
  if (split === 'all') return ''
  return split === 'test' ? 'test ' : 'training '
}
