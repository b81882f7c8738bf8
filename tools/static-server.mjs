// A plain static server below a sub-path, as any host would be: for tests and benchmarks of the built site.
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, resolve, sep } from 'node:path'

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
}

/**
 * Serves `folder` at http://127.0.0.1:PORT/some/lab/; port 0 is any that is free. Rejects where the port is taken.
 * `intercept` may answer a request itself, by its path below that, and returns true then.
 */
export async function serveStatic(folder, { base = '/some/lab/', port = 0, intercept = () => false } = {}) {
  const root = resolve(folder)
  const server = createServer((request, response) => {
    const path = pathOf(request.url, base)
    if (path !== null && intercept(path, response)) return
    const file = path === null ? null : resolve(join(root, path))
    if (file === null || !file.startsWith(root + sep) || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'content-length': statSync(file).size,
    })
    createReadStream(file).pipe(response)
  })
  await new Promise((done, fail) => {
    server.once('error', fail)
    server.listen(port, '127.0.0.1', done)
  })
  return {
    url: `http://127.0.0.1:${server.address().port}${base}`,
    close: () => new Promise((done) => server.close(done)),
  }
}

/** What is asked for, from the base on; null for what lies elsewhere or is no address. */
function pathOf(url, base) {
  try {
    const path = decodeURIComponent(new URL(url, 'http://localhost').pathname)
    return path.startsWith(base) ? path.slice(base.length) || 'index.html' : null
  } catch {
    return null
  }
}
