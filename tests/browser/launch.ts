import { chromium, type Browser } from 'playwright-core'
import { findChromium } from '../../tools/chromium.mjs'

/** A browser that keeps to itself, and draws in software, as these machines have no GPU. */
export const PLAIN = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

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
