/** Counts the calls of a method until `end`. */
export function countCalls<Name extends string>(
  prototype: Record<Name, (...args: never[]) => unknown>,
  name: Name,
): { end: () => number } {
  const method = prototype[name]
  let count = 0
  prototype[name] = function (this: unknown, ...args: never[]) {
    count++
    return method.apply(this, args)
  }
  return {
    end: () => {
      prototype[name] = method
      return count
    },
  }
}
