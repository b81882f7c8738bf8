// Runs a TypeScript file of this project in Node, through Vite, so that `import.meta.glob` means there what
// it means in the page: node cli/run.mjs FILE [ARGUMENT ...]
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const [file, ...rest] = process.argv.slice(2)
process.argv = [process.argv[0], file, ...rest]

/** Components bring their styles along, which mean nothing here. */
const withoutStyles = {
  name: 'without-styles',
  enforce: 'pre',
  resolveId: (id) => (id.endsWith('.css') ? '\0no-styles' : null),
  load: (id) => (id === '\0no-styles' ? '' : null),
}
const plugins = [withoutStyles]
await runnerImport(fileURLToPath(new URL(file, new URL('..', import.meta.url))), {
  root,
  logLevel: 'error',
  plugins,
})
