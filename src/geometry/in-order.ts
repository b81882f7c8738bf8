/** Something with a place in a row: behind another, or null for the first. */
export interface Placed {
  readonly id: string
  readonly after: string | null
}

/**
 * Items of a registry, each right behind the one that it names, so that none needs a number. Of several behind the
 * same one, that with the fewest followers comes first: a new item is then next to the one that it names, and what
 * stood there follows. Equals keep the order in which they are given.
 * @throws {Error} when an item names none of the others, or items follow each other in a circle.
 */
export function inOrder<T extends Placed>(items: readonly T[]): readonly T[] {
  const ids = new Set(items.map(({ id }) => id))
  for (const { id, after } of items) {
    if (after !== null && !ids.has(after))
      throw new Error(`"${id}" stands after "${after}", which there is not`)
  }
  const rowFrom = (item: T): readonly T[] => [item, ...rowsAfter(item.id)]
  const rowsAfter = (after: string | null): readonly T[] =>
    items
      .filter((item) => item.after === after)
      .map(rowFrom)
      .sort((a, b) => a.length - b.length)
      .flat()
  const row = rowsAfter(null)
  if (row.length < items.length) {
    const lost = items.filter((item) => !row.includes(item)).map(({ id }) => `"${id}"`)
    throw new Error(`${lost.join(', ')} stand after each other in a circle`)
  }
  return row
}
