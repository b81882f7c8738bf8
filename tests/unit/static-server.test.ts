import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { serveStatic } from '../../tools/static-server.mjs'

it('a text is given to be read, not to be saved', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lab-'))
  writeFileSync(join(folder, 'licences.txt'), 'Noël')
  const { url, close } = await serveStatic(folder)
  try {
    const response = await fetch(`${url}licences.txt`)
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(await response.text()).toBe('Noël')
    expect((await fetch(`${url}..%2f`)).status).toBe(404)
  } finally {
    await close()
  }
})
