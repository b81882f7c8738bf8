import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { MARGINS } from '../../src/losses/margin-registry'
import { HEAD_LOSSES } from '../../src/losses/head-loss-registry'
import { SAMPLE_LOSSES } from '../sample-losses'
import { TestPage, type Remote } from './browser'
import type { HeadCase } from './page/heads'

let page: TestPage
let heads: Remote<typeof import('./page/heads')>

beforeAll(async () => {
  page = await TestPage.open()
  heads = page.module('tests/browser/page/heads')
})
afterEach(() => {
  expect(page.complaints).toEqual([])
})
afterAll(() => page.close())

const plain: HeadCase = {
  margin: { kind: 'none', parameters: {} },
  bias: false,
  normalizeWeights: false,
  normalizeFeatures: false,
  scale: 16,
  subCenters: 1,
  batch: 21,
  classes: 11,
  dimension: 3,
}
const both = [false, true]
const switches = both.flatMap((bias) =>
  both.flatMap((normalizeWeights) =>
    both.map((normalizeFeatures) => ({ bias, normalizeWeights, normalizeFeatures })),
  ),
)

async function expectAgreement(headCase: HeadCase): Promise<void> {
  const deviations = await heads.compareHead(headCase)
  for (const [name, deviation] of Object.entries(deviations)) {
    expect(deviation, `${name} of ${JSON.stringify(headCase)}`).toBeLessThanOrEqual(1e-4)
  }
}

describe('heads on webgpu agree with those on the CPU', () => {
  it.each(MARGINS.ids)('%s, with all switches', async (kind) => {
    for (const flags of switches) {
      const loss = MARGINS.get(kind).loss ?? 'softmax'
      await expectAgreement({ ...plain, ...flags, loss, margin: { kind, parameters: {} } })
    }
  })

  it.each([
    'cos(theta) - m*(1 - theta/pi)',
    'min(cos(theta), 1 - k*theta) - m*abs(theta - 1)^1.5/s',
    'max(cos(k*theta), -floor(theta)) - (theta - 2)^3 + sqrt(exp(-theta)) - log(1 + theta)',
  ])('with ψ written as %s', async (text) => {
    const margin = { kind: 'custom', text, parameters: { m: 0.3, k: 1.2 } }
    await expectAgreement({ ...plain, margin, normalizeFeatures: true, normalizeWeights: true })
  })

  // With states, with one-vs-all losses, with learned margins, and neither.
  it.each(['additive-angular', 'adaptive-scale', 'binary-cosine', 'learned-cosine'])(
    '%s with three sub-centres for each class',
    async (kind) => {
      const margin = { kind, parameters: {} }
      const loss = MARGINS.get(kind).loss ?? 'softmax'
      await expectAgreement({ ...plain, loss, margin, bias: true, subCenters: 3 })
    },
  )

  // Also those that only tests declare: with fixed class vectors, a shared bias, states, and over the samples.
  it.each([...HEAD_LOSSES.ids, ...SAMPLE_LOSSES.map(({ id }) => id)])('the loss %s', async (loss) => {
    for (const [k, flags] of switches.entries()) {
      const margin = { kind: k % 2 === 0 ? 'none' : 'additive-cosine', parameters: {} }
      await expectAgreement({
        ...plain,
        ...flags,
        scale: 4,
        margin,
        loss,
        subCenters: 1 + 2 * (k % 3 === 0 ? 1 : 0),
      })
    }
    const size = { batch: 70, classes: 300, dimension: 16 }
    await expectAgreement({
      ...plain,
      ...size,
      scale: 4,
      loss,
      normalizeWeights: true,
      normalizeFeatures: true,
    })
  })

  it('with states of margin and loss, of which those of a scale wait for unit features', async () => {
    const margin = { kind: 'adaptive-scale', parameters: { dynamic: 1 } }
    for (const normalizeFeatures of both) {
      await expectAgreement({ ...plain, margin, loss: 'steady', normalizeWeights: true, normalizeFeatures })
    }
  })

  it('detached from the features', async () => {
    await expectAgreement({ ...plain, bias: true, detach: true })
  })

  it('with angles of up to 6π', async () => {
    const margin = { kind: 'multiplicative', parameters: { m: 6, lambdaMin: 0, lambdaMax: 0 } }
    await expectAgreement({ ...plain, margin, normalizeFeatures: true })
  })

  it('with thousands of classes in 128 dimensions', async () => {
    const margin = { kind: 'additive-angular', parameters: { m: 0.3 } }
    const size = { batch: 33, classes: 4096, dimension: 128 }
    await expectAgreement({ ...plain, ...size, margin, normalizeWeights: true, normalizeFeatures: true })
  })

  it.each([
    ['at their class vectors', 1, true],
    ['opposite to them', -1, true],
    ['zero', 0, false],
  ])('with features that are %s', async (_, along, normalizeFeatures) => {
    for (const kind of MARGINS.ids) {
      const loss = MARGINS.get(kind).loss ?? 'softmax'
      await expectAgreement({ ...plain, loss, margin: { kind, parameters: {} }, along, normalizeFeatures })
    }
  })

  it('and tell when a feature is not a number', async () => {
    expect(await heads.lossOf({ ...plain, along: NaN })).toBeNaN()
    expect(await heads.lossOf({ ...plain, along: NaN, normalizeFeatures: true })).toBeNaN()
  })
})
