import { expect, it } from 'vitest'
import { inOrder } from '../../src/geometry/in-order'

/** Ids in their order, of items written as "id after". */
const order = (...items: string[]): string =>
  inOrder(
    items.map((text) => {
      const [id, after] = text.split(' ')
      return { id: id!, after: after ?? null }
    }),
  )
    .map(({ id }) => id)
    .join(' ')

it('items stand behind those that they name, however they are given', () => {
  expect(order('c b', 'a', 'b a')).toBe('a b c')
})

it('a new item is next to the one that it names, and what stood there follows', () => {
  expect(order('a', 'b a', 'c b', 'new a')).toBe('a new b c')
  expect(order('a', 'b a', 'c b', 'late c')).toBe('a b c late')
  expect(order('a', 'b a', 'c b', 'second a', 'first a')).toBe('a second first b c')
})

it('a place that there is not and a circle are named', () => {
  expect(() => order('a', 'b z')).toThrow('"b" stands after "z", which there is not')
  expect(() => order('a', 'b c', 'c b')).toThrow('"b", "c" stand after each other in a circle')
})
