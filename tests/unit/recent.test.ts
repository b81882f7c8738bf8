import { expect, it } from 'vitest'
import { otherCosines } from '../../src/geometry/margin-bound'
import { recent } from '../../src/geometry/recent'
import { parseRich } from '../../src/render/math-text'

it('remembers what was asked for last, and no more', () => {
  const made: string[] = []
  const get = recent<string>(2)
  const ask = (key: string): string =>
    get(key, () => {
      made.push(key)
      return key.toUpperCase()
    })
  expect(['a', 'b', 'a', 'c', 'a'].map(ask)).toEqual(['A', 'B', 'A', 'C', 'A'])
  expect(made).toEqual(['a', 'b', 'c'])
  ask('b')
  expect(made).toEqual(['a', 'b', 'c', 'b'])
})

it('bounds what is remembered of settings and labels', () => {
  const first = [otherCosines(6, 3), parseRich('$n$')[0]]
  const again = (): unknown[] => [otherCosines(6, 3), parseRich('$n$')[0]]
  again().forEach((value, i) => expect(value).toBe(first[i]))
  for (let n = 100; n < 700; n++) {
    otherCosines(n, 3)
    parseRich(`$${n}$`)
  }
  again().forEach((value, i) => expect(value).not.toBe(first[i]))
})
