import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { contentSecurityPolicy } from './tools/content-security-policy.ts'
import { katexFonts } from './tools/katex-fonts.ts'
import { LICENCES, licences } from './tools/licences.ts'
import { preloadPage } from './tools/preload-page.ts'

const { page: pageLicences, worker: workerLicences } = licences()

export default defineConfig({
  // Works from any sub-path of any static host.
  base: './',
  plugins: [react(), contentSecurityPolicy(), preloadPage(), katexFonts(), pageLicences],
  worker: { format: 'es', plugins: workerLicences },
  // Fonts and images as files: the security policy allows no data addresses for scripts' sake.
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    license: { fileName: LICENCES },
  },
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['tests/{unit,golden}/**/*.test.ts'], testTimeout: 60_000 },
      },
      {
        extends: true,
        // A software GPU takes seconds where a real one takes milliseconds.
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        // Of the built page and the built library.
        test: {
          name: 'package',
          include: ['tests/package/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
