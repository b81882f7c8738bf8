import type { ServerResponse } from 'node:http'

export function serveStatic(
  folder: string,
  options?: {
    base?: string
    port?: number
    intercept?: (path: string, response: ServerResponse) => boolean
  },
): Promise<{ url: string; close: () => Promise<void> }>
