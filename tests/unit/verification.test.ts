import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coverageAtPrecision } from '../../src/geometry/coverage'
import { foldAccuracy } from '../../src/geometry/fold-accuracy'
import { scorePairs } from '../../src/geometry/pair-scores'
import { headAndTail, recallByClass } from '../../src/geometry/recall'
import { equalErrorRate, rocCurve, tarAtFar, type Roc } from '../../src/geometry/roc'
import { scoreHistogram } from '../../src/geometry/score-histogram'
import { balancedPairs } from '../../src/geometry/verification-pairs'

/** Scores on a coarse grid, so that many are equal, of at least one pair of each kind. */
const scored = fc
  .array(fc.record({ score: fc.integer({ min: -5, max: 5 }), same: fc.integer({ min: 0, max: 1 }) }), {
    minLength: 2,
    maxLength: 40,
  })
  .filter((pairs) => new Set(pairs.map(({ same }) => same)).size === 2)
  .map((pairs) => ({ scores: pairs.map(({ score }) => score), same: pairs.map(({ same }) => same) }))

const roc = (scores: readonly number[], same: readonly number[]) => rocCurve(scores, same)!

/**
 * The area under the curve: the chance that a pair of the same identity scores higher than one of different,
 * equal scores counting half (Mann and Whitney).
 */
function areaUnder({ falseAccepts, trueAccepts, same, different }: Roc): number {
  let twice = 0
  for (let k = 1; k < falseAccepts.length; k++) {
    twice += (falseAccepts[k]! - falseAccepts[k - 1]!) * (trueAccepts[k]! + trueAccepts[k - 1]!)
  }
  return twice / (2 * same * different)
}

