import { useState } from 'react'
import { reasonOf } from '../io/reason'
import { paintTogether, toPng } from '../render/stage/picture'
import type { Stage } from '../render/stage/stage'
import { themeSource } from '../render/theme'
import { letterOf, nameBeside } from '../session/run-names'
import { useLabSession } from '../session/context'
import type { Session } from '../session/session'
import type { RunState } from '../session/state'
import './StageHeader.css'

/** Saves what the stages show: one as it is, several in one picture, as they lie on the page, with their names. */
export function SaveStages({
  shown,
  stages,
}: {
  readonly shown: readonly RunState[]
  readonly stages: ReadonlyMap<number, Stage>
}) {
  const session = useLabSession()
  const [busy, setBusy] = useState(false)
  const ready = shown.every(({ id }) => stages.has(id))
  const save = async (): Promise<void> => {
    setBusy(true)
    try {
      const address = URL.createObjectURL(await toPng(paint(shown, stages)))
      const link = document.createElement('a')
      link.href = address
      link.download = fileName(session, shown)
      link.click()
      // The browser reads the address after this task.
      setTimeout(() => URL.revokeObjectURL(address), 10_000)
    } catch (error) {
      session.store.notify(`The picture could not be saved: ${reasonOf(error)}.`)
    }
    setBusy(false)
  }
  return (
    <button className="flat stage-save" onClick={() => void save()} disabled={busy || !ready}>
      save picture
    </button>
  )
}

function paint(shown: readonly RunState[], stages: ReadonlyMap<number, Stage>): HTMLCanvasElement {
  const pictures = shown.map(({ id, experiment }, place) => ({
    ...stages.get(id)!.picture(),
    letter: letterOf(place),
    name: nameBeside(shown[0]!.experiment, experiment),
  }))
  const [only, ...others] = pictures
  return only && others.length === 0 ? only.canvas : paintTogether(pictures, themeSource.current)
}

function fileName(session: Session, { length }: readonly RunState[]): string {
  if (session.state.embeddings) return 'stage-embeddings.png'
  return `${length > 1 ? 'stages' : 'stage'}-step-${session.runs.view.frame?.step ?? 0}.png`
}
