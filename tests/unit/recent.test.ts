import { expect, it } from 'vitest'
import { recent } from '../../src/geometry/recent'

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
