import { chromium, type Browser } from 'playwright-core'
import { findChromium } from '../../tools/chromium.mjs'

/** A browser that keeps to itself. */
const QUIET = [
  '--no-sandbox',
  '--enable-unsafe-swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Draws as with a GPU, which a processor pretends to be, as these machines have none. */
export const PLAIN = [...QUIET, '--use-angle=swiftshader']

/** Draws as browsers do on a machine without a GPU: the processor draws pages, and WebGL too. For timings. */
export const WITHOUT_GPU = [...QUIET, '--disable-gpu']

/** The same with WebGPU by SwiftShader: right, slow, and there on every machine. */
export const WITH_WEBGPU = [
  ...PLAIN,
  '--enable-unsafe-webgpu',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
]

/**
 * @param args flags for Chromium
 * @throws {Error} saying what to do when there is no Chromium or Chrome.
 */
export async function launchBrowser(args: readonly string[]): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === null)
    throw new Error('There is no Chromium: install it, or set CHROMIUM to its path.')
  return chromium.launch({ executablePath, args: [...args] })
}
