import { describe, expect, it } from 'vitest'
import katex from 'katex'
import { termEquation } from '../../src/controls/equation'
import { auxiliary } from '../../src/engine/kernels/host/auxiliary'
import { PLAN_WIDTH } from '../../src/engine/kernels/names'
import { Random } from '../../src/geometry/random'
import { classesWithFew, promoteClasses, rarities } from '../../src/losses/promotion'
import { evaluatePairs, seenFeatures } from '../../src/losses/pairs'
import type { Term, TermSetting } from '../../src/losses/term'
import { defaultTerm } from '../../src/losses/term-schema'
import { TERMS } from '../../src/losses/term-registry'

const BATCH = 12
const CLASSES = 4
const D = 3
const LABELS = Array.from({ length: BATCH }, (_, i) => (i * 7) % CLASSES)
const PLAN = Int32Array.from(LABELS.flatMap((y) => [...new Array<number>(PLAN_WIDTH - 1).fill(0), y]))

function run(term: TermSetting, features: Float32Array) {
  const random = new Random(3, 'centers')
  const centers = Float32Array.from({ length: CLASSES * D }, () => random.normal())
  const statistics = new Float32Array(2)
  const gradient = new Float32Array(BATCH * D)
  const place = { first: 0, batch: BATCH, classes: CLASSES, dimension: D, centers: 0, slot: 0 }
  auxiliary(features, centers, PLAN, statistics, gradient, { term, ...place })
  return { loss: statistics[0]!, gradient, centers }
}

/** Which samples of the batch act on each other, as text. */
function acting(setting: TermSetting, features: Float32Array): string {
  const samples: string[] = []
  if (TERMS.get(setting.kind).form === 'pairs') {
    evaluatePairs(setting, seenFeatures(features, D, setting.normalized), LABELS, (s) =>
      samples.push(s.join()),
    )
  }
  return samples.join(' ')
}

const random = new Random(5, 'features')
const FEATURES = Float32Array.from({ length: BATCH * D }, () => 1.5 * random.normal())

/** Every way in which a term can be switched, with a margin that some pairs are within. */
function settings(term: Term): TermSetting[] {
  const minings = term.form === 'pairs' ? (term.minings ?? [{ id: undefined }]) : [{ id: undefined }]
  const base = { ...defaultTerm(term.id), weight: 0.7 }
  return minings.flatMap(({ id: mining }) =>
    (term.cosine ? [true] : [false, true]).map((normalized) => ({ ...base, normalized, mining })),
  )
}

const CASES = TERMS.all.flatMap((term) =>
  // What acts on class weights alone is below.
  term.form === 'weights'
    ? []
    : settings(term).map(
        (setting) =>
          [
            `${term.id} ${setting.mining ?? ''} ${setting.normalized ? 'unit' : 'raw'}`,
            term,
            setting,
          ] as const,
      ),
)

describe.each(CASES)('%s', (_, term, setting) => {
  it('has a gradient that finite differences give', () => {
    if (term.form === 'pairs' && term.detached) return
    const { gradient } = run(setting, FEATURES)
    const largest = Math.max(...gradient.map(Math.abs))
    expect(largest).toBeGreaterThan(0)
    const h = 1e-3
    let compared = 0
    for (let i = 0; i < FEATURES.length; i++) {
      const [up, down] = [h, -h].map((step) => {
        const moved = FEATURES.slice()
        moved[i]! += step
        return { x: moved[i]!, loss: run(setting, moved).loss, acting: acting(setting, moved) }
      })
      // A mean over what acts jumps where that changes.
      if (up!.acting !== down!.acting) continue
      compared++
      const slope = (up!.loss - down!.loss) / (up!.x - down!.x)
      expect(Math.abs(slope - gradient[i]!)).toBeLessThan(1e-2 * largest + 1e-4)
    }
    expect(compared).toBeGreaterThan(FEATURES.length / 2)
  })

  it.each([
    ['zero', () => 0],
    ['equal', () => 1],
    ['tiny', (i: number) => 1e-20 * (i % 5)],
    ['huge', (i: number) => 1e8 * ((i * 37) % 11) - 4e8],
  ])('is finite for %s features', (__, feature) => {
    const { loss, gradient, centers } = run(
      setting,
      Float32Array.from(FEATURES, (___, i) => feature(i)),
    )
    expect(Number.isFinite(loss)).toBe(true)
    expect([...gradient, ...centers].every(Number.isFinite)).toBe(true)
  })

  it('is 0 without pairs', () => {
    if (term.form !== 'pairs') return
    const seen = seenFeatures([1, 2, 3], D, setting.normalized)
    const { value, coefficients } = evaluatePairs(setting, seen, [0])
    expect([value, ...coefficients].every((v) => v === 0)).toBe(true)
  })

  it('says which samples act, with their losses', () => {
    if (term.form !== 'pairs') return
    const found: number[][] = []
    const seen = seenFeatures(FEATURES, D, setting.normalized)
    evaluatePairs(setting, seen, LABELS, (samples, loss) => {
      expect(loss).toBeGreaterThan(0)
      found.push([...samples])
    })
    expect(found.length).toBeGreaterThan(0)
    for (const [a, b, n] of found) {
      expect(a).not.toBe(b)
      if (n !== undefined)
        expect([LABELS[a!] === LABELS[b!], LABELS[a!] === LABELS[n]]).toEqual([true, false])
    }
  })
})

