/** The path of GNU parallel, or null. */
export function findParallel(): string | null
/** Installs Debian's package if need be and possible. */
export function ensureParallel(): void
