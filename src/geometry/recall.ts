/** @returns for each class the share of its samples that were predicted as it; NaN where it has none */
export function recallByClass(
  predicted: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
): Float32Array {
  const right = new Float32Array(classes)
  const all = new Float32Array(classes)
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!
    all[label]!++
    if (predicted[i] === label) right[label]!++
  }
  return right.map((count, j) => count / all[j]!)
}

/** Mean recall over the classes with many training samples and over those with few; NaN where there are none. */
interface HeadAndTail {
  readonly head: number
  readonly tail: number
}

/**
 * @param recall for each class; NaN counts for neither
 * @param counts n_j, the training samples of each class
 * @param most a class with at most so many samples belongs to the tail
 */
export function headAndTail(recall: ArrayLike<number>, counts: ArrayLike<number>, most: number): HeadAndTail {
  const sum = { head: 0, tail: 0 }
  const classes = { head: 0, tail: 0 }
  for (let j = 0; j < recall.length; j++) {
    if (Number.isNaN(recall[j]!)) continue
    const part = counts[j]! <= most ? 'tail' : 'head'
    sum[part] += recall[j]!
    classes[part]++
  }
  return { head: sum.head / classes.head, tail: sum.tail / classes.tail }
}