describe('the receiver operating characteristic', () => {
  // Same: 9, 7, 5. Different: 7, 4, 2, 1.
  const example = roc([9, 7, 5, 7, 4, 2, 1], [1, 1, 1, 0, 0, 0, 0])

  it('has a point for each distinct score, ties in one', () => {
    expect([...example.threshold]).toEqual([Infinity, 9, 7, 5, 4, 2, 1])
    expect([...example.trueAccepts]).toEqual([0, 1, 2, 3, 3, 3, 3])
    expect([...example.falseAccepts]).toEqual([0, 0, 1, 1, 2, 3, 4])
  })

  it('has the area, equal error rate and accept rates computed by hand', () => {
    // Of 12 comparisons 9 beats 4, 7 beats 3 and draws 1, 5 beats 3.
    expect(areaUnder(example)).toBeCloseTo(10.5 / 12, 12)
    // From (far 1/4, frr 1/3) to (1/4, 0) both are 1/4.
    expect(equalErrorRate(example)).toBeCloseTo(1 / 4, 12)
    expect(tarAtFar(example, 0.2)).toMatchObject({ tar: 1 / 3, threshold: 9, allowed: 0, enough: false })
    expect(tarAtFar(example, 0.25)).toMatchObject({ tar: 1, threshold: 5, allowed: 1 })
  })

  it('interpolates the equal error rate between two points', () => {
    // Points (far, frr): (0, 1), (0, 1/2), (1, 0): on the last line far = 1 − 2 frr, so both are 1/3.
    expect(equalErrorRate(roc([2, 1, 1], [1, 1, 0]))).toBeCloseTo(1 / 3, 12)
  })

  it('is 1 and 0 for scores that part, 0 and 1 for those that part the wrong way, ½ for one score', () => {
    const at = (scores: number[]) => {
      const curve = roc(scores, [1, 1, 0, 0])
      return [areaUnder(curve), equalErrorRate(curve)]
    }
    expect(at([4, 3, 2, 1])).toEqual([1, 0])
    expect(at([1, 2, 3, 4])).toEqual([0, 1])
    expect(at([1, 1, 1, 1])).toEqual([0.5, 0.5])
  })

  it('says when there are too few different pairs for a rate', () => {
    const scores = Array.from({ length: 1001 }, (_, i) => i)
    const curve = roc(
      scores,
      scores.map((i) => (i === 1000 ? 1 : 0)),
    )
    expect(tarAtFar(curve, 1e-2)).toMatchObject({ tar: 1, allowed: 10, enough: true })
    expect(tarAtFar(curve, 1e-3)).toMatchObject({ allowed: 1, enough: false })
  })

  it('is nothing without both kinds of pairs or with a score that is no number', () => {
    expect(rocCurve([1, 2], [1, 1])).toBeNull()
    expect(rocCurve([], [])).toBeNull()
    expect(rocCurve([1, NaN], [1, 0])).toBeNull()
  })

  it('counts what the definition says, and rises', () => {
    fc.assert(
      fc.property(scored, ({ scores, same }) => {
        const curve = roc(scores, same)
        curve.threshold.forEach((threshold, k) => {
          const accepted = same.filter((_, i) => scores[i]! >= threshold)
          expect(curve.trueAccepts[k]).toBe(accepted.filter((value) => value === 1).length)
          expect(curve.falseAccepts[k]).toBe(accepted.filter((value) => value === 0).length)
          if (k > 0) expect(threshold).toBeLessThan(curve.threshold[k - 1]!)
        })
        expect(curve.trueAccepts.at(-1)).toBe(curve.same)
      }),
    )
  })

  it('has the area that comparing all pairs gives', () => {
    fc.assert(
      fc.property(scored, ({ scores, same }) => {
        const of = (kind: number) => scores.filter((_, i) => same[i] === kind)
        const wins = of(1).flatMap((a) => of(0).map((b) => (a > b ? 1 : a === b ? 0.5 : 0)))
        expect(areaUnder(roc(scores, same))).toBeCloseTo(
          wins.reduce<number>((sum, win) => sum + win, 0) / wins.length,
          12,
        )
      }),
    )
  })

  it('depends on the order of the scores only, and is turned around with them', () => {
    fc.assert(
      fc.property(scored, ({ scores, same }) => {
        const curve = roc(scores, same)
        const bent = roc(
          scores.map((s) => Math.exp(s) - 3),
          same,
        )
        expect(bent.trueAccepts).toEqual(curve.trueAccepts)
        expect(bent.falseAccepts).toEqual(curve.falseAccepts)
        const turned = roc(
          scores.map((s) => -s),
          same,
        )
        expect(areaUnder(turned)).toBeCloseTo(1 - areaUnder(curve), 12)
        expect(equalErrorRate(turned)).toBeCloseTo(1 - equalErrorRate(curve), 12)
        const swapped = roc(
          scores.map((s) => -s),
          same.map((value) => 1 - value),
        )
        expect(equalErrorRate(swapped)).toBeCloseTo(equalErrorRate(curve), 12)
        expect(tarAtFar(bent, 0.3).tar).toBe(tarAtFar(curve, 0.3).tar)
        expect(tarAtFar(curve, 0.6).tar).toBeGreaterThanOrEqual(tarAtFar(curve, 0.3).tar)
      }),
    )
  })
})

