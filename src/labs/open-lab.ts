import { create } from 'zustand'
import { openExperiment, openRecorded, play, setExperiment } from '../session/actions'
import { beginAnew } from '../session/begin-anew'
import { labFrom, linkToLab } from '../session/link'
import { notify, setView, showPanels, useSession } from '../session/store'
import type { Action, Lab } from './lab'
import { LABS, recordedRow, recordingOf } from './registry'

/** Which lab is open. */
export const useLab = create<{ readonly lab: Lab | null }>(() => ({ lab: null }))

/** Puts the page into the state of a lab and begins its run, or shows it recorded. */
export function begin(lab: Lab): void {
  useLab.setState({ lab })
  showPanels(lab.panels)
  setView({ space: 'raw', regions: true, margins: true, terms: true, hiddenClasses: [], focusedClass: null })
  setView(lab.view)
  const recording = recordingOf(lab)
  if (recording) {
    openRecorded(recording)
    return
  }
  openExperiment(lab.experiment, ...(lab.beside ?? []))
  play()
}

/** Opens a lab: its page state, a new run, and its link in the address bar. */
export function openLab(lab: Lab): void {
  history.replaceState(null, '', linkToLab(lab.id, location.href))
  begin(lab)
}

/** Leaves the lab; its run stays. */
export function closeLab(): void {
  useLab.setState({ lab: null })
  showPanels(null)
  if (labFrom(location.hash) !== null) history.replaceState(null, '', location.pathname + location.search)
}

/** Does what a step's button says. */
export function act(lab: Lab, { change, anew, view, row }: Action): void {
  if (view) setView(view)
  if (row) openRecorded(recordedRow(lab, row))
  if (!change) return
  const next = change(useSession.getState().experiment)
  if (anew) beginAnew(next)
  else setExperiment(next)
}

function linkedLab(): Lab | null {
  const id = labFrom(location.hash)
  if (id === null) return null
  const lab = LABS.find(id) ?? null
  if (!lab) notify(`There is no lab "${id}". The menu Paper lists those that there are.`)
  return lab
}

/**
 * Opens the lab that the page's address names.
 * @returns whether there is one
 */
export function takeLab(): boolean {
  const lab = linkedLab()
  if (lab) begin(lab)
  return lab !== null
}

/** The same for an address that changes while the page is open. */
export function followLab(): void {
  const lab = linkedLab()
  if (lab && lab !== useLab.getState().lab) begin(lab)
  else if (!lab && useLab.getState().lab) closeLab()
}

/** The lab before or after the open one; the first or last where none is open. */
export function neighbour(by: 1 | -1): Lab | null {
  const { lab } = useLab.getState()
  const at = lab ? LABS.all.indexOf(lab) + by : by > 0 ? 0 : LABS.all.length - 1
  return LABS.all[at] ?? null
}

export function openNeighbour(by: 1 | -1): void {
  const lab = neighbour(by)
  if (lab) openLab(lab)
}
