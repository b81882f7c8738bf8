import { labFrom, linkToLab } from '../session/link'
import { momentOf, momentOfRecorded, type Moment } from '../session/moment'
import { useSession } from '../session/context'
import type { Session } from '../session/session'
import type { Action, Lab } from './lab'
import { LABS, recordedRow, recordingOf } from './registry'

/** Which lab is open; null for none. */
export function useOpenLab(): Lab | null {
  const id = useSession((state) => state.lab)
  return id === null ? null : (LABS.find(id) ?? null)
}

/** What a lab begins with: its panels and view, and its runs, recorded or live. */
export function momentOfLab(lab: Lab): Moment {
  const recorded = recordingOf(lab)
  return {
    ...(recorded ? momentOfRecorded(recorded) : momentOf(lab.experiment, ...(lab.beside ?? []))),
    playing: true,
    view: {
      space: 'raw',
      regions: true,
      margins: true,
      terms: true,
      focusedClass: null,
      ...lab.view,
      hiddenClasses: [...(lab.view.hiddenClasses ?? [])],
    },
    panels: { shown: [...lab.panels] },
    page: { lab: lab.id },
  }
}

/** Puts the page into the state of a lab and begins its run, or shows it recorded. */
export function begin(session: Session, lab: Lab): void {
  session.show(momentOfLab(lab))
}

/** Opens a lab: its page state, a new run, and its link in the address bar. */
export function openLab(session: Session, lab: Lab): void {
  history.replaceState(null, '', linkToLab(lab.id, location.href))
  begin(session, lab)
}

/** Leaves the lab; its run stays. */
export function closeLab({ store }: Session): void {
  store.set({ lab: null })
  store.showPanels(null)
  if (labFrom(location.hash) !== null) history.replaceState(null, '', location.pathname + location.search)
}

/** Does what a step's button says. */
export function act(session: Session, lab: Lab, { change, anew, view, row }: Action): void {
  if (view) session.store.setView(view)
  if (row) void session.openRecorded(recordedRow(lab, row))
  if (!change) return
  const next = change(session.experiment)
  if (anew) session.beginAnew(next)
  else session.settings.setExperiment(next)
}

/** The lab of that name, from a link; null where there is none, which the user is told. */
export function namedLab({ store }: Session, id: string): Lab | null {
  const lab = LABS.find(id) ?? null
  if (!lab) store.notify(`There is no lab "${id}". The menu Paper lists those that there are.`)
  return lab
}

/** The lab before or after one; the first or last where none is open. */
export function neighbour(lab: Lab | null, by: 1 | -1): Lab | null {
  const at = lab ? LABS.all.indexOf(lab) + by : by > 0 ? 0 : LABS.all.length - 1
  return LABS.all[at] ?? null
}

/** Opens the lab before or after the one that is open, if there is one. */
export function openNeighbour(session: Session, by: 1 | -1): void {
  const { lab } = session.state
  const next = neighbour(lab === null ? null : (LABS.find(lab) ?? null), by)
  if (next) openLab(session, next)
}
