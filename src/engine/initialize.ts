import { Random } from '../geometry/random'
import { spreadDirections } from '../geometry/spread'
import { neutralPsi } from '../losses/compiled-margin'
import type { Head } from '../losses/head'
import { HEAD_LOSSES } from '../losses/head-loss-registry'
import { headStates } from '../losses/head-states'
import { startingState } from '../losses/forms/term'
import { rarities } from '../losses/rarity'
import { TERMS } from '../losses/term-registry'
import { MOST_STATES } from '../losses/margin-function'
import type { Layout } from './layout'

const PRELU_SLOPE = 0.25
/** How far the vectors of a class lie apart where its direction is given, in each coordinate. */
const SCATTER = 0.15

/**
 * The parameter vector at step 0.
 * Backbone weights are normal with the variance of He et al. 2015 (eq. 15, for PReLU); class vectors have
 * unit length, at random or evenly spread. Class margins are 0.
 * @param counts training samples of each class
 */
export function initialParameters(
  layout: Layout,
  head: Head,
  seed: number,
  counts: readonly number[],
): Float32Array {
  const values = new Float32Array(layout.size)
  layout.layers.forEach((layer, index) => {
    if (layer.kind === 'pool') return
    const { input, output, size, after } = layer
    const fanIn = size * size * input.channels
    const gain = after.kind === 'prelu' ? 2 / (1 + PRELU_SLOPE ** 2) : 1
    const deviation = Math.sqrt(gain / fanIn)
    const random = new Random(seed, 'weights', index)
    const end = layer.weights + fanIn * output.channels
    for (let i = layer.weights; i < end; i++) values[i] = deviation * random.normal()
    if (after.kind === 'prelu') values.fill(PRELU_SLOPE, after.offset, after.offset + after.count)
  })
  values.set(classVectors(layout, head.start, seed), layout.classWeights.offset)
  values.set(rarities(counts), layout.classRarity.offset)
  values.set(startingStates(head, layout), layout.states.offset)
  for (const [kind, { offset }] of layout.termStates) {
    values.set(startingState(TERMS.get(kind), layout), offset)
  }
  return values
}

/** What the head carries before the first step: states, padded with 0, and the shared bias, as laid out. */
export function startingStates(
  { margin, loss, scale }: Pick<Head, 'margin' | 'loss' | 'scale'>,
  { classes, dimension }: Pick<Layout, 'classes' | 'dimension'>,
): Float64Array {
  const values = new Float64Array(MOST_STATES + 1)
  values.set(headStates({ margin, loss }).all.map(({ start }) => start(classes)))
  const { sharedBias } = HEAD_LOSSES.get(loss.kind)
  const counts = neutralPsi(margin, scale)
  values[MOST_STATES] = sharedBias?.start(loss.parameters, { scale, classes, dimension, counts }) ?? 0
  return values
}

function classVectors(
  { classes, subCenters, dimension }: Layout,
  start: 'random' | 'even',
  seed: number,
): Float32Array {
  const random = new Random(seed, 'class vectors')
  if (start === 'random') return randomDirections(classes * subCenters, dimension, random)
  const spread = spreadDirections(classes, dimension, random)
  if (subCenters === 1) return spread
  // Alike, the vectors of a class could never part.
  return unitRows(classes * subCenters, dimension, (row, k) => {
    const own = spread[Math.floor(row / subCenters) * dimension + k]!
    return own + SCATTER * random.normal()
  })
}

function randomDirections(count: number, dimension: number, random: Random): Float32Array {
  return unitRows(count, dimension, () => random.normal())
}

/** The rows that `valueAt` gives, called in order, at length 1. */
function unitRows(
  count: number,
  dimension: number,
  valueAt: (row: number, k: number) => number,
): Float32Array {
  const rows = new Float32Array(count * dimension)
  for (let j = 0; j < count; j++) {
    const v = Array.from({ length: dimension }, (_, k) => valueAt(j, k))
    const norm = Math.hypot(...v)
    v.forEach((value, k) => {
      rows[j * dimension + k] = value / norm
    })
  }
  return rows
}
