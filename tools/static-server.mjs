// A plain static server below a sub-path, as any host would be: for tests and benchmarks of the built site.
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, resolve } from 'node:path'

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/**
 * Serves `folder` at http://127.0.0.1:PORT/some/lab/.
 * `intercept` may answer a request itself, by its path below that, and returns true then.
 */
export async function serveStatic(folder, { base = '/some/lab/', intercept = () => false } = {}) {
  const root = resolve(folder)
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost')
    const path = pathname.startsWith(base) ? pathname.slice(base.length) || 'index.html' : null
    if (path !== null && intercept(path, response)) return
    const file = path === null ? null : resolve(join(root, decodeURIComponent(path)))
    if (file === null || !file.startsWith(root) || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'content-length': statSync(file).size,
    })
    createReadStream(file).pipe(response)
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${server.address().port}${base}`,
    close: () => new Promise((done) => server.close(done)),
  }
}
