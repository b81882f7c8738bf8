import { anchoredDrawing } from '../drawings/anchored'
import { LEAST_SQUARE } from '../forms/base'
import type { PairTerm } from '../forms/pairs'

export const term: PairTerm = {
  id: 'contrastive',
  name: 'contrastive loss',
  summary: 'Draws features of one class together and pushes those of two classes a margin apart.',
  watch: 'Clusters shrink to points; only pairs of classes closer than the margin still push.',
  source: {
    text: 'Hadsell et al., Dimensionality Reduction by Learning an Invariant Mapping, eq. 4',
    year: 2006,
  },
  form: 'pairs',
  drawing: anchoredDrawing({ name: 'pairs', borders: ({ parameters }) => [parameters.margin! ** 2] }),
  equation:
    String.raw`\operatorname*{mean}_{i<j}\ \tfrac12\begin{cases}d_{ij}^2&y_i=y_j` +
    String.raw`\\{[\p{margin}-d_{ij}]_+^2}&y_i\ne y_j\end{cases}`,
  lines: [String.raw`d_{ij}=\lVert\x_i-\x_j\rVert`],
  weight: 0.1,
  parameters: [
    {
      id: 'margin',
      symbol: 'm',
      label: 'margin',
      unit: '',
      min: 0,
      max: 20,
      step: 0.1,
      default: 4,
      help: 'Features of two classes push each other away while they are closer than this.',
    },
  ],
  evaluate: ({ size, labels, squared }, { parameters }, coefficients, act) => {
    const margin = parameters.margin!
    const pairs = (size * (size - 1)) / 2
    let sum = 0
    for (let i = 0; i < size; i++) {
      for (let j = i + 1; j < size; j++) {
        const at = i * size + j
        const square = squared[at]!
        const distance = Math.sqrt(Math.max(square, LEAST_SQUARE))
        const gap = Math.max(margin - distance, 0)
        const same = labels[i] === labels[j]
        const loss = 0.5 * (same ? square : gap * gap)
        if (loss === 0) continue
        sum += loss
        coefficients[at]! += (same ? 0.5 : (-0.5 * gap) / distance) / pairs
        act?.([i, j], loss)
      }
    }
    return pairs === 0 ? 0 : sum / pairs
  },
  shader: () => `
fn term(thread: u32) -> f32 {
  let size = settings.batch;
  let pairs = max(1.0, f32(size * (size - 1u) / 2u));
  var sum = 0.0;
  for (var at = thread; at < size * size; at += THREADS) {
    let i = at / size;
    let j = at % size;
    if (i >= j) { continue; }
    let square = squared[at];
    let distance = sqrt(max(square, ${LEAST_SQUARE}));
    let gap = max(settings.margin - distance, 0.0);
    let same = labelOf(i) == labelOf(j);
    sum += 0.5 * select(gap * gap, square, same);
    coefficients[at] = select(-0.5 * gap / distance, 0.5, same) / pairs;
  }
  return add(vec4f(sum, 0.0, 0.0, 0.0), thread).x / pairs;
}`,
}
