import { afterAll, describe, expect, it } from 'vitest'
import katex from 'katex'
import { termEquation } from '../../src/controls/equation'
import { termProgram } from '../../src/engine/kernels/webgpu/term-program'
import { Random } from '../../src/geometry/random'
import { evaluateTerm, type TermInputs } from '../../src/losses/evaluate-term'
import type { TermSetting } from '../../src/losses/forms/base'
import { evaluatePairs } from '../../src/losses/forms/pairs'
import { defaultSetting, miningsOf, startingState, type Term } from '../../src/losses/forms/term'
import { classesWithFew, rarities } from '../../src/losses/rarity'
import { seenFeatures } from '../../src/losses/seen-features'
import { defaultTerm } from '../../src/losses/term-schema'
import { TERMS } from '../../src/losses/term-registry'
import { SAMPLE_TERMS } from '../sample-terms'

const BATCH = 12
const CLASSES = 4
const D = 3
const SUB_CENTERS = 2
const SIZES = { classes: CLASSES, dimension: D }
const LABELS = Array.from({ length: BATCH }, (_, i) => (i * 7) % CLASSES)
const LAMBDA = 0.7

// A term from elsewhere is held to the same as those that are here.
const takeAway = SAMPLE_TERMS.map((term) => TERMS.add(term))
afterAll(() => {
  takeAway.forEach((undo) => undo())
})

const random = new Random(5, 'features')
const normals = (count: number, scale: number): Float64Array =>
  Float64Array.from({ length: count }, () => scale * random.normal())
const INPUTS = {
  features: normals(BATCH * D, 1.5),
  weights: normals(CLASSES * SUB_CENTERS * D, 1),
  // The last class has less than a fifth of the images of the first.
  rarity: Float64Array.from(rarities([500, 300, 100, 50])),
  labels: LABELS,
  subCenters: SUB_CENTERS,
  ...SIZES,
}
const STATES = new Map(
  TERMS.all.map((term) => [
    term.id,
    Float64Array.from(startingState(term, SIZES), (v) => v + random.normal()),
  ]),
)

/** A term on these inputs: λ times its value, its gradients, and what it carries after the batch. */
function run(term: Term, setting: TermSetting, change: Partial<TermInputs> = {}) {
  const inputs = { ...INPUTS, state: STATES.get(term.id)!, ...change }
  const state = inputs.state.slice()
  const gradients = {
    features: new Float64Array(inputs.features.length),
    weights: new Float64Array(inputs.weights.length),
    state: new Float64Array(state.length),
  }
  const loss = setting.weight * evaluateTerm(term, setting, { ...inputs, state }, gradients)
  return { loss, gradients, state }
}

/** Which samples of the batch act on each other, as text. */
function acting(term: Term, setting: TermSetting, features: ArrayLike<number>): string {
  if (term.form !== 'pairs') return ''
  const samples: string[] = []
  const { values } = seenFeatures(features, D, setting.normalized)
  evaluatePairs(term, setting, values, LABELS, (s) => samples.push(s.join()))
  return samples.join(' ')
}

/** Every way in which a term can be switched. */
function settings(term: Term): TermSetting[] {
  const base = { ...defaultSetting(term), weight: LAMBDA }
  const minings = miningsOf(term).map(({ id }) => ({ mining: id }))
  const switches = term.cosine ? [true] : term.form === 'weights' ? [false] : [false, true]
  return (minings.length > 0 ? minings : [{}]).flatMap((mining) =>
    switches.map((normalized) => ({ ...base, normalized, ...mining })),
  )
}

const CASES = TERMS.all.flatMap((term) =>
  settings(term).map((setting) => ({
    name: `${term.id} ${setting.mining ?? ''} ${setting.normalized ? 'unit' : 'raw'}`,
    term,
    setting,
  })),
)

