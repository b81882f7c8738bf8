import { reasonOf } from '../io/reason'
import { closeLab, momentOfLab, namedLab } from '../labs/open-lab'
import { labFrom, momentFrom } from '../session/link'
import type { Moment } from '../session/moment'
import type { Session } from '../session/session'

/**
 * Shows what the page's address names.
 * @param otherwise says what the user sees where that is damaged
 * @returns whether it names something that can be shown
 */
export function showAddress(session: Session, otherwise = 'This is the usual start instead.'): boolean {
  const moment = linkedMoment(session, otherwise)
  if (moment) session.show(moment)
  return moment !== null
}

/** The same for an address that changes while the page is open. */
export function followAddress(session: Session): void {
  const { lab } = session.state
  if (lab !== null && labFrom(location.hash) === lab) return
  if (!showAddress(session, 'What was shown stays.') && lab !== null) closeLab(session)
}

function linkedMoment(session: Session, otherwise: string): Moment | null {
  const id = labFrom(location.hash)
  const lab = id === null ? null : namedLab(session, id)
  if (lab) return momentOfLab(lab)
  try {
    return withKnownLab(session, momentFrom(location.hash))
  } catch (error) {
    session.store.notify(`The link could not be opened: ${reasonOf(error)}. ${otherwise}`)
    return null
  }
}

/** A moment may name a lab of a later page: the rest of it can be shown. */
function withKnownLab(session: Session, moment: Moment | null): Moment | null {
  const id = moment?.page?.lab ?? null
  if (id === null || namedLab(session, id)) return moment
  return { ...moment, page: { lab: null } }
}
