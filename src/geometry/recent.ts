/**
 * Remembers what `make` gave for the keys that were asked for last, at most `most` of them: texts come and go while
 * a user writes one.
 */
export function recent<V>(most: number): (key: string, make: () => V) => V {
  const known = new Map<string, V>()
  return (key, make) => {
    const value = known.has(key) ? known.get(key)! : make()
    // A map keeps the order in which keys were set: the first is the one that was not asked for the longest.
    known.delete(key)
    known.set(key, value)
    if (known.size > most) known.delete(known.keys().next().value!)
    return value
  }
}
