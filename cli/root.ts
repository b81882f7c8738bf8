import { fileURLToPath } from 'node:url'

/** This checkout. */
export const ROOT = fileURLToPath(new URL(/* @vite-ignore */ '..', import.meta.url))
