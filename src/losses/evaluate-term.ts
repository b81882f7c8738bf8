import type { Floats } from '../geometry/floats'
import type { TermSetting, TermSizes } from './forms/base'
import { evaluateFeatures } from './forms/features'
import { evaluatePairs, pairGradient } from './forms/pairs'
import type { Term } from './forms/term'
import type { WeightedClasses } from './forms/weights'
import { addSeenGradient, seenFeatures } from './seen-features'

/** What terms are functions of. */
export interface TermInputs extends TermSizes, WeightedClasses {
  /** [B · d], as the network gives them. */
  readonly features: Floats
  readonly labels: ArrayLike<number>
  /** What the term carries; it moves in place what it moves itself. */
  readonly state: Floats
}

/** Where gradients are added. */
interface TermGradients {
  /** [B · d] */
  readonly features: Floats
  /** [n · K · d] */
  readonly weights: Floats
  /** Of what the term carries. */
  readonly state: Floats
}

/**
 * Evaluates a term of any form.
 * @param gradients receive λ times its gradients
 * @returns the value, without λ
 */
export function evaluateTerm(
  term: Term,
  setting: TermSetting,
  inputs: TermInputs,
  gradients: TermGradients,
): number {
  const { weight, normalized } = setting
  const { labels, dimension, state } = inputs
  if (term.form === 'weights') {
    const own = new Float64Array(inputs.weights.length)
    const value = term.evaluate(inputs, setting, own)
    own.forEach((slope, at) => {
      gradients.weights[at]! += weight * slope
    })
    return value
  }
  const seen = seenFeatures(inputs.features, dimension, normalized)
  const features = seen.values
  const add = (own: Float64Array): void => addSeenGradient(gradients.features, weight, seen, dimension, own)
  switch (term.form) {
    case 'pairs': {
      const { value, coefficients } = evaluatePairs(term, setting, features, labels)
      add(pairGradient(features, coefficients))
      return value
    }
    case 'centers': {
      const batch = { size: labels.length, labels, dimension, features, centers: state }
      const own = new Float64Array(features.length)
      const value = term.evaluate(batch, setting, own)
      add(own)
      term.move(batch, setting)
      return value
    }
    case 'features': {
      const { value, gradient, slopes } = evaluateFeatures(term, setting, features, labels, state)
      add(gradient)
      slopes.forEach((slope, k) => {
        gradients.state[k]! += weight * slope
      })
      return value
    }
  }
}
