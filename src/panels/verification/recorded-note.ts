import { whole } from '../../render/format'
import type { VerificationSource } from '../../session/run-view'
import type { PlaybackState } from '../../session/state'

/**
 * Of which weights a verification is while a recorded run is somewhere else than at its end; null where that is plain.
 * A recording has features of known identities only: those of others come from the engine, which is at its end.
 */
export function recordedNote(playback: PlaybackState | null, { step }: VerificationSource): string | null {
  if (!playback || playback.ended || step === null) return null
  return `with the weights of the run’s end, step ${whole(step)}`
}
