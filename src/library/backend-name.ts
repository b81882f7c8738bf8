/** What computes: 'webgpu' in browsers that have it, 'wasm' and 'cpu' also in Node. */
export type BackendName = 'webgpu' | 'wasm' | 'cpu'

const NAMES: readonly BackendName[] = ['webgpu', 'wasm', 'cpu']

/** A name that need not have gone through a compiler. @throws {RangeError} when there is no backend of that name */
export function checkedBackend(name: string): BackendName {
  const known = NAMES.find((one) => one === name)
  if (known) return known
  throw new RangeError(`there is no backend "${name}"; there are ${NAMES.join(', ')}`)
}
