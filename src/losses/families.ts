/** The families that losses are grouped by, in the order of the paper and of the questions that it leaves open. */
export const FAMILIES = {
  plain: 'Softmax and its normalizations',
  margin: 'One margin for all',
  class: 'A margin for each class',
  sample: 'A margin for each sample',
  automatic: 'Margin or scale found automatically',
  euclidean: 'Euclidean distances',
  pair: 'Pairs and similarities',
} as const

export type Family = keyof typeof FAMILIES
