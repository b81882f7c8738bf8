import { rowNorms, type Classifier } from './measure'

const LEAST_NORM = 1e-12

/** What a classifier makes of one feature, without margin; one number for each class. */
export interface Answer {
  /** The row of W that counts: of several vectors of a class the one at the smallest angle. */
  readonly rows: Uint32Array
  /** cos θ_j to that row. */
  readonly cosines: Float64Array
  readonly logits: Float64Array
}

/** Room for an answer over so many classes. */
export function emptyAnswer(classes: number): Answer {
  return {
    rows: new Uint32Array(classes),
    cosines: new Float64Array(classes),
    logits: new Float64Array(classes),
  }
}

/**
 * @param features the feature begins at `at`
 * @param weightNorms of each row of W, see rowNorms
 * @param answer receives it
 */
export function answerOf(
  features: Float32Array,
  at: number,
  dimension: number,
  { weights, subCenters, bias, useBias, normalizeWeights, normalizeFeatures, scale }: Classifier,
  weightNorms: Float32Array,
  answer: Answer,
): Answer {
  let square = 0
  for (let k = 0; k < dimension; k++) square += features[at + k]! ** 2
  const norm = Math.max(Math.sqrt(square), LEAST_NORM)
  for (let j = 0; j < answer.logits.length; j++) {
    let nearest = j * subCenters
    let cosine = -Infinity
    for (let row = j * subCenters; row < (j + 1) * subCenters; row++) {
      let dot = 0
      for (let k = 0; k < dimension; k++) dot += features[at + k]! * weights[row * dimension + k]!
      const along = dot / (norm * Math.max(weightNorms[row]!, LEAST_NORM))
      if (along <= cosine) continue
      cosine = along
      nearest = row
    }
    answer.rows[j] = nearest
    answer.cosines[j] = cosine
    answer.logits[j] =
      (normalizeFeatures ? scale : norm) * (normalizeWeights ? 1 : weightNorms[nearest]!) * cosine +
      (useBias ? bias[j]! : 0)
  }
  return answer
}

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
  const weightNorms = rowNorms(classifier.weights, dimension)
  const answer = emptyAnswer(weightNorms.length / classifier.subCenters)
  return Float32Array.from({ length: features.length / dimension }, (_, i) => {
    const { logits } = answerOf(features, i * dimension, dimension, classifier, weightNorms, answer)
    let most = -Infinity
    for (const logit of logits) most = Math.max(most, logit)
    let sum = 0
    for (const logit of logits) sum += Math.exp(logit - most)
    return 1 / sum
  })
}
