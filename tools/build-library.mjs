// Builds lib/: loss-geometry-lab/losses, loss-geometry-lab/engine and the command, with everything that they need.
import { chmodSync, copyFileSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { writeDeclarations } from './declarations.mjs'

const root = new URL('..', import.meta.url)
const at = (path) => fileURLToPath(new URL(path, root))
const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8'))

/** WebAssembly that lies beside the code. */
const BINARIES = [
  'src/engine/kernels/wasm/build/kernels.wasm',
  'src/engine/kernels/wasm/build/kernels-relaxed.wasm',
  'node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm',
]

/** TensorFlow.js is written for bundles of before ES modules: its `require` of Node's own modules is none there. */
const nodeModules = {
  name: 'node-modules-of-tensorflow',
  enforce: 'pre',
  transform: (code, id) =>
    id.includes('@tensorflow')
      ? code
          .replaceAll(/\brequire\((['"])(\w+)\1\)/g, `globalThis.process.getBuiltinModule('$2')`)
          .replaceAll(/\b__dirname\b/g, `''`)
      : null,
}

/** In the package, the engine's bytes lie elsewhere than in this checkout. */
const packageAssets = {
  name: 'package-assets',
  enforce: 'pre',
  load: (id) =>
    id === at('cli/node-assets.ts') ? `export { nodeAssets } from '../src/library/package-assets'` : null,
}

await build({
  root: at('.'),
  configFile: false,
  publicDir: false,
  logLevel: 'warn',
  plugins: [nodeModules, packageAssets],
  define: { VERSION: JSON.stringify(version), 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir: at('lib'),
    emptyOutDir: true,
    target: 'es2022',
    license: { fileName: 'LICENSES.md' },
    lib: {
      formats: ['es'],
      entry: {
        losses: at('src/library/losses.ts'),
        engine: at('src/library/engine.ts'),
        bin: at('cli/bin.ts'),
      },
    },
    rollupOptions: {
      external: /^node:/,
      output: { banner: ({ name }) => (name === 'bin' ? '#!/usr/bin/env node' : '') },
    },
  },
})
for (const file of BINARIES) copyFileSync(at(file), at(`lib/${file.split('/').at(-1)}`))
chmodSync(at('lib/bin.js'), 0o755)
writeDeclarations(at('.'), ['losses', 'engine'], at('lib'))
