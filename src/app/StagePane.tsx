import { useEffect, useRef, useState, type Dispatch, type SetStateAction } from 'react'
import type { Experiment } from '../engine/config'
import { hasMargin } from '../losses/margin-setting'
import type { StageLink } from '../render/stage/link'
import { Stage } from '../render/stage/stage'
import { throttle } from '../render/throttle'
import { actingHead } from '../session/acting-head'
import { useLabSession, useSession } from '../session/context'
import type { Session } from '../session/session'
import type { RunState, SessionState } from '../session/state'
import { describeEmbeddings } from '../session/import/embedding-view'
import { letterOf } from '../session/run-names'
import type { RunView } from '../session/run-view'
import { useFirstScreen } from './first-screen'
import { RunCaption } from './RunCaption'
import { RunStatus } from './Status'
import './StagePane.css'

/** How often what the stage shows is put into words, in milliseconds. */
const SUMMARY_MS = 2000

const NO_TERMS: Experiment['terms'] = []

interface StagePaneProps {
  readonly run: RunState
  /** Its place among the runs side by side; null where it is the only one. */
  readonly place: number | null
  readonly link: StageLink
  /** Id of the text that says what keys do. */
  readonly keys: string
  readonly onStage: Dispatch<SetStateAction<ReadonlyMap<number, Stage>>>
}

/** The stage of a run, or of embeddings in its place, with what must be known to read it. */
export function StagePane({ run, place, link, keys, onStage }: StagePaneProps) {
  const session = useLabSession()
  const firstScreen = useFirstScreen()
  const host = useRef<HTMLDivElement>(null)
  const caption = useRef<HTMLParagraphElement>(null)
  const embeddings = useSession((state) => state.embeddings)
  const { id } = run
  const [stage, setStage] = useState<Stage | null>(null)
  useEffect(() => {
    const shown = session.state.embeddings?.stage ?? session.runs.of(id).view
    const events = {
      pin: (point: number | null) => session.store.pin(point),
      caption: (text: string) => {
        caption.current!.textContent = text
      },
      trouble: (text: string) => session.store.notify(text),
    }
    const opened = new Stage(host.current!, shown, events, link)
    opened.canvas.setAttribute('aria-describedby', keys)
    firstScreen?.cover(host.current!)
    setStage(opened)
    onStage((stages) => new Map(stages).set(id, opened))
    return () => {
      opened.dispose()
      setStage(null)
      onStage((stages) => new Map([...stages].filter(([, stage]) => stage !== opened)))
    }
  }, [session, firstScreen, keys, id, link, onStage])
  useEffect(
    () => (stage ? connect(session, stage, embeddings?.stage ?? session.runs.of(id).view, id) : undefined),
    [session, stage, embeddings, id],
  )
  return (
    <div className="stage-pane" role={place === null ? undefined : 'group'} aria-label={nameOf(place)}>
      {place !== null && <RunCaption run={run} place={place} />}
      <div className="stage-host" ref={host} />
      <p className="stage-caption" ref={caption} />
      <RunStatus run={run} />
    </div>
  )
}

const nameOf = (place: number | null): string | undefined =>
  place === null ? undefined : `Run ${letterOf(place)}`

/** Keeps a stage up to date with the run and the session. @returns how to stop that */
function connect(session: Session, stage: Stage, shown: RunView, id: number): () => void {
  let last: readonly unknown[] = []
  const follow = (): void => {
    const state = session.state
    const { view, pinned, embeddings } = state
    const run = session.store.run(id)
    // Something else is shown in a moment.
    if (!run || (embeddings !== null && embeddings.stage !== shown)) return
    const { experiment } = embeddings ?? run
    const { frame } = shown
    // The experiment's head at this step: a slider acts here at once, also while training is paused.
    const inputs = [experiment, view, pinned, frame?.step]
    if (inputs.some((input, k) => input !== last[k])) {
      last = inputs
      stage.setSettings({
        ...view,
        pinned,
        terms: view.terms ? experiment.terms : NO_TERMS,
        head: actingHead(experiment, shown),
        note: embeddings
          ? describeEmbeddings(embeddings)
          : view.margins
            ? marginToCome(experiment, frame?.progress ?? 0)
            : null,
      })
    }
  }
  const speak = throttle(() => stage.describe(summary(session.state, shown)), SUMMARY_MS)
  stage.setData(shown)
  const stopFrames = shown.subscribe(() => {
    follow()
    stage.dataChanged()
    speak()
  })
  const stopSession = session.store.subscribe(follow)
  follow()
  stage.dataChanged()
  speak()
  return () => {
    stopFrames()
    stopSession()
    speak.cancel()
  }
}

/** Why no margin is drawn although the loss has one: its time in the curriculum has not come. */
function marginToCome({ head, curriculum, epochs }: Experiment, progress: number): string | null {
  const { start, end } = curriculum.margin
  if (!hasMargin(head.margin) || progress >= end || progress > start) return null
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
