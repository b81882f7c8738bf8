import { beforeAll, describe, expect, it } from 'vitest'
import { nodeAssets } from '../../cli/node-assets'
import { useBackend } from '../../src/engine/backends'
import { evaluateLoss } from '../../src/engine/loss-case'
import { lossCaseSchema } from '../../src/engine/loss-case-format'
import { expectReference, GOLDEN_CASES } from './cases'

it('has reference cases for every family of margin and every term', () => {
  expect(new Set(GOLDEN_CASES.map(({ loss }) => loss))).toEqual(
    new Set([
      'softmax',
      'modified-softmax',
      'normface',
      'l-softmax',
      'a-softmax',
      'cosface',
      'arcface',
      'combined-margin',
      'center',
      'contrastive',
      'triplet',
      'range',
      'circle',
      'coco',
      'sphereface-r',
      'sphereface2',
      'elasticface',
      'ldam',
      'adaptiveface',
      'magface',
      'adaface',
      'adacos',
      'curricularface',
      'subcenter-arcface',
      'up',
    ]),
  )
})

describe.each(['cpu', 'wasm'] as const)('losses on %s match the references', (backend) => {
  beforeAll(() => useBackend(backend, nodeAssets))

  it.each(GOLDEN_CASES.map((c) => [c.id, c] as const))('%s', async (_, goldenCase) => {
    expectReference(await evaluateLoss(lossCaseSchema.parse(goldenCase)), goldenCase)
  })
})
