import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { follow, throttle } from '../../src/render/throttle'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

it('acts at once, then at most once in the time, and never leaves out the last values', () => {
  const done: number[] = []
  const throttled = throttle((value: number) => done.push(value), 100)
  throttled(1)
  expect(done).toEqual([1])
  throttled(2)
  vi.advanceTimersByTime(60)
  throttled(3)
  vi.advanceTimersByTime(39)
  expect(done).toEqual([1])
  vi.advanceTimersByTime(1)
  expect(done).toEqual([1, 3])
  // What came late counts as done, too.
  throttled(4)
  vi.advanceTimersByTime(99)
  expect(done).toEqual([1, 3])
  vi.advanceTimersByTime(1)
  expect(done).toEqual([1, 3, 4])
  vi.advanceTimersByTime(1000)
  expect(done).toEqual([1, 3, 4])
  throttled(5)
  expect(done).toEqual([1, 3, 4, 5])
})

it('drops what waits when it is cancelled, and acts at once then', () => {
  const done: number[] = []
  const throttled = throttle((value: number) => done.push(value), 100)
  throttled(1)
  throttled(2)
  throttled.cancel()
  throttled(3)
  expect(done).toEqual([1, 3])
  throttled(4)
  throttled.cancel()
  vi.advanceTimersByTime(1000)
  expect(done).toEqual([1, 3])
})

it('follows changes from now on until it is stopped', () => {
  const listeners = new Set<() => void>()
  const change = (): void => listeners.forEach((listener) => listener())
  let seen = 0
  const stop = follow(
    (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    () => seen++,
    100,
  )
  expect(seen).toBe(1)
  change()
  vi.advanceTimersByTime(100)
  expect(seen).toBe(2)
  change()
  stop()
  change()
  vi.advanceTimersByTime(1000)
  expect(seen).toBe(2)
})
