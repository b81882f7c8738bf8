import { fileURLToPath } from 'node:url'

/** This checkout. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url))
