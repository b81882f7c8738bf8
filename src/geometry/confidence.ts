import { Answering, type Classifier } from './classifier'

/** The softmax over logits. */
export function softmax(logits: Float64Array): Float64Array {
  const most = logits.reduce((a, b) => Math.max(a, b), -Infinity)
  const powers = logits.map((logit) => Math.exp(logit - most))
  const sum = powers.reduce((a, b) => a + b, 0)
  return powers.map((power) => power / sum)
}

/**
 * How sure a classifier is of each answer: the largest probability of the softmax over its logits, without margin.
 * @param features [n · dimension]
 * @returns one number for each feature, from 1 / classes to 1
 */
export function answerConfidence(
  features: Float32Array,
  dimension: number,
  classifier: Classifier,
): Float32Array {
  const answering = new Answering(classifier, dimension)
  return Float32Array.from({ length: features.length / dimension }, (_, i) => {
    const { logits } = answering.read(features, i * dimension)
    let most = -Infinity
    for (const logit of logits) most = Math.max(most, logit)
    let sum = 0
    for (const logit of logits) sum += Math.exp(logit - most)
    return 1 / sum
  })
}
