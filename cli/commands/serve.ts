import { fileURLToPath } from 'node:url'
import { serveStatic } from '../../tools/static-server.mjs'
import { readFlags, UsageError, wholeNumber } from '../arguments'

const USUAL_PORT = 4400
const MOST_PORT = 65535

/**
 * Serves the built page until it is stopped, and prints its address: [--port N]. Without --port it takes another one
 * where the usual one is taken.
 * @param dist the folder of the built page
 * @throws {UsageError} when the port that was asked for can't be had
 */
export async function serveCommand(args: readonly string[], dist: URL): Promise<void> {
  const { port } = readFlags({ port: { type: 'string' } }, [...args])
  const wanted = port === undefined ? USUAL_PORT : wholeNumber('port', port, 0, MOST_PORT)
  const { url } = await serve(fileURLToPath(dist), wanted, port !== undefined)
  process.stdout.write(`Loss Geometry Lab is at ${url}\nStop it with Ctrl+C.\n`)
}

async function serve(folder: string, port: number, asked: boolean): ReturnType<typeof serveStatic> {
  try {
    return await serveStatic(folder, { base: '/', port })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error
    if (asked) throw new UsageError(`--port: ${port} is taken; another one, or none, will do`)
    return serveStatic(folder, { base: '/' })
  }
}