describe('accuracy over folds', () => {
  const pairs = (same: readonly number[], fold: readonly number[], folds: number) => ({
    first: new Uint32Array(same.length),
    second: new Uint32Array(same.length),
    disjoint: false,
    same: Uint8Array.from(same),
    fold: Uint8Array.from(fold),
    folds,
  })

  it('chooses each threshold on the other folds', () => {
    // Fold 0 parts between 0.4 and 0.6; fold 1 between 0.1 and 0.3.
    const scores = [0.6, 0.4, 0.3, 0.1]
    const result = foldAccuracy(scores, pairs([1, 0, 1, 0], [0, 0, 1, 1], 2))!
    expect(result.thresholds[0]).toBeCloseTo(0.2, 12)
    expect(result.thresholds[1]).toBeCloseTo(0.5, 12)
    // At 0.2 both of fold 0 are accepted, at 0.5 none of fold 1: half right in each.
    expect(result.accuracies).toEqual([0.5, 0.5])
    expect(result).toMatchObject({ mean: 0.5, standardError: 0 })
  })

  it('has the standard error of the mean computed by hand', () => {
    // The thresholds are 0.5, but in the last fold a different pair scores above it.
    const scores = [0.9, 0.1, 0.9, 0.1, 0.9, 0.9]
    const result = foldAccuracy(scores, pairs([1, 0, 1, 0, 1, 0], [0, 0, 1, 1, 2, 2], 3))!
    expect(result.accuracies).toEqual([1, 1, 0.5])
    expect(result.mean).toBeCloseTo(5 / 6, 12)
    // Deviations 1/6, 1/6, −1/3: variance (1/36 + 1/36 + 4/36) / 2 = 1/12.
    expect(result.standardError).toBeCloseTo(Math.sqrt(1 / 36), 12)
  })

  it('accepts all or none where that is best, and says nothing of folds without pairs', () => {
    expect(foldAccuracy([1, 2, 3, 4], pairs([1, 1, 1, 1], [0, 0, 1, 1], 2))!.thresholds).toEqual([3, 1])
    expect(foldAccuracy([1, 2, 3, 4], pairs([0, 0, 0, 0], [0, 0, 1, 1], 2))!.mean).toBe(1)
    expect(foldAccuracy([1, 2], pairs([0, 1], [0, 0], 2))).toBeNull()
    expect(foldAccuracy([1, NaN], pairs([0, 1], [0, 1], 2))).toBeNull()
  })

  it('never does worse on the other folds than any other threshold', () => {
    fc.assert(
      fc.property(scored, ({ scores, same }) => {
        const fold = scores.map((_, i) => i % 2)
        const { thresholds } = foldAccuracy(scores, pairs(same, fold, 2))!
        const right = (threshold: number) =>
          scores.filter((s, i) => fold[i] === 1 && (s >= threshold ? 1 : 0) === same[i]).length
        for (const other of [...scores, Infinity]) {
          expect(right(thresholds[0]!)).toBeGreaterThanOrEqual(right(other))
        }
      }),
    )
  })
})

describe('pairs', () => {
  const labelsOf = fc.array(fc.integer({ min: 0, max: 25 }), { minLength: 2, maxLength: 90 })

  it('are drawn distinct, balanced and true to their labels, as many as there can be', () => {
    fc.assert(
      fc.property(labelsOf, fc.nat(400), fc.nat(9), (labels, each, seed) => {
        const pairs = balancedPairs(labels, { each, seed, folds: 2 })
        const keys = [...pairs.first].map((i, k) => [i, pairs.second[k]!].sort((a, b) => a - b).join())
        expect(new Set(keys).size).toBe(keys.length)
        pairs.same.forEach((same, k) => {
          expect(pairs.first[k]).not.toBe(pairs.second[k])
          expect(labels[pairs.first[k]!] === labels[pairs.second[k]!]).toBe(same === 1)
        })
        const same = pairs.same.filter((value) => value === 1).length
        expect(pairs.same.length).toBe(2 * same)
        expect(same).toBeLessThanOrEqual(each)
        const all = labels.flatMap((a, i) => labels.slice(i + 1).map((b) => a === b))
        const possible = Math.min(all.filter((v) => v).length, all.filter((v) => !v).length)
        if (!pairs.disjoint) expect(same).toBe(Math.min(each, possible))
      }),
    )
  })

  it('keep identities apart by fold where there are enough of them', () => {
    const labels = Array.from({ length: 120 }, (_, i) => i % 30)
    const pairs = balancedPairs(labels, { seed: 3, each: 50 })
    expect(pairs).toMatchObject({ disjoint: true, folds: 10 })
    expect(pairs.same).toHaveLength(100)
    const foldOf = new Map<number, number>()
    pairs.fold.forEach((fold, k) => {
      for (const sample of [pairs.first[k]!, pairs.second[k]!]) {
        const known = foldOf.get(labels[sample]!) ?? fold
        expect(known).toBe(fold)
        foldOf.set(labels[sample]!, fold)
      }
    })
    expect(balancedPairs(labels, { seed: 3, each: 50 })).toEqual(pairs)
    expect(balancedPairs(labels, { seed: 4, each: 50 }).first).not.toEqual(pairs.first)
    expect(balancedPairs([0, 0, 1, 1, 2, 2], { seed: 3, each: 50 }).disjoint).toBe(false)
  })

  it('draw every pair equally often', () => {
    const counts = new Map<string, number>()
    for (let seed = 0; seed < 600; seed++) {
      const { first, second, same } = balancedPairs([0, 0, 0, 1, 1], { seed, each: 1 })
      same.forEach((kind, k) => {
        if (!kind) return
        const key = [first[k]!, second[k]!].sort((a, b) => a - b).join()
        counts.set(key, (counts.get(key) ?? 0) + 1)
      })
    }
    expect([...counts.keys()].sort()).toEqual(['0,1', '0,2', '1,2', '3,4'])
    for (const count of counts.values()) expect(Math.abs(count - 150)).toBeLessThan(45)
  })

  it('score larger the more alike they are', () => {
    const features = Float32Array.of(2, 0, 0, 3, 4, 0, 0, 0)
    const pairs = { first: Uint32Array.of(0, 0, 0), second: Uint32Array.of(1, 2, 3) }
    expect([...scorePairs(features, 2, pairs, 'cosine')]).toEqual([0, 1, 0])
    expect([...scorePairs(features, 2, pairs, 'distance')]).toEqual([-Math.fround(Math.sqrt(13)), -2, -2])
  })
})

