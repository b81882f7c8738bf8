import type { WeightTerm } from '../forms/weights'
import { classesWithFew, rarities } from '../rarity'

/** The mean length of the other class vectors is held constant, as Guo and Zhang say (eq. 5). */
export const term: WeightTerm = {
  id: 'up',
  name: 'UP loss',
  summary: 'Draws the class vectors of classes with few images to the length of the others.',
  watch: 'Classes with few images get vectors about as long as the others.',
  source: {
    text: 'Guo and Zhang, One-shot Face Recognition by Promoting Underrepresented Classes',
    year: 2017,
  },
  form: 'weights',
  usesRarity: true,
  fewClasses: { id: 'lowShotClasses', name: 'classes with few images' },
  detached: true,
  equation: String.raw`\underset{n_j<\p{fraction}\,n_{\max}}{\mathrm{mean}}\bigl(\lVert W_j\rVert^2-\alpha\bigr)^2`,
  lines: [String.raw`\alpha=\underset{n_j\ge\p{fraction}\,n_{\max}}{\mathrm{mean}}\lVert W_j\rVert^2`],
  weight: 1,
  parameters: [
    {
      id: 'fraction',
      symbol: 'f',
      label: 'few images',
      unit: '',
      min: 0,
      max: 0.95,
      step: 0.05,
      default: 0.2,
      help: 'Classes with less than this part of the images of the largest class count as classes with few.',
    },
  ],
  note: ({ parameters }, { counts, classes, unitWeights }) => {
    const few = classesWithFew(rarities(counts), parameters.fraction!).map((j) => classes[j])
    if (few.length > 0) {
      const idle = ' But class vectors count with unit length now, so their lengths decide nothing.'
      return `Few images: ${few.join(', ')}.${unitWeights ? idle : ''}`
    }
    const least = Math.min(...counts)
    const most = Math.max(...counts)
    const each = least === most ? most : `${least} to ${most}`
    return `No class has few images: each has ${each}. The term is 0 and changes nothing.`
  },
  evaluate: ({ weights, rarity, subCenters }, { parameters }, gradient) => {
    const few = new Set(classesWithFew(rarity, parameters.fraction!))
    if (few.size === 0) return 0
    const rows = rarity.length * subCenters
    const dimension = weights.length / rows
    const promoted = few.size * subCenters
    const isPromoted = (row: number): boolean => few.has(Math.floor(row / subCenters))
    const squares = new Float64Array(rows)
    weights.forEach((w, at) => {
      squares[Math.floor(at / dimension)]! += w * w
    })
    const alpha = squares.reduce((sum, s, row) => sum + (isPromoted(row) ? 0 : s), 0) / (rows - promoted)
    let value = 0
    for (let row = 0; row < rows; row++) {
      if (!isPromoted(row)) continue
      const away = squares[row]! - alpha
      value += (away * away) / promoted
      for (let at = row * dimension; at < (row + 1) * dimension; at++) {
        gradient[at]! += ((4 * away) / promoted) * weights[at]!
      }
    }
    return value
  },
  shader: `
fn squareOf(row: u32) -> f32 {
  var square = 0.0;
  for (var k = 0u; k < settings.dimension; k++) {
    let w = weightAt(row * settings.dimension + k);
    square += w * w;
  }
  return square;
}
fn hasFew(row: u32, ofLargest: f32) -> bool {
  return settings.fraction * rarityOf(row / settings.subCenters) > ofLargest;
}
fn term(thread: u32) -> f32 {
  let rows = settings.classes * settings.subCenters;
  var ofMost = -1.0;
  for (var j = thread; j < settings.classes; j += THREADS) { ofMost = max(ofMost, -rarityOf(j)); }
  let ofLargest = -highest(vec4f(ofMost), thread).x;
  var sums = vec4f();
  for (var row = thread; row < rows; row += THREADS) {
    let few = hasFew(row, ofLargest);
    sums += select(vec4f(squareOf(row), 1.0, 0.0, 0.0), vec4f(0.0, 0.0, 1.0, 0.0), few);
  }
  sums = add(sums, thread);
  let alpha = sums.x / sums.y;
  var value = 0.0;
  for (var row = thread; row < rows; row += THREADS) {
    if (!hasFew(row, ofLargest)) { continue; }
    let away = squareOf(row) - alpha;
    value += away * away / sums.z;
    for (var k = 0u; k < settings.dimension; k++) {
      let at = row * settings.dimension + k;
      push(at, 4.0 * away / sums.z * weightAt(at));
    }
  }
  return add(vec4f(value, 0.0, 0.0, 0.0), thread).x;
}`,
}
