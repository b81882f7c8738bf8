import { expose, transfer } from 'comlink'
import { verify, type Verification } from '../geometry/verification'

/** `verify` behind a message port: neither the page nor training waits for it. */
function verifyHere(...args: Parameters<typeof verify>): Verification | null {
  const result = verify(...args)
  if (!result) return null
  const { pairs, scores, histogram, roc } = result
  const arrays = [
    pairs.first,
    pairs.second,
    pairs.same,
    pairs.fold,
    scores,
    histogram.same,
    histogram.different,
    roc.threshold,
    roc.falseAccepts,
    roc.trueAccepts,
  ]
  return transfer(
    result,
    arrays.map(({ buffer }) => buffer as ArrayBuffer),
  )
}

export type VerifyHere = typeof verifyHere

expose(verifyHere)
