import { describe, expect, it } from 'vitest'
import { decide, verify } from '../../src/geometry/verification'
import { isEmpty, type Figure, type PanelContext } from '../../src/panels/panel'
import { PANELS, panelsOf } from '../../src/panels/registry'
import { pairsOfKind } from '../../src/geometry/pair-kinds'
import { svgText } from '../../src/render/svg-string'
import { EXPERIMENT, panelContext, trainedRun, verification } from './fixture'

const view = verification()
const result = view.result!

/** What a drawing changed last. */
let changed: Parameters<PanelContext['setView']>[0] = {}
const setView: PanelContext['setView'] = (change) => {
  changed = change
}

function drawn(threshold: number | null, run = trainedRun()): Figure {
  const scene = PANELS.get('verification')
    .create()
    .draw(panelContext({ run, view: { threshold }, setView, height: 220 }))
  if (isEmpty(scene)) throw new Error(scene.empty)
  return scene
}

describe('verification of features', () => {
  it('is by the folds of LFW: as many pairs of each kind, thresholds that lie between the kinds', () => {
    expect(result.identities).toBe(24)
    expect(result.roc.same).toBe(result.roc.different)
    expect(result.pairs.disjoint).toBe(true)
    expect(result.accuracy!.mean).toBeGreaterThan(0.9)
    const { falseAccepts, falseRejects } = decide(result, result.threshold)
    const { same, different } = result.roc
    expect(1 - (falseAccepts + falseRejects) / (same + different)).toBeCloseTo(result.accuracy!.mean, 1)
  })

  it('counts a threshold as one would by hand', () => {
    for (const threshold of [-1, 0.1, result.threshold, result.scores[7]!, 0.9, 1.1]) {
      const { trueAccepts, falseAccepts, trueRejects, falseRejects } = decide(result, threshold)
      let t = 0
      let f = 0
      result.scores.forEach((score, pair) => {
        if (score < threshold) return
        if (result.pairs.same[pair]) t++
        else f++
      })
      expect([trueAccepts, falseAccepts]).toEqual([t, f])
      expect(trueAccepts + falseRejects).toBe(result.roc.same)
      expect(falseAccepts + trueRejects).toBe(result.roc.different)
    }
  })

  it('depends on directions alone, and finds nothing in features that say nothing', () => {
    const { features, dimension, labels } = view.source
    const longer = features.map((value, i) => value * (1 + (Math.floor(i / dimension) % 7)))
    expect(verify(longer, dimension, labels, { each: 1200 })!.equalErrorRate).toBeCloseTo(
      result.equalErrorRate,
      6,
    )
    const same = new Float32Array(features.length).fill(1)
    const blind = verify(same, dimension, labels, { each: 1200 })!
    expect(blind.accuracy!.mean).toBeCloseTo(0.5, 6)
    expect(blind.threshold).toBeLessThanOrEqual(1)
    expect(verify(features.fill(NaN, 0, 1).slice(), dimension, labels)).toBeNull()
    expect(verify(features, dimension, new Uint8Array(labels.length))).toBeNull()
  })
})

describe('the verification panel', () => {
  it('is there where a run has unseen identities', () => {
    const shown = (data: object): boolean =>
      panelsOf({ ...EXPERIMENT, data: { ...EXPERIMENT.data, ...data } }).some(
        ({ id }) => id === 'verification',
      )
    expect(shown({})).toBe(false)
    expect(shown({ unseen: [7, 8] })).toBe(true)
    expect(shown({ set: 'glyphs' })).toBe(true)
    expect(shown({ set: 'glyphs', unseen: [] })).toBe(false)
  })

  it('counts the errors of the threshold of the folds, and of one that is dragged', () => {
    const { falseAccepts, falseRejects } = decide(result, result.threshold)
    expect(drawn(null).summary).toContain(`${falseRejects} of 1,200 same rejected`)
    expect(drawn(null).summary).toContain(`${falseAccepts} of 1,200 different accepted`)
    expect(drawn(-1).summary).toContain('0 of 1,200 same rejected, 1,200 of 1,200 different accepted')
    const { handle } = drawn(null)
    handle!.move(drawn(0.5).handle!.x)
    expect(changed.threshold).toBeCloseTo(0.5, 6)
    handle!.move(1e6)
    expect(changed.threshold).toBe(1)
  })

  it('says where a rate has too few pairs', () => {
    const text = svgText(drawn(null).marks)
    expect(text).toContain('too few pairs')
    expect(text).toContain(`accuracy ${(100 * result.accuracy!.mean).toFixed(1)} ±`)
  })

  it('says what is missing where nothing can be compared', () => {
    const run = trainedRun()
    run.verification = { ...view, result: null }
    const scene = PANELS.get('verification').create().draw(panelContext({ run }))
    expect(isEmpty(scene) && scene.empty).toContain('two identities')
  })

  it('finds the pairs that mislead most', () => {
    const same = pairsOfKind(result, 'hardest-same')
    const different = pairsOfKind(result, 'hardest-different')
    const scores = (pairs: Uint32Array): number[] => [...pairs].map((pair) => result.scores[pair]!)
    expect(scores(same)[0]).toBe(Math.min(...scores(pairsOfKind(result, 'same'))))
    expect(scores(different)[0]).toBe(Math.max(...scores(pairsOfKind(result, 'different'))))
    expect([...same].every((pair) => result.pairs.same[pair] === 1)).toBe(true)
  })
})