describe.each(TERMS.all)('$id', (term) => {
  it('has an equation that can be set', () => {
    const tex = String.raw`\begin{aligned}${termEquation(defaultTerm(term.id)).join(String.raw`\\`)}\end{aligned}`
    expect(tex).not.toContain(String.raw`\p{`)
    const options = { throwOnError: true, trust: true, strict: false } as const
    expect(katex.renderToString(tex, options)).toContain('katex')
  })
})

it('moves centres towards the means of their classes', () => {
  const setting = defaultTerm('center')
  const { centers } = run({ ...setting, parameters: { alpha: 1 } }, FEATURES)
  const before = run({ ...setting, parameters: { alpha: 0 } }, FEATURES).centers
  for (let at = 0; at < centers.length; at++) {
    const own = LABELS.flatMap((y, i) => (y === Math.floor(at / D) ? [FEATURES[i * D + (at % D)]!] : []))
    const mean = own.reduce((sum, v) => sum + v, 0) / own.length
    // With α = 1 a centre goes n/(1 + n) of the way.
    expect(centers[at]! - mean).toBeCloseTo((before[at]! - mean) / (1 + own.length), 4)
  }
})

describe('UP', () => {
  const subCenters = 2
  const dimension = 3
  const fraction = 0.2
  const lambda = 0.7
  const draw = new Random(4, 'class weights')
  const weights = Float32Array.from({ length: 5 * subCenters * dimension }, () => draw.normal())
  /** With 500, 99, 100, 1 and 300 images, two have less than a fifth of the largest. */
  const rarity = Float32Array.from(rarities([500, 99, 100, 1, 300]))

  it('knows the classes with few images by their numbers', () => {
    expect(classesWithFew(rarity, fraction)).toEqual([1, 3])
    expect(classesWithFew(rarities([60, 60, 60]), 0.95)).toEqual([])
    expect(classesWithFew(rarity, 0)).toEqual([])
  })

  it('has a gradient that finite differences give, while the length of the others is held', () => {
    const gradient = new Float32Array(weights.length)
    const value = promoteClasses({ weights, rarity, subCenters }, fraction, lambda, gradient)
    const h = 1e-2
    weights.forEach((w, at) => {
      const isFew = [1, 3].includes(Math.floor(at / (subCenters * dimension)))
      const moved = (by: number): number => {
        const other = weights.slice()
        other[at] = w + by
        return promoteClasses({ weights: other, rarity, subCenters }, fraction, 0, gradient.slice())
      }
      const slope = isFew ? (lambda * (moved(h) - moved(-h))) / (2 * h) : 0
      expect(gradient[at]).toBeCloseTo(slope, 2)
    })
    expect(value).toBeGreaterThan(0)
  })

  it('is 0 and has no gradient where all classes have as many images', () => {
    const gradient = new Float32Array(weights.length)
    const even = new Float32Array(5).fill(1)
    expect(promoteClasses({ weights, rarity: even, subCenters }, 0.95, lambda, gradient)).toBe(0)
    expect(gradient.every((g) => g === 0)).toBe(true)
  })
})
