import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { launchBrowser, PLAIN } from '../browser/launch'
import { PRESETS } from '../../src/losses/preset-registry'
import { open, site, useSite } from './page'

useSite()

const assets = readdirSync('dist/assets')

it('carries the licences of all that it contains, a link away', async () => {
  const { page } = await open()
  await page.getByRole('button', { name: 'Paper' }).click()
  const href = await page.getByRole('menuitem', { name: 'Licences' }).getAttribute('href')
  const text = await (await fetch(new URL(href!, site.url))).text()
  const sections = text.split('\n## ').slice(1)
  const of = (title: string): string | undefined => sections.find((section) => section.startsWith(title))
  for (const name of [
    'react - ',
    'three - ',
    'katex - ',
    'zod - ',
    'd3-array - ',
    '@tensorflow/tfjs-core - ',
  ]) {
    expect(of(name), name).toMatch(/copyright/i)
  }
  for (const font of ['@fontsource-variable/source-sans-3', 'M PLUS 1p']) {
    expect(of(font), font).toContain('SIL OPEN FONT LICENSE Version 1.1')
  }
  for (const data of ['MNIST', 'Fashion-MNIST', 'Loss Geometry Lab']) {
    expect(of(data), data).toContain('Permission is hereby granted')
  }
})

it('has fonts in one format, and all that its styles ask for', () => {
  expect(assets.filter((name) => /\.(ttf|woff|otf|eot)$/.test(name))).toEqual([])
  const asked = assets
    .filter((name) => name.endsWith('.css'))
    .flatMap((name) => [...readFileSync(`dist/assets/${name}`, 'utf8').matchAll(/url\(([^)]+)\)/g)])
    .map(([, url]) => url!.replace(/^["']?(\.\/)?|["']$/g, ''))
  expect(asked.filter((url) => /^KaTeX_Math-Italic.*woff2$/.test(url))).toHaveLength(1)
  expect(asked.filter((url) => !assets.includes(url))).toEqual([])
})

it('has a first screen that waits for no losses and nothing that checks configurations', () => {
  const read = (start: string): string => {
    const names = assets.filter((name) => name.startsWith(start) && name.endsWith('.js'))
    expect(names).toHaveLength(1)
    return readFileSync(`dist/assets/${names[0]!}`, 'utf8')
  }
  const marks = ['ZodError', ...PRESETS.all.map(({ summary }) => summary)]
  const foundIn = (code: string): string[] => marks.filter((mark) => code.includes(mark))
  expect(foundIn(read('start')).length).toBeGreaterThan(marks.length / 2)
  const worker = read('first-screen-worker')
  expect(foundIn(worker)).toEqual([])
  expect(worker.length).toBeLessThan(60_000)
})

it('says how to open it where it is opened from disk, and only there', async () => {
  const sentence = 'Browsers do not run this page from a file'
  const browser = await launchBrowser(PLAIN)
  try {
    const page = await browser.newPage()
    await page.goto(pathToFileURL(resolve('dist/index.html')).href)
    expect(await page.locator('body').innerText()).toContain(sentence)
  } finally {
    await browser.close()
  }
  const { page } = await open()
  expect(await page.locator('body').innerText()).not.toContain(sentence)
})