describe.each(CASES)('$name', ({ term, setting }) => {
  it('has gradients that finite differences give, unless it holds a factor constant', () => {
    const { gradients } = run(term, setting)
    const own = Object.values(gradients).flatMap((g) => [...g])
    const largest = Math.max(...own.map(Math.abs))
    expect(largest).toBeGreaterThan(0)
    const h = 1e-5
    let compared = 0
    let agree = 0
    // What a term moves by a rule of its own has no gradient.
    const inputs =
      term.form === 'centers'
        ? (['features', 'weights'] as const)
        : (['features', 'weights', 'state'] as const)
    for (const name of inputs) {
      const values = name === 'state' ? STATES.get(term.id)! : INPUTS[name]
      values.forEach((value, i) => {
        const [up, down] = [h, -h].map((step) => {
          const moved = values.slice()
          moved[i] = value + step
          const features = name === 'features' ? moved : INPUTS.features
          return { loss: run(term, setting, { [name]: moved }).loss, acting: acting(term, setting, features) }
        })
        // A mean over what acts jumps where that changes.
        if (up!.acting !== down!.acting) return
        compared++
        const slope = (up!.loss - down!.loss) / (2 * h)
        if (Math.abs(slope - gradients[name][i]!) < 1e-5 * largest + 1e-8) agree++
      })
    }
    expect(compared).toBeGreaterThan(
      0.9 * own.length - (term.form === 'centers' ? STATES.get(term.id)!.length : 0),
    )
    if (term.detached) expect(agree).toBeLessThan(compared)
    else expect(agree).toBe(compared)
  })

  it.each([
    ['zero', () => 0],
    ['equal', () => 1],
    ['tiny', (i: number) => 1e-20 * (i % 5)],
    ['huge', (i: number) => 1e8 * ((i * 37) % 11) - 4e8],
  ])('is finite for %s features', (__, feature) => {
    const features = Float64Array.from(INPUTS.features, (___, i) => feature(i))
    const { loss, gradients, state } = run(term, setting, { features })
    const all = [loss, ...state, ...Object.values(gradients).flatMap((g) => [...g])]
    expect(all.every(Number.isFinite)).toBe(true)
  })

  it('is 0 without pairs', () => {
    if (term.form !== 'pairs') return
    const { value, coefficients } = evaluatePairs(term, setting, Float64Array.of(1, 2, 3), [0])
    expect([value, ...coefficients].every((v) => v === 0)).toBe(true)
  })

  it('says which samples act, with their losses', () => {
    if (term.form !== 'pairs') return
    const found: number[][] = []
    const { values } = seenFeatures(INPUTS.features, D, setting.normalized)
    evaluatePairs(term, setting, values, LABELS, (samples, loss) => {
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

  it('has a shader with all of its parameters', () => {
    const { settings: fields, source } = termProgram(term, setting.mining)
    for (const { id } of term.parameters) {
      expect(fields[id]).toBe('f32')
      expect(source).toContain(`settings.${id}`)
    }
  })
})

describe.each(TERMS.all)('$id', ({ id }) => {
  it('has an equation that can be set', () => {
    const tex = String.raw`\begin{aligned}${termEquation(defaultTerm(id)).join(String.raw`\\`)}\end{aligned}`
    expect(tex).not.toContain(String.raw`\p{`)
    const options = { throwOnError: true, trust: true, strict: false } as const
    expect(katex.renderToString(tex, options)).toContain('katex')
  })
})

it('center loss moves centres towards the means of their classes', () => {
  const term = TERMS.get('center')
  const setting = defaultTerm('center')
  const { state } = run(term, { ...setting, parameters: { alpha: 1 } })
  const before = STATES.get('center')!
  for (let at = 0; at < state.length; at++) {
    const own = LABELS.flatMap((y, i) =>
      y === Math.floor(at / D) ? [INPUTS.features[i * D + (at % D)]!] : [],
    )
    const mean = own.reduce((sum, v) => sum + v, 0) / own.length
    // With α = 1 a centre goes n/(1 + n) of the way.
    expect(state[at]! - mean).toBeCloseTo((before[at]! - mean) / (1 + own.length), 9)
  }
})

describe('UP', () => {
  const up = TERMS.get('up')
  const setting = { ...defaultTerm('up'), weight: LAMBDA }
  /** With 500, 99, 100, 1 and 300 images, two have less than a fifth of the largest. */
  const rarity = Float32Array.from(rarities([500, 99, 100, 1, 300]))

  it('knows the classes with few images by their numbers', () => {
    expect(classesWithFew(rarity, 0.2)).toEqual([1, 3])
    expect(classesWithFew(rarities([60, 60, 60]), 0.95)).toEqual([])
    expect(classesWithFew(rarity, 0)).toEqual([])
  })

  it('has a gradient that finite differences give, while the length of the others is held', () => {
    const { gradients } = run(up, setting)
    const h = 1e-5
    INPUTS.weights.forEach((w, at) => {
      const moved = (by: number): number => {
        const weights = INPUTS.weights.slice()
        weights[at] = w + by
        return run(up, setting, { weights }).loss
      }
      const isFew = Math.floor(at / (SUB_CENTERS * D)) === CLASSES - 1
      expect(gradients.weights[at]).toBeCloseTo(isFew ? (moved(h) - moved(-h)) / (2 * h) : 0, 6)
    })
  })

  it('is 0 and has no gradient where all classes have as many images', () => {
    const values = { ...setting, parameters: { fraction: 0.95 } }
    const { loss, gradients } = run(up, values, { rarity: new Float64Array(CLASSES).fill(1) })
    expect([loss, ...gradients.weights].every((v) => v === 0)).toBe(true)
  })
})

it('a parameter of a term that shaders call something else is refused', () => {
  const term = SAMPLE_TERMS[0]!
  const other = { ...term, parameters: [{ ...term.parameters[0]!, id: 'batch' }] }
  expect(() => termProgram(other)).toThrow(
    'the parameter "batch" of the term "test-crowd" needs another name',
  )
})
