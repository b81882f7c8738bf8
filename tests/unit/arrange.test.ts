import fc from 'fast-check'
import { expect, it } from 'vitest'
import { arrangeStages } from '../../src/render/stage/arrange'

it('puts stages where each is largest', () => {
  // The room that a page of 1440 × 900 has for them, and a phone.
  const page = (count: number) => arrangeStages(count, 748, 734, 48)
  const phone = (count: number) => arrangeStages(count, 390, 330, 48)
  expect([1, 2, 3, 4].map(page)).toEqual([
    { columns: 1, rows: 1 },
    { columns: 2, rows: 1 },
    { columns: 2, rows: 2 },
    { columns: 2, rows: 2 },
  ])
  expect(phone(2)).toEqual({ columns: 2, rows: 1 })
  expect(phone(4)).toEqual({ columns: 2, rows: 2 })
  // A high and narrow page: one below the other.
  expect(arrangeStages(2, 400, 1000, 48)).toEqual({ columns: 1, rows: 2 })
})

it('has room for all, with no row to spare', () => {
  const size = fc.integer({ min: 1, max: 3000 })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), size, size, (count, width, height) => {
      const { columns, rows } = arrangeStages(count, width, height, 48)
      expect(columns * rows).toBeGreaterThanOrEqual(count)
      expect(columns * (rows - 1)).toBeLessThan(count)
    }),
  )
})