it('histograms of scores have the same bins and are shares', () => {
  const result = scoreHistogram([-1, 0.2, 0.7, 1], [0, 0, 1, 1], 4)!
  expect([...result.different]).toEqual([0.5, 0, 0.5, 0])
  expect([...result.same]).toEqual([0, 0, 0, 1])
  expect(scoreHistogram([1, 2], [1, 1], 4)).toBeNull()
})

describe('coverage at a precision', () => {
  it('is the largest share answered that keeps it', () => {
    // Of the three surest all are right, of four 3/4, of five 4/5, of six 4/6.
    const confidence = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3]
    const right = [1, 1, 1, 0, 1, 0, 0]
    expect(coverageAtPrecision(confidence, right, 1)).toEqual({
      coverage: 3 / 7,
      precision: 1,
      threshold: 0.7,
    })
    expect(coverageAtPrecision(confidence, right, 0.75)).toEqual({
      coverage: 5 / 7,
      precision: 0.8,
      threshold: 0.5,
    })
  })

  it('takes 99 of 100 for 99 %, and equal confidences together', () => {
    const right = Array.from({ length: 100 }, (_, i) => (i === 0 ? 0 : 1))
    expect(
      coverageAtPrecision(
        right.map(() => 1),
        right,
      )!.coverage,
    ).toBe(1)
    expect(coverageAtPrecision([1, 1, 0.5], [1, 0, 1])).toEqual({
      coverage: 0,
      precision: NaN,
      threshold: Infinity,
    })
    expect(coverageAtPrecision([], [])).toBeNull()
    expect(coverageAtPrecision([NaN, 1], [1, 1])!.coverage).toBe(0.5)
  })

  it('falls as the precision rises, and is the best of all thresholds', () => {
    fc.assert(
      fc.property(scored, fc.constantFrom(0.5, 0.75, 0.9, 1), ({ scores, same }, precision) => {
        const result = coverageAtPrecision(scores, same, precision)!
        for (const threshold of scores) {
          const answers = same.filter((_, i) => scores[i]! >= threshold)
          const share = answers.filter((value) => value === 1).length / answers.length
          if (share >= precision)
            expect(result.coverage).toBeGreaterThanOrEqual(answers.length / scores.length)
        }
        expect(coverageAtPrecision(scores, same, 0.4)!.coverage).toBeGreaterThanOrEqual(result.coverage)
      }),
    )
  })
})

it('recall is by class, and averaged over classes with many and with few samples', () => {
  const recall = recallByClass([0, 0, 1, 1, 2], [0, 0, 0, 1, 1], 4)
  expect([...recall]).toEqual([Math.fround(2 / 3), 0.5, NaN, NaN])
  const parts = headAndTail([1, 0.5, NaN, 0.2], [500, 400, 3, 5], 20)
  expect(parts).toEqual({ head: 0.75, tail: 0.2 })
  expect(headAndTail([1], [500], 20).tail).toBeNaN()
})
