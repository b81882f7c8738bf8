import { reasonOf } from '../io/reason'
import { closeLab, linkedLab, momentOfLab } from '../labs/open-lab'
import { labFrom, momentFrom } from '../session/link'
import type { Moment } from '../session/moment'
import type { Session } from '../session/session'

/** Shows what the page's address names. @returns whether it names something that can be shown */
export function showAddress(session: Session): boolean {
  const moment = linkedMoment(session)
  if (moment) session.show(moment)
  return moment !== null
}

/** The same for an address that changes while the page is open. */
export function followAddress(session: Session): void {
  const { lab } = session.state
  if (lab !== null && labFrom(location.hash) === lab) return
  if (!showAddress(session) && lab !== null) closeLab(session)
}

function linkedMoment(session: Session): Moment | null {
  const lab = linkedLab(session)
  if (lab) return momentOfLab(lab)
  try {
    return momentFrom(location.hash)
  } catch (error) {
    const reason = reasonOf(error)
    session.store.notify(`The link could not be opened: ${reason}. This is the usual start instead.`)
    return null
  }
}
