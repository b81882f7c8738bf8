import { rowNorms, type Classifier } from './measure'

const LEAST_NORM = 1e-12

/**
 * How sure a classifier is of each answer: the largest probability of the softmax over its logits, without margin.
 * @param features [n · dimension]
 * @returns one number for each feature, from 1 / classes to 1
 */
export function answerConfidence(
  features: Float32Array,
  dimension: number,
  { weights, subCenters, bias, useBias, normalizeWeights, normalizeFeatures, scale }: Classifier,
): Float32Array {
  const rows = weights.length / dimension
  const weightNorms = rowNorms(weights, dimension)
  const norms = rowNorms(features, dimension)
  const logits = new Float64Array(rows / subCenters)
  return norms.map((length, i) => {
    const norm = Math.max(length, LEAST_NORM)
    let most = -Infinity
    for (let j = 0; j < logits.length; j++) {
      let [best, cosine] = [-Infinity, -Infinity]
      // Of several vectors of a class the one at the smallest angle counts.
      for (let row = j * subCenters; row < (j + 1) * subCenters; row++) {
        let dot = 0
        for (let k = 0; k < dimension; k++)
          dot += features[i * dimension + k]! * weights[row * dimension + k]!
        const along = dot / (norm * Math.max(weightNorms[row]!, LEAST_NORM))
        if (along <= cosine) continue
        cosine = along
        best =
          (normalizeFeatures ? scale : norm) * (normalizeWeights ? 1 : weightNorms[row]!) * along +
          (useBias ? bias[j]! : 0)
      }
      logits[j] = best
      most = Math.max(most, best)
    }
    let sum = 0
    for (const logit of logits) sum += Math.exp(logit - most)
    return 1 / sum
  })
}
