import { chromium, type Browser } from 'playwright-core'
import { findChromium } from '../../tools/chromium.mjs'

/** WebGPU by SwiftShader, a GPU in software: right, slow, and there on every machine. */
const FLAGS = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
  '--use-angle=swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** @throws {Error} saying what to do when there is no Chromium or Chrome. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === null)
    throw new Error('There is no Chromium: install it, or set CHROMIUM to its path.')
  return chromium.launch({ executablePath, args: FLAGS })
}
