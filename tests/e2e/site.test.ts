import AxeBuilder from '@axe-core/playwright'
import type { ServerResponse } from 'node:http'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseExperiment } from '../../src/engine/config'
import { withPreset } from '../../src/engine/preset-experiment'
import { linkTo } from '../../src/session/link'
import { momentOf } from '../../src/session/moment'
import { launchBrowser, PLAIN, WITH_WEBGPU } from '../browser/launch'
import { equation, measured, open, pause, play, readout, site, stepReaches, until, useSite } from './page'

useSite()

const MLP = withPreset(parseExperiment({ network: { kind: 'mlp' } }), 'arcface')

describe('the built site, below a sub-path and under its security policy', () => {
  it('opens without complaint, and asks no other origin for anything', async () => {
    const { page, complaints, requests } = await open({ hash: '' })
    await measured(page)
    expect(complaints).toEqual([])
    const { origin } = new URL(site.url)
    expect(requests.filter((url) => !/^(blob|data):/.test(url) && new URL(url).origin !== origin)).toEqual([])
    const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')/)
  })

  it('loads TensorFlow.js in the worker alone', async () => {
    const { page, requests } = await open({ hash: '' })
    await measured(page)
    const scripts = requests.filter((url) => url.endsWith('.js'))
    // What the page itself asked for, without its workers.
    const own = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
    const carries = async (url: string): Promise<boolean> =>
      (await (await fetch(url)).text()).includes('WASM_HAS_MULTITHREAD_SUPPORT')
    const withTensorFlow: string[] = []
    for (const url of scripts) if (await carries(url)) withTensorFlow.push(url)
    expect(withTensorFlow).not.toEqual([])
    const ownScripts = own.filter(
      (url) => url.endsWith('.js') && !page.workers().some((w) => w.url() === url),
    )
    expect(ownScripts).not.toEqual([])
    expect(withTensorFlow.filter((url) => ownScripts.includes(url))).toEqual([])
  })

  it('trains: the loss falls, the points move, and more digits are right', async () => {
    const { page, complaints } = await open()
    await measured(page)
    const stage = page.locator('.stage-area')
    const before = await stage.screenshot()
    const accuracyBefore = await readout(page, 'test')
    await play(page)
    await stepReaches(page, 20)
    const early = await readout(page, 'loss')
    await stepReaches(page, 300)
    expect(await readout(page, 'loss')).toBeLessThan(0.8 * early)
    await pause(page)
    expect(await readout(page, 'test')).toBeGreaterThan(accuracyBefore + 20)
    expect((await stage.screenshot()).equals(before)).toBe(false)
    expect(complaints).toEqual([])
  })

  it('takes a dragged margin at once, marks it, and shows it in the equation', async () => {
    const { page } = await open()
    await measured(page)
    await play(page)
    await stepReaches(page, 10)
    const slider = page.getByRole('slider', { name: /^margin/ })
    const before = await equation(page).textContent()
    await slider.focus()
    for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight')
    await until(
      async () => (await equation(page).textContent())!.includes('0.55'),
      'the new m in the equation',
    )
    expect(await equation(page).textContent()).not.toBe(before)
    await page.getByRole('button', { name: /m 0\.5.* → 0\.55/ }).waitFor()
    const step = await readout(page, 'step')
    await stepReaches(page, step + 10)
  })

  it('flips every switch without a new run', async () => {
    const { page, complaints } = await open()
    await measured(page)
    await play(page)
    await stepReaches(page, 5)
    for (const name of [/^bias/, /^unit class vectors/, /^unit features/]) {
      const control = page.getByRole('switch', { name })
      const was = await control.getAttribute('aria-checked')
      const equationWas = await equation(page).textContent()
      const step = await readout(page, 'step')
      await control.click()
      expect(await control.getAttribute('aria-checked')).not.toBe(was)
      await until(async () => (await equation(page).textContent()) !== equationWas, 'a new equation')
      await stepReaches(page, step + 3)
    }
    expect(complaints).toEqual([])
  })

  it('names the loss that the switches make, and takes a named one', async () => {
    const { page } = await open()
    await measured(page)
    await page.getByRole('switch', { name: /^bias/ }).click()
    await page.getByText('ArcFace, but with a bias.').waitFor()
    await page.getByRole('combobox', { name: /^Named loss/ }).click()
    await page.getByRole('option', { name: /^CosFace/ }).click()
    await until(async () => (await equation(page).textContent())!.includes('-'), 'an additive cosine margin')
    expect(await page.getByRole('switch', { name: /^bias/ }).getAttribute('aria-checked')).toBe('false')
  })

  it('changes network and dimension with a new run each, steps, pauses and resets', async () => {
    const { page, complaints } = await open()
    await measured(page)
    await page.getByRole('button', { name: 'Step', exact: true }).click()
    await stepReaches(page, 1)
    await page.getByRole('combobox', { name: /^network/ }).click()
    await page.getByRole('option', { name: /^MLP/ }).click()
    await until(async () => (await readout(page, 'step')) === 0, 'a run of the other network')
    await measured(page)
    await page.getByRole('button', { name: 'Step', exact: true }).click()
    await stepReaches(page, 1)
    await page
      .getByRole('group', { name: /^number of features/ })
      .getByRole('button', { name: '3', exact: true })
      .click()
    await until(async () => (await readout(page, 'step')) === 0, 'a new run')
    await play(page)
    await stepReaches(page, 20)
    await pause(page)
    const step = await readout(page, 'step')
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(await readout(page, 'step')).toBe(step)
    await page.getByRole('button', { name: 'Reset' }).click()
    await until(async () => (await readout(page, 'step')) === 0, 'step 0')
    expect(complaints).toEqual([])
  })

  it('shows the number of features that was chosen last, whatever was chosen before and how quickly', async () => {
    const { page, complaints } = await open()
    await measured(page)
    const choose = (d: string): Promise<void> =>
      page
        .getByRole('group', { name: /^number of features/ })
        .getByRole('button', { name: d, exact: true })
        .click()
    const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
    const change = fc.tuple(fc.constantFrom('2', '3', '8', '32'), fc.constantFrom(0, 50, 400))
    const sequences = [
      [
        ['32', 3000],
        ['2', 400],
        ['32', 400],
      ] as const,
      ...fc.sample(fc.array(change, { minLength: 2, maxLength: 5 }), { numRuns: 4, seed: 1 }),
    ]
    for (const sequence of sequences) {
      for (const [d, gap] of sequence) {
        await choose(d)
        await wait(gap)
      }
      // Frames of another number of features are not taken: the step would stand still.
      const before = await readout(page, 'step')
      await page.getByRole('button', { name: 'Step', exact: true }).click()
      await until(
        async () => ![before, 0].includes(await readout(page, 'step')),
        `a step after ${JSON.stringify(sequence)}`,
      )
    }
    expect(complaints).toEqual([])
  })

  it('opens what a link shows, run and view, and says when a link is damaged', async () => {
    const { page } = await open()
    await measured(page)
    await page.getByRole('switch', { name: /^bias/ }).click()
    await page.getByRole('button', { name: 'normalized' }).click()
    await page.getByRole('button', { name: 'class 3' }).click()
    await page.getByRole('button', { name: 'Share' }).click()
    await page.waitForURL(/#m=/)
    const { page: other } = await open({ hash: new URL(page.url()).hash })
    await other.getByText('ArcFace, but with a bias.').waitFor()
    await other.getByRole('button', { name: 'normalized', pressed: true }).waitFor()
    await other.getByRole('button', { name: 'class 3', pressed: false }).waitFor()
    await other.getByRole('button', { name: 'class 4', pressed: true }).waitFor()
    const { page: damaged } = await open({ hash: '#run=AAAA' })
    await damaged.getByText(/The link could not be opened/).waitFor()
    await measured(damaged)
  })
})

describe('when something fails', () => {
  it.each([
    ['missing', (response: ServerResponse) => response.writeHead(404).end()],
    ['damaged', (response: ServerResponse) => response.writeHead(200).end('not a data set')],
  ])('%s data is a sentence with a way to try again', async (_, answer) => {
    let broken = true
    site.intercept = (path, response) => {
      if (!broken || !path.startsWith('data/')) return false
      answer(response)
      return true
    }
    const { page } = await open()
    await page
      .getByRole('alert')
      .getByText(/MNIST digits could not be loaded/)
      .waitFor()
    broken = false
    await page.getByRole('button', { name: 'Try again' }).click()
    await measured(page)
    await play(page)
    await stepReaches(page, 5)
  })

  it('a diverging run stops, says why, and rolls back', async () => {
    const { page } = await open()
    await measured(page)
    await page.getByRole('button', { name: 'Optimizer' }).click()
    await page.getByRole('button', { name: 'SGD' }).click()
    await page.getByRole('switch', { name: /^clip the gradient/ }).click()
    await page.getByRole('slider', { name: /^learning rate/ }).focus()
    await page.keyboard.press('End')
    await play(page)
    const alert = page.getByRole('alert')
    await alert.getByText(/Training diverged at step/).waitFor({ timeout: 60_000 })
    await expect(alert.textContent()).resolves.toMatch(/likely cause/)
    await alert.getByRole('button', { name: /^Roll back/ }).click()
    await alert.waitFor({ state: 'detached' })
    expect(await readout(page, 'test')).toBeGreaterThan(0)
  })

  it('a crash of the worker is survived: the run goes on from its last checkpoint', async () => {
    const { page } = await open()
    await measured(page)
    await play(page)
    await until(async () => (await readout(page, 'epoch')) > 2, 'a checkpoint on the way')
    await page.workers()[0]!.evaluate(() => {
      setTimeout(() => {
        throw new Error('a test')
      })
    })
    await page.getByText(/The engine stopped .* goes on from step [1-9]/).waitFor()
    await measured(page)
    expect(await readout(page, 'epoch')).toBeGreaterThan(0.5)
    await until(() => Promise.resolve(page.workers().length === 1), 'the old worker to end')
  })

  it('the GPU process crashes while WebGPU trains: the run goes on from its last checkpoint', async () => {
    const gpu = await launchBrowser(WITH_WEBGPU)
    // The network with the fewest kernels: a processor that pretends to be a GPU takes long to compile them.
    const { page } = await open({ within: gpu, hash: linkTo(momentOf(MLP), '') })
    await measured(page)
    await page.locator('.backend-name').click()
    const webgpu = page.getByRole('radio', { name: 'WebGPU' })
    // Else this would pass on nothing.
    expect(await webgpu.getAttribute('aria-disabled')).not.toBe('true')
    await webgpu.click()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'WebGPU' }).waitFor()
    await play(page)
    const before = await readout(page, 'step')
    // Weights are kept every few seconds, and the second time well after the first step.
    await new Promise((resolve) => setTimeout(resolve, 7000))
    await stepReaches(page, before + 5)
    const session = await gpu.newBrowserCDPSession()
    await session.send('Browser.crashGpuProcess')
    const notice = page.getByText(/The graphics processor stopped: .* the run goes on from step [1-9]/)
    await notice.waitFor({ timeout: 60_000 })
    const resumed = Number(/from step (\d+)/.exec((await notice.textContent())!)![1])
    await stepReaches(page, resumed + 5)
    expect(await page.getByRole('button', { name: 'Pause' }).count()).toBe(1)
    await gpu.close()
  })
})

