import { anchoredDrawing } from '../drawings/anchored'
import type { PairTerm } from '../forms/pairs'

/**
 * Cosine similarity metric learning compares faces by cosine and weighs unlike pairs by α; here its pairs come
 * from a batch, and unlike ones count only above a margin, as they do in the contrastive loss.
 */
export const term: PairTerm = {
  id: 'cosine-pair',
  name: 'cosine pair loss',
  summary: 'Raises the cosine between features of one class and lowers it between two classes.',
  watch: 'Classes turn into narrow rays; lengths of features are left alone.',
  source: {
    text: 'Nguyen and Bai, Cosine Similarity Metric Learning for Face Verification, taken pair by pair',
    year: 2010,
  },
  form: 'pairs',
  drawing: anchoredDrawing({ name: 'pairs', borders: ({ parameters }) => [2 - 2 * parameters.margin!] }),
  cosine: true,
  equation:
    String.raw`\operatorname*{mean}_{i<j}\begin{cases}1-\cos\theta_{ij}&y_i=y_j\\\p{alpha}` +
    String.raw`\,[\cos\theta_{ij}-\p{margin}]_+&y_i\ne y_j\end{cases}`,
  lines: [],
  weight: 1,
  parameters: [
    {
      id: 'margin',
      symbol: 'm',
      label: 'margin',
      unit: '',
      min: -1,
      max: 0.99,
      step: 0.01,
      default: 0.5,
      help: 'Features of two classes turn away from each other while their cosine is above this.',
    },
    {
      id: 'alpha',
      symbol: String.raw`\alpha`,
      label: 'weight of unlike pairs',
      unit: '',
      min: 0,
      max: 10,
      step: 0.1,
      default: 1,
      help: 'How much pushing two classes apart counts against drawing one class together.',
    },
  ],
  evaluate: ({ size, labels, squared }, { parameters }, coefficients, act) => {
    const margin = parameters.margin!
    const alpha = parameters.alpha!
    const pairs = (size * (size - 1)) / 2
    let sum = 0
    for (let i = 0; i < size; i++) {
      for (let j = i + 1; j < size; j++) {
        const at = i * size + j
        const half = 0.5 * squared[at]!
        const same = labels[i] === labels[j]
        const loss = same ? half : alpha * Math.max(1 - half - margin, 0)
        if (loss <= 0) continue
        sum += loss
        coefficients[at]! += (same ? 0.5 : -0.5 * alpha) / pairs
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
    let half = 0.5 * squared[at];
    let above = max(1.0 - half - settings.margin, 0.0);
    let same = labelOf(i) == labelOf(j);
    sum += select(settings.alpha * above, half, same);
    coefficients[at] = select(select(0.0, -0.5 * settings.alpha, above > 0.0), 0.5, same) / pairs;
  }
  return add(vec4f(sum, 0.0, 0.0, 0.0), thread).x / pairs;
}`,
}
