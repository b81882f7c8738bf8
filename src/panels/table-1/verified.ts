import { create } from 'zustand'
import { reasonOf } from '../../io/reason'
import type { VerificationFile } from '../../io/verification-file'
import { loadVerification } from '../../session/table'

export interface Verified {
  readonly file: VerificationFile | null
  /** Why there is none. */
  readonly failure: string | null
}

/** The results that are served beside the page. */
export const useVerified = create<Verified>(() => ({ file: null, failure: null }))

let asked = false

/** Loads the results, unless they are there or on their way; what failed is tried again. */
export function askForVerified(): void {
  if (asked) return
  asked = true
  useVerified.setState({ failure: null })
  void loadVerification().then(
    (file) => useVerified.setState({ file }),
    (error: unknown) => {
      asked = false
      useVerified.setState({ failure: reasonOf(error) })
    },
  )
}
