/** Something that is done not too often. */
export interface Throttled<Values extends unknown[]> {
  (...values: Values): void
  /** Drops what waits; what is asked for next is done at once. */
  cancel(): void
}

/**
 * `act` at most once in `ms` milliseconds: at once where it rested, and otherwise, with the last values, when the time
 * is over. So the last change is never left out.
 */
export function throttle<Values extends unknown[]>(
  act: (...values: Values) => void,
  ms: number,
): Throttled<Values> {
  let due = -Infinity
  let waiting: Values | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const now = (values: Values): void => {
    due = performance.now() + ms
    act(...values)
  }
  const later = (): void => {
    const values = waiting
    waiting = null
    if (values) now(values)
  }
  const throttled = (...values: Values): void => {
    const rest = due - performance.now()
    if (waiting === null && rest <= 0) {
      now(values)
      return
    }
    if (waiting === null) timer = setTimeout(later, rest)
    waiting = values
  }
  throttled.cancel = (): void => {
    clearTimeout(timer)
    waiting = null
    due = -Infinity
  }
  return throttled
}

/**
 * Does `act` now, and from then on after changes, at most once in `ms` milliseconds.
 * @param subscribe takes a listener to changes and returns how to stop listening
 * @returns how to stop
 */
export function follow(
  subscribe: (changed: () => void) => () => void,
  act: () => void,
  ms: number,
): () => void {
  const throttled = throttle(act, ms)
  const stop = subscribe(() => throttled())
  throttled()
  return () => {
    stop()
    throttled.cancel()
  }
}
