/** So many shaders of a kind are kept whose text depends on settings; a run needs one or two. */
export const MOST_SHADERS = 64

/**
 * Remembers what `make` gives for an object, so that the shaders of a layer are written once and not at every
 * step.
 */
export function memo<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>()
  return (key) => {
    let value = known.get(key)
    if (value === undefined) {
      value = make(key)
      known.set(key, value)
    }
    return value
  }
}
