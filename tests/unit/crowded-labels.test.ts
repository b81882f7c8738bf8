import { expect, it } from 'vitest'
import type { StageLabel } from '../../src/render/stage/labels'
import type { StageData, StageSettings } from '../../src/render/stage/stage-data'
import { toPixelX, toPixelY } from '../../src/render/stage/scene'
import { SETTINGS, stageData, stageModel } from './stage-data'

/** A stage of many classes, their vectors around the circle or over the sphere, with a point on each. */
function crowd(n: number, dimension: 2 | 3, settings: StageSettings = SETTINGS) {
  const directions = Array.from({ length: n }, (_, j) => {
    const z = dimension === 2 ? 0 : 1 - (2 * j + 1) / n
    const angle = dimension === 2 ? (2 * Math.PI * j) / n : 2.4 * j
    const flat = Math.sqrt(1 - z * z)
    return [flat * Math.cos(angle), flat * Math.sin(angle), z]
  })
  const change: Partial<StageData> = {
    dimension,
    classes: directions.map((_, j) => `c${j}`),
    labels: Uint8Array.from(directions, (_, j) => j),
    otherClass: Uint16Array.from(directions, (_, j) => (j + 1) % n),
    classPositions: Float32Array.from(directions.flat()),
    frame: {
      weights: Float32Array.from(directions.flatMap((direction) => direction.slice(0, dimension))),
      bias: new Float32Array(n),
      carried: {
        classMargins: new Float32Array(n),
        rarity: new Float32Array(n).fill(1),
        states: new Float32Array(4),
      },
    },
  }
  return stageModel(stageData(directions, change), settings)
}

type Model = ReturnType<typeof crowd>

const named = ({ labels }: Model): StageLabel[] =>
  labels.list.filter(({ kind, alpha }) => kind === 'vector' && alpha > 0)
const names = (model: Model): string[] => named(model).map(({ text }) => text)

function overlaps(labels: readonly StageLabel[]): number {
  let found = 0
  labels.forEach((a, i) => {
    for (const b of labels.slice(i + 1)) {
      const x = Math.abs(a.x + a.dx - b.x - b.dx) - (a.width + b.width) / 2
      const y = Math.abs(a.y + a.dy - b.y - b.dy) - (a.height + b.height) / 2
      if (Math.max(x, y) < 0) found++
    }
  })
  return found
}

it('few classes all have names', () => {
  const model = crowd(40, 2)
  model.compose(-1, -1)
  expect(named(model)).toHaveLength(40)
})

it.each([2, 3] as const)('of many classes in %i dimensions, those are named that have room', (dimension) => {
  const model = crowd(150, dimension)
  model.compose(-1, -1)
  const shown = named(model)
  expect(shown.length).toBeGreaterThan(10)
  expect(shown.length).toBeLessThan(100)
  expect(overlaps(shown)).toBe(0)
  // Names stay at their arrows' ends, and where they are.
  expect(shown.every(({ dx, dy }) => dx === 0 && dy === 0)).toBe(true)
  const before = names(model)
  model.compose(-1, -1)
  expect(names(model)).toEqual(before)
})

it('the classes that are looked at are named in any case', () => {
  const model = crowd(150, 2)
  model.compose(-1, -1)
  const j = Array.from({ length: 149 }, (_, k) => k).find(
    (k) => !names(model).includes(`c${k}`) && !names(model).includes(`c${k + 1}`),
  )!
  model.compose(j, -1)
  expect(names(model)).toEqual(expect.arrayContaining([`c${j}`, `c${j + 1}`]))
  expect(overlaps(named(model))).toBe(0)
  model.compose(-1, -1, j)
  expect(names(model)).toContain(`c${j}`)
  expect(names(model)).not.toContain(`c${j + 1}`)
})

it('a class that is singled out is the only one with a name', () => {
  const model = crowd(150, 2, { ...SETTINGS, focusedClass: 77 })
  model.compose(-1, -1)
  expect(names(model)).toEqual(['c77'])
})

it('when all but a few are hidden, those have names', () => {
  const hiddenClasses = Array.from({ length: 130 }, (_, j) => j)
  const model = crowd(150, 2, { ...SETTINGS, hiddenClasses })
  model.compose(-1, -1)
  expect(named(model)).toHaveLength(20)
})

it('an arrow is found by its end', () => {
  const model = crowd(150, 2)
  model.compose(-1, -1)
  const { x, y } = model.placeOf(30)
  const atX = toPixelX(model.scene, x)
  const atY = toPixelY(model.scene, y)
  expect(model.arrowAt(atX, atY, 12)).toBe(30)
  expect(model.arrowAt(200, 200, 12)).toBe(-1)
  expect(crowdWithout(30).arrowAt(atX, atY, 3)).toBe(-1)
})

const crowdWithout = (j: number): Model => {
  const model = crowd(150, 2, { ...SETTINGS, hiddenClasses: [j] })
  model.compose(-1, -1)
  return model
}
