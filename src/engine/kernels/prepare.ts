import { getBackend } from '@tensorflow/tfjs-core'

/** Compiles what `commands` would run, and runs none of it. */
type Prepare = (commands: () => void) => Promise<void>

const byBackend = new Map<string, Prepare>()

/** Says how a backend compiles ahead. */
export function registerPrepare(backendName: string, prepare: Prepare): void {
  byBackend.set(backendName, prepare)
}

/**
 * Lets the current backend compile ahead what `commands` needs, if it compiles at all. `commands` must only run
 * kernels of this project; their results are never read.
 */
export async function prepare(commands: () => void): Promise<void> {
  await byBackend.get(getBackend())?.(commands)
}
