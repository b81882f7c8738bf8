import { useLabSession, useSession } from '../../session/context'
import './triplets.css'

/** Which triplet is looked at: one after the other, the hardest at the start first. */
export function Controls() {
  const session = useLabSession()
  const triplet = useSession((state) => state.view.triplet)
  const pinned = useSession((state) => state.pinned !== null)
  return (
    <div className="triplets-controls">
      <span>{pinned ? 'of the pinned point' : 'the hardest at the start'}</span>
      <button className="text-button" onClick={() => session.store.setView({ triplet: triplet - 1 })}>
        previous
      </button>
      <button className="text-button" onClick={() => session.store.setView({ triplet: triplet + 1 })}>
        next triplet
      </button>
    </div>
  )
}
