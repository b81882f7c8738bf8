import { describe, expect, it } from 'vitest'
import { runFile } from '../../cli/sweeps/run-file'
import { parseExperiment } from '../../src/engine/config'
import { presetExperiment } from '../../src/engine/preset-experiment'
import { headSchema } from '../../src/losses/head'
import { momentFrom } from '../../src/session/link'

/** The head of SphereFace2 as links, recordings and configurations have it from before a head's loss was a setting. */
const BEFORE = {
  bias: false,
  pulls: true,
  normalizeWeights: true,
  normalizeFeatures: true,
  scale: 20,
  margin: { kind: 'binary-cosine', parameters: { m: 0.2, t: 3, alpha: 0.5, lossWeight: 50 } },
  subCenters: 1,
  start: 'even',
}
const NOW = presetExperiment('sphereface2', 2)

describe('a head of a former version', () => {
  it('has its loss where that is now', () => {
    expect(headSchema.parse(BEFORE)).toEqual(NOW.head)
    expect(NOW.head.loss).toEqual({ kind: 'one-vs-all', parameters: { alpha: 0.5, lossWeight: 50 } })
    expect(headSchema.parse({ margin: { kind: 'binary-cosine' } }).loss.kind).toBe('one-vs-all')
    expect(headSchema.parse({ margin: { kind: 'additive-angular' } }).loss.kind).toBe('softmax')
  })

  it.each([
    [true, false],
    [false, true],
  ])('pulls: %s is detach: %s, from a link too', (pulls, detach) => {
    expect(headSchema.parse({ pulls }).detach).toBe(detach)
    const link = `#run=${btoa(JSON.stringify({ head: { ...BEFORE, pulls } }))}`
    expect(momentFrom(link)!.runs![0]!.experiment.head).toEqual({ ...NOW.head, detach })
  })

  it('is refused where it says both, or what neither means', () => {
    expect(() => parseExperiment({ head: { pulls: true, detach: false } })).toThrow('pulls')
    expect(() => parseExperiment({ head: { pulls: 'no' } })).toThrow('head.detach')
    const mixed = { kind: 'binary-cosine', parameters: { alpha: 0.5 } }
    expect(() => parseExperiment({ head: { margin: mixed, loss: { kind: 'softmax' } } })).toThrow('alpha')
  })
})

describe('the file of a finished run', () => {
  const file = (head: object): string =>
    runFile({ name: 'table', version: 1 }, parseExperiment({ ...NOW, head }), 2500)

  it('is the same, however its head is written', () => {
    expect(file(BEFORE)).toBe(file(NOW.head))
  })

  it('is another where features are detached, or the loss is another', () => {
    expect(file({ ...BEFORE, pulls: false })).not.toBe(file(NOW.head))
    expect(file({ ...NOW.head, detach: true })).toBe(file({ ...BEFORE, pulls: false }))
    expect(file({ ...NOW.head, loss: { kind: 'softmax' } })).not.toBe(file(NOW.head))
  })
})
