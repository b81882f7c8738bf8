const TYPES = [
  'ArrayBuffer',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int8Array',
  'Uint16Array',
  'Int16Array',
  'Uint32Array',
  'Int32Array',
  'Float32Array',
  'Float64Array',
] as const

/** Seconds of processor time: what any of these small files takes is a hundredth of it. */
const MOST_SECONDS = 5

/**
 * Runs what must take little time and memory, whatever it is given.
 * @param most bytes that typed arrays may take in all; one that passes them is not allocated
 * @throws {Error} when more memory or time is taken
 */
export async function metered<T>(most: number, work: () => Promise<T> | T): Promise<T> {
  const globals = globalThis as unknown as Record<string, new (...args: unknown[]) => object>
  const originals = TYPES.map((name) => globals[name]!)
  let taken = 0
  let passed = false
  TYPES.forEach((name, i) => {
    const { BYTES_PER_ELEMENT: size = 1 } = originals[i] as { BYTES_PER_ELEMENT?: number }
    globals[name] = new Proxy(originals[i]!, {
      construct(target, args: unknown[], self) {
        if (typeof args[0] === 'number') taken += size * args[0]
        passed ||= taken > most
        if (passed) throw new Error(`${name}(${String(args[0])}): more than ${most} bytes in all`)
        return Reflect.construct(target, args, self) as object
      },
    })
  })
  const start = process.cpuUsage()
  const outcome = await Promise.resolve()
    .then(work)
    .then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    )
  TYPES.forEach((name, i) => (globals[name] = originals[i]!))
  const { user, system } = process.cpuUsage(start)
  // Who was refused memory may have told it as damage.
  if (passed) throw new Error(`more than ${most} bytes in all`)
  if (user + system > 1e6 * MOST_SECONDS) throw new Error(`took ${(user + system) / 1e6} s`)
  if ('error' in outcome) throw outcome.error
  return outcome.value
}
