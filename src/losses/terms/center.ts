import { centersDrawing } from '../drawings/centers'
import type { CenterTerm } from '../forms/centers'

export const term: CenterTerm = {
  id: 'center',
  name: 'center loss',
  summary: 'Draws every feature towards the centre of its class, which follows its features.',
  watch: 'The rays of softmax shrink to round clusters around the centres.',
  source: {
    text: 'Wen et al., A Discriminative Feature Learning Approach for Deep Face Recognition, eq. 2–4',
    year: 2016,
  },
  form: 'centers',
  drawing: centersDrawing('center loss'),
  equation: String.raw`\tfrac12\lVert\x-c_y\rVert^2`,
  lines: [String.raw`c_j\leftarrow c_j+\p{alpha}\,\tfrac{1}{1+n_j}\sum_{y_i=j}(\x_i-c_j)`],
  weight: 0.1,
  parameters: [
    {
      id: 'alpha',
      symbol: String.raw`\alpha`,
      label: 'rate of the centres',
      unit: '',
      min: 0,
      max: 1,
      step: 0.01,
      default: 0.5,
      help: 'How far a centre moves towards the features of its class in each batch.',
    },
  ],
  evaluate: ({ size, labels, dimension, features, centers }, _, gradient) => {
    let sum = 0
    for (let i = 0; i < size; i++) {
      for (let k = 0; k < dimension; k++) {
        const away = features[i * dimension + k]! - centers[labels[i]! * dimension + k]!
        sum += 0.5 * away * away
        gradient[i * dimension + k]! += away / size
      }
    }
    return sum / size
  },
  move: ({ size, labels, dimension, features, centers }, { parameters }) => {
    const change = new Float64Array(centers.length)
    const counts = new Float64Array(centers.length / dimension)
    for (let i = 0; i < size; i++) {
      const y = labels[i]!
      counts[y]!++
      for (let k = 0; k < dimension; k++) {
        change[y * dimension + k]! += centers[y * dimension + k]! - features[i * dimension + k]!
      }
    }
    change.forEach((sum, at) => {
      centers[at]! -= (parameters.alpha! * sum) / (1 + counts[Math.floor(at / dimension)]!)
    })
  },
  // A thread takes one number of a centre, and of the features of that class, so that none waits for another.
  shader: `
fn term(thread: u32) -> f32 {
  var loss = 0.0;
  let size = f32(settings.batch);
  for (var at = thread; at < settings.classes * settings.dimension; at += THREADS) {
    let center = parameters[settings.state + at];
    let k = at % settings.dimension;
    var sum = 0.0;
    var count = 0.0;
    for (var i = 0u; i < settings.batch; i++) {
      if (labelOf(i) != at / settings.dimension) { continue; }
      let away = seen[i * settings.dimension + k] - center;
      wanted[i * settings.dimension + k] = away / size;
      loss += 0.5 * away * away;
      sum -= away;
      count += 1.0;
    }
    parameters[settings.state + at] = center - settings.alpha * sum / (1.0 + count);
  }
  return add(vec4f(loss, 0.0, 0.0, 0.0), thread).x / size;
}`,
}
