import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { headForward } from '../../src/engine/kernels/host/head-forward'
import { partialsLayout } from '../../src/engine/kernels/host/partials'
import { startingStates } from '../../src/engine/initialize'
import { headSchema } from '../../src/losses/head'
import { marginSymbols } from '../../src/losses/margin-setting'
import type { MarginSetting } from '../../src/losses/margin-function'
import { HEAD_LOSSES } from '../../src/losses/head-loss-registry'
import { checkMargin } from '../../src/losses/margin-check'
import { MarginTable } from '../../src/losses/margin-table'
import { MARGINS } from '../../src/losses/margin-registry'
import { MOST_STATES } from '../../src/losses/margin-function'
import { SAMPLE_LOSSES } from '../sample-losses'

let takeAway: (() => void)[] = []
beforeAll(() => {
  takeAway = SAMPLE_LOSSES.map((loss) => HEAD_LOSSES.add(loss))
})
afterAll(() => {
  takeAway.forEach((undo) => undo())
})

const D = 3
/** Its derivative with respect to the target logit z is (z/s − 1)/s. */
const LOSS = { kind: 'dot-regression', parameters: {} }
const SCALE = 2
const STEP = 1e9

/**
 * s ψ(θ) as it trains: the target logit, recovered from the derivative of the loss with respect to it, of a
 * sample at θ from its class vector and at a right angle to the other one.
 */
function trainedLogit(margin: MarginSetting, theta: number, norm: number): number {
  const features = Float32Array.of(norm * Math.cos(theta), norm * Math.sin(theta), 0)
  const states = startingStates({ margin, loss: LOSS, scale: SCALE }, { classes: 2, dimension: D })
  const { state = [] } = MARGINS.get(margin.kind)
  state.forEach(({ id }, i) => {
    if (id === 'scale') states[i] = SCALE
    // With a norm that is the mean, the sample is of middling quality, as the curve shows it.
    if (id === 'mean') states[i] = norm
  })
  const parts = {
    weights: [1, 0, 0, 0, 0, 1],
    bias: [0, 0],
    margins: [0, 0],
    rarity: [1, 1],
    states,
    sharedBias: [],
  }
  const parameters = Float32Array.from(Object.values(parts).flatMap((values) => [...values]))
  const partials = new Float32Array(partialsLayout(2, 1).width)
  const head = {
    bias: false,
    normalizeWeights: true,
    normalizeFeatures: true,
    scale: SCALE,
    margin,
    loss: LOSS,
    subCenters: 1,
    symbols: marginSymbols(margin, 1, STEP, SCALE),
  }
  headForward(features, parameters, Int32Array.of(0, 0, 0, 0), partials, {
    head,
    first: 0,
    batch: 1,
    classes: 2,
    dimension: D,
    noise: 7,
    weights: 0,
    bias: 6,
    margins: 8,
    rarity: 10,
    states: 12,
    sharedBias: 12 + MOST_STATES,
  })
  const slope = partials[2 * 2]!
  return SCALE * (1 + SCALE * slope)
}

const written = [
  { kind: 'custom', text: 'cos(theta + m*sin(theta)) - 0.1', parameters: { m: 0.8, k: 1 } },
  { kind: 'custom', text: 'min(cos(theta), 1 - k*theta/s)', parameters: { m: 0.8, k: 1 } },
]
const builtIn = MARGINS.ids.map((kind) => ({ kind, parameters: {} }))

describe('ψ as it is drawn is ψ as it trains', () => {
  it.each([...builtIn, ...written])('of $kind $text', (setting: MarginSetting) => {
    const { margin } = headSchema.parse({ margin: setting })
    // Curves are drawn without what is drawn by lot.
    if ('std' in margin.parameters) margin.parameters.std = 0
    const symbols = marginSymbols(margin, 1, STEP, SCALE)
    const norm = MARGINS.get(margin.kind).typical?.(symbols).norm ?? 1
    const editor = checkMargin({ margin, scale: SCALE }).psi
    const stage = new MarginTable(181)
    stage.update({ margin, symbols })
    for (let degree = 0; degree <= 180; degree += 3) {
      const trained = trainedLogit(margin, (degree * Math.PI) / 180, norm) / SCALE
      const tolerance = 1e-5 * (1 + Math.abs(trained))
      expect(Math.abs(editor[degree]! - trained), `in the editor at ${degree}°`).toBeLessThan(tolerance)
      expect(Math.abs(stage.values[degree]! - trained), `on the stage at ${degree}°`).toBeLessThan(tolerance)
    }
  })
})
