import { beforeAll, describe, expect, it } from 'vitest'
import { nodeAssets } from '../../cli/node-assets'
import { useBackend } from '../../src/engine/backends'
import { evaluateLoss } from '../../src/library/losses'
import { evaluateOnBackend } from '../backend-run'
import { FAMILIES } from '../../src/losses/families'
import { PRESETS } from '../../src/losses/preset-registry'
import { TERMS } from '../../src/losses/term-registry'
import { expectReference, GOLDEN_CASES } from './cases'

it('has references for every family of losses, and for losses and terms that there are', () => {
  const named = new Set(GOLDEN_CASES.map(({ loss }) => loss))
  for (const id of named) expect(PRESETS.has(id) || TERMS.has(id), id).toBe(true)
  const families = [...named].map((id) => (PRESETS.find(id) ?? PRESETS.get(`softmax-${id}`)).family)
  expect(new Set(families)).toEqual(new Set(Object.keys(FAMILIES)))
})

describe.each(['cpu', 'wasm'] as const)('losses on %s match the references', (backend) => {
  beforeAll(() => useBackend(backend, nodeAssets))

  it.each(GOLDEN_CASES.map((c) => [c.id, c] as const))('%s', async (_, goldenCase) => {
    expectReference(await evaluateOnBackend(goldenCase), goldenCase)
  })
})

describe('losses in float64 match the references', () => {
  it.each(GOLDEN_CASES.map((c) => [c.id, c] as const))('%s', (_, goldenCase) => {
    expectReference(evaluateLoss(goldenCase), goldenCase, 1e-8)
  })
})