describe('on a poor machine', () => {
  it('without WebGPU and WebGL it says what is missing, and shows and trains all the same', async () => {
    const poor = await launchBrowser([...PLAIN, '--disable-3d-apis'])
    try {
      const { page } = await open({ within: poor })
      await measured(page)
      await page.getByText(/This browser offers no WebGL 2: .* drawn without regions/).waitFor()
      await page.locator('.backend-name').click()
      await page.getByText(/WebGPU does not start/).waitFor()
      await page.keyboard.press('Escape')
      const before = await page.locator('.stage-host').screenshot()
      await play(page)
      await stepReaches(page, 30)
      expect((await page.locator('.stage-host').screenshot()).equals(before)).toBe(false)
    } finally {
      await poor.close()
    }
  })

  it('without WebAssembly too, plain JavaScript trains, and the page says that it is slow', async () => {
    const poor = await launchBrowser([...PLAIN, '--disable-3d-apis'])
    // Browsers that lack it are gone, but companies switch it off.
    site.intercept = (path, response) => {
      if (!path.endsWith('.wasm')) return false
      response.writeHead(403).end()
      return true
    }
    try {
      const { page } = await open({ within: poor })
      await page.getByRole('button', { name: 'plain JavaScript' }).waitFor({ timeout: 60_000 })
      await page.getByText(/Neither WebGPU nor WebAssembly works here/).waitFor()
      await play(page)
      await stepReaches(page, 2)
    } finally {
      await poor.close()
    }
  })
})

describe('accessibility', () => {
  it.each([
    ['light', 1440, 900],
    ['dark', 1440, 900],
    ['light', 390, 844],
    ['dark', 390, 844],
  ] as const)('has no violations: %s, %d × %d', async (theme, width, height) => {
    const { page } = await open({ theme, width, height })
    await measured(page)
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  })

  it('works by keyboard alone: play, pause, reset, themes', async () => {
    const { page } = await open()
    await measured(page)
    await page.locator('body').press(' ')
    await stepReaches(page, 3)
    await page.locator('body').press(' ')
    await page.getByRole('button', { name: 'Play' }).waitFor()
    const theme = await page.locator('html').getAttribute('data-theme')
    await page.locator('body').press('t')
    expect(await page.locator('html').getAttribute('data-theme')).not.toBe(theme)
    await page.locator('body').press('r')
    await until(async () => (await readout(page, 'step')) === 0, 'step 0')
  })
})
