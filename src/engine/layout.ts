import { startingState } from '../losses/forms/term'
import { MOST_STATES } from '../losses/margin-function'
import { TERMS } from '../losses/term-registry'
import type { NetworkSpec } from './network-spec'

/** How a tensor is transformed where it is read: y = z, max(z, 0), or z > 0 ? z : slope · z by channel. */
export type Activation =
  | { readonly kind: 'none' }
  | { readonly kind: 'relu' }
  /** `offset` of the slopes in the parameter vector; the slope of flat index i is number i mod `count`. */
  | { readonly kind: 'prelu'; readonly offset: number; readonly count: number }

export interface Shape3 {
  readonly height: number
  readonly width: number
  readonly channels: number
}

/** Numbers in an image of this shape. */
export function volume({ height, width, channels }: Shape3): number {
  return height * width * channels
}

/** A convolution, or a dense layer as a 1 × 1 convolution of a 1 × 1 image. */
export interface ConvLayer {
  readonly kind: 'conv'
  readonly input: Shape3
  readonly output: Shape3
  readonly size: number
  readonly stride: number
  readonly padTop: number
  readonly padLeft: number
  /** Offset of the weights [size · size · input.channels, output.channels] in the parameter vector. */
  readonly weights: number
  readonly bias: number
  /** Applied to the input where it is read. */
  readonly before: Activation
  /** Applied to the output by whoever reads it; its slopes belong to this layer. */
  readonly after: Activation
}

/** Max pooling, 2 × 2 with stride 2; an odd last row or column is dropped. */
export interface PoolLayer {
  readonly kind: 'pool'
  readonly input: Shape3
  readonly output: Shape3
  readonly before: Activation
}

export type Layer = ConvLayer | PoolLayer

export interface Segment {
  readonly name: string
  readonly offset: number
  readonly size: number
}

/**
 * Where everything lies in the one vector that holds all parameters. One vector makes an optimizer step one
 * kernel and a checkpoint one copy. Weights come first, so that weight decay is "all before `decayed`".
 */
export interface Layout {
  readonly layers: readonly Layer[]
  readonly dimension: number
  readonly classes: number
  /** K, rows of class weights for each class. */
  readonly subCenters: number
  /** [n · K · d], class by class; the last of what decays. */
  readonly classWeights: Segment
  readonly classBias: Segment
  /** Learned margins of the classes. */
  readonly classMargins: Segment
  /** n_min / n_j of the training set; no gradient. */
  readonly classRarity: Segment
  /** What the head carries from step to step; no gradient. */
  readonly states: Segment
  /** The bias that all logits share, of losses that have one. */
  readonly sharedBias: Segment
  /**
   * What terms carry, by kind: there is room for all of them at the end, whether they are on or not. The gradient of
   * what a term moves by a rule of its own stays 0.
   */
  readonly termStates: ReadonlyMap<string, Segment>
  /** Where these begin. */
  readonly termsAt: number
  readonly segments: readonly Segment[]
  readonly decayed: number
  readonly size: number
}

const NONE: Activation = { kind: 'none' }

export function layOut(
  network: NetworkSpec,
  image: Shape3,
  dimension: number,
  classes: number,
  featureActivation: 'none' | 'relu',
  subCenters = 1,
): Layout {
  const specs = [...network.layers, { kind: 'dense' as const, units: dimension }]
  const weights = new Allocator()
  const rest = new Allocator()
  const classWeightsAt = (): Segment => weights.add('head.weights', classes * subCenters * dimension)

  let shape = image
  let before: Activation = NONE
  const planned = specs.map((spec, index) => {
    const last = index === specs.length - 1
    const input = spec.kind === 'dense' ? flatten(shape) : shape
    const name = `${spec.kind}${index + 1}`
    const own = before
    if (spec.kind === 'pool') {
      shape = { height: input.height >> 1, width: input.width >> 1, channels: input.channels }
      before = NONE
      return { kind: 'pool' as const, input, output: shape, before: own }
    }
    const [size, stride, filters] =
      spec.kind === 'conv' ? [spec.size, spec.stride, spec.filters] : [1, 1, spec.units]
    const [height, padTop] = samePadding(input.height, size, stride)
    const [width, padLeft] = samePadding(input.width, size, stride)
    shape = { height, width, channels: filters }
    const weight = weights.add(`${name}.weights`, size * size * input.channels * filters)
    const bias = rest.add(`${name}.bias`, filters)
    const slopes = last ? null : rest.add(`${name}.slopes`, filters)
    before = slopes ? { kind: 'prelu', offset: slopes.offset, count: filters } : { kind: featureActivation }
    return {
      kind: 'conv' as const,
      input,
      output: shape,
      size,
      stride,
      padTop,
      padLeft,
      weights: weight.offset,
      bias: bias.offset,
      before: own,
      after: before,
    }
  })
  const classWeights = classWeightsAt()
  const decayed = weights.size
  const moved = (segment: Segment): Segment => ({ ...segment, offset: segment.offset + decayed })
  const classBias = moved(rest.add('head.bias', classes))
  const classMargins = moved(rest.add('head.margins', classes))
  const classRarity = moved(rest.add('head.rarity', classes))
  const states = moved(rest.add('head.states', MOST_STATES))
  const sharedBias = moved(rest.add('head.sharedBias', 1))
  const termsAt = decayed + rest.size
  const termStates = new Map(
    TERMS.all.flatMap((term) => {
      const { length } = startingState(term, { classes, dimension })
      return length > 0 ? [[term.id, moved(rest.add(`terms.${term.id}`, length))] as const] : []
    }),
  )
  const shift = (a: Activation): Activation => (a.kind === 'prelu' ? { ...a, offset: a.offset + decayed } : a)
  const layers = planned.map((layer): Layer => {
    if (layer.kind === 'pool') return { ...layer, before: shift(layer.before) }
    return { ...layer, bias: layer.bias + decayed, before: shift(layer.before), after: shift(layer.after) }
  })
  return {
    layers,
    dimension,
    classes,
    subCenters,
    classWeights,
    classBias,
    decayed,
    classMargins,
    classRarity,
    states,
    sharedBias,
    termStates,
    termsAt,
    segments: [...weights.segments, ...rest.segments.map(moved)],
    size: decayed + rest.size,
  }
}

/** Where the head's kernels find what they need. */
export function headOffsets(
  layout: Layout,
): Record<'weights' | 'bias' | 'margins' | 'rarity' | 'states' | 'sharedBias', number> {
  const { classWeights, classBias, classMargins, classRarity, states, sharedBias } = layout
  return {
    weights: classWeights.offset,
    bias: classBias.offset,
    margins: classMargins.offset,
    rarity: classRarity.offset,
    states: states.offset,
    sharedBias: sharedBias.offset,
  }
}

function flatten({ height, width, channels }: Shape3): Shape3 {
  return { height: 1, width: 1, channels: height * width * channels }
}

/** Output length and leading padding of a "same" convolution, as TensorFlow counts them. */
function samePadding(length: number, size: number, stride: number): [output: number, before: number] {
  const output = Math.ceil(length / stride)
  return [output, Math.max((output - 1) * stride + size - length, 0) >> 1]
}

class Allocator {
  readonly segments: Segment[] = []
  size = 0

  add(name: string, size: number): Segment {
    const segment = { name, offset: this.size, size }
    this.segments.push(segment)
    // Multiples of four floats, so that kernels may load vectors of four.
    this.size += (size + 3) & ~3
    return segment
  }
}
