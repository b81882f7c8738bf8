// Finds Chromium or Chrome for the tests that need a browser, and installs Debian's package where there is none.
import { findPrograms, installDebianPackage } from './programs.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** The path of a browser: $CHROMIUM, or the first that PATH has; null where there is none. */
export function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM
  return findPrograms(...NAMES)[0] ?? null
}

/** The same, after installing Debian's package if need be and possible. Throws a sentence that says what to do. */
export function ensureChromium() {
  if (findChromium() === null) installDebianPackage('chromium')
  const found = findChromium()
  if (found) return found
  throw new Error(
    'The browser tests need Chromium: install it (Debian: apt-get ' +
      'install chromium) or name it in the variable CHROMIUM.',
  )
}
