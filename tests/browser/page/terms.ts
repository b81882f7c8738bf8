import { tensor1d, tidy, zeros, type Rank } from '@tensorflow/tfjs-core'
import { useBackend, type BackendName } from '../../../src/engine/backends'
import * as ops from '../../../src/engine/kernels/ops'
import { Random } from '../../../src/geometry/random'
import type { TermSetting } from '../../../src/losses/forms/base'
import { defaultSetting, miningsOf, startingState } from '../../../src/losses/forms/term'
import { TERMS } from '../../../src/losses/term-registry'
import { SAMPLE_TERMS } from '../../sample-terms'
import { assets } from './assets'

const BATCH = 21
const CLASSES = 5
const DIMENSION = 3
const SUB_CENTERS = 2

/** Terms from elsewhere are there from now on. */
export function addOwnTerms(): string[] {
  for (const term of SAMPLE_TERMS) if (!TERMS.has(term.id)) TERMS.add(term)
  return [...TERMS.ids]
}

/** Every way in which a term can be switched, with λ = 0.7. */
export function settingsOf(kind: string): TermSetting[] {
  const term = TERMS.get(kind)
  const base = { ...defaultSetting(term), weight: 0.7 }
  const minings = miningsOf(term).map(({ id }) => ({ mining: id }))
  const switches = term.cosine ? [true] : term.form === 'weights' ? [false] : [false, true]
  return (minings.length > 0 ? minings : [{}]).flatMap((mining) =>
    switches.map((normalized) => ({ ...base, normalized, ...mining })),
  )
}

/** The gradient with respect to class weights that stay, on webgpu. */
export async function gradientOfFixed(setting: TermSetting): Promise<number[]> {
  return (await evaluate('webgpu', setting, [], true)).dW!
}

/** The largest difference between webgpu and cpu as a fraction of the largest magnitude, in each result. */
export async function compareTerm(
  setting: TermSetting,
  fixedWeights = false,
): Promise<Record<string, number>> {
  const expected = await evaluate('cpu', setting, [], fixedWeights)
  const actual = await evaluate('webgpu', setting, [], fixedWeights)
  return Object.fromEntries(
    Object.entries(expected).map(([name, values]) => {
      const difference = values.reduce((most, v, i) => Math.max(most, Math.abs(v - actual[name]![i]!)), 0)
      const magnitude = values.reduce((most, v) => Math.max(most, Math.abs(v)), 0)
      return [name, difference / Math.max(magnitude, 1e-2)]
    }),
  )
}

/**
 * How the gradients on webgpu compare with finite differences of its value: the largest gap as a fraction of the
 * largest slope.
 */
export async function slopeError(setting: TermSetting): Promise<number> {
  const { dx, dW, dState } = await evaluate('webgpu', setting)
  const own = [...dx!, ...dW!, ...dState!]
  const largest = Math.max(...own.map(Math.abs))
  const direction = own.map((slope) => slope / largest)
  const h = 2e-3
  const along = async (step: number): Promise<number> =>
    (
      await evaluate(
        'webgpu',
        setting,
        direction.map((v) => step * v),
      )
    ).statistics![0]!
  // Along the gradient itself the value rises by its squared length.
  const slope = ((await along(h)) - (await along(-h))) / (2 * h)
  const expected = own.reduce((sum, v, i) => sum + v * direction[i]!, 0)
  return Math.abs(slope - expected) / expected
}

async function evaluate(
  backend: BackendName,
  setting: TermSetting,
  moved: readonly number[] = [],
  fixedWeights = false,
): Promise<Record<string, number[]>> {
  await useBackend(backend, assets)
  const random = new Random(3, 'terms')
  const at = (count: number, scale: number): number[] =>
    Array.from({ length: count }, () => scale * random.normal())
  const features = at(BATCH * DIMENSION, 1.5)
  const weights = at(CLASSES * SUB_CENTERS * DIMENSION, 1)
  const start = startingState(TERMS.get(setting.kind), { classes: CLASSES, dimension: DIMENSION })
  const state = Array.from(start, (v) => v + random.normal())
  const labels = Array.from({ length: BATCH }, (_, i) => (i * 7) % CLASSES)
  let k = 0
  for (const values of [features, weights, state])
    values.forEach((v, i) => (values[i] = v + (moved[k++] ?? 0)))
  const rarity = [0.1, 0.2, 0.3, 1, 0.15]
  // Something lies before and between, as in training.
  const parameters = [9, ...weights, 9, ...rarity, 9, ...state]
  const rarityAt = weights.length + 2
  const stateAt = rarityAt + rarity.length + 1
  // The batch begins at row 2 of the plan.
  const plan = [0, 0, ...labels].flatMap((label) => [0, 0, 0, label])
  const joined = tidy(() => {
    const tensors = { parameters: tensor1d(parameters), gradients: zeros<Rank.R1>([parameters.length]) }
    const statistics = zeros<Rank.R1>([4])
    const featureGradient = zeros<Rank.R1>([features.length])
    ops.term(
      {
        ...tensors,
        features: tensor1d(features),
        plan: tensor1d(plan, 'int32'),
        statistics,
        featureGradient,
      },
      {
        term: setting,
        first: 2,
        batch: BATCH,
        classes: CLASSES,
        dimension: DIMENSION,
        subCenters: SUB_CENTERS,
        fixedWeights,
        state: stateAt,
        weights: 1,
        rarity: rarityAt,
        slot: 1,
      },
    )
    return ops.join([statistics, featureGradient, tensors.gradients, tensors.parameters])
  })
  const values = Array.from(await joined.data())
  joined.dispose()
  const gradientsAt = 4 + features.length
  const parametersAt = gradientsAt + parameters.length
  const part = (offset: number, length: number): number[] => values.slice(offset, offset + length)
  return {
    statistics: part(2, 2),
    dx: part(4, features.length),
    dW: part(gradientsAt + 1, weights.length),
    dState: part(gradientsAt + stateAt, state.length),
    state: part(parametersAt + stateAt, state.length),
  }
}
