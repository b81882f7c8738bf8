import { Random } from '../geometry/random'
import { spreadDirections } from '../geometry/spread'
import type { Layout } from './layout'

const PRELU_SLOPE = 0.25

/**
 * The parameter vector at step 0.
 * Backbone weights are normal with the variance of He et al. 2015 (eq. 15, for PReLU); class vectors have
 * unit length, at random or evenly spread.
 */
export function initialParameters(layout: Layout, start: 'random' | 'even', seed: number): Float32Array {
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
  values.set(classVectors(layout, start, seed), layout.classWeights.offset)
  return values
}

function classVectors({ classes, dimension }: Layout, start: 'random' | 'even', seed: number): Float32Array {
  const random = new Random(seed, 'class vectors')
  return start === 'even'
    ? spreadDirections(classes, dimension, random)
    : randomDirections(classes, dimension, random)
}

function randomDirections(count: number, dimension: number, random: Random): Float32Array {
  const directions = new Float32Array(count * dimension)
  for (let j = 0; j < count; j++) {
    const v = Array.from({ length: dimension }, () => random.normal())
    const norm = Math.hypot(...v)
    v.forEach((value, k) => {
      directions[j * dimension + k] = value / norm
    })
  }
  return directions
}
