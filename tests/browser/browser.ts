import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import type {} from './page/call'
import { createServer, type ViteDevServer } from 'vite'
import { launchBrowser, WITH_WEBGPU } from './launch'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A module's functions, called in the page: arguments and results travel as JSON does, with NaN and ∞. */
export type Remote<Module> = {
  readonly [Name in keyof Module]: Module[Name] extends (...args: infer Args) => infer Result
    ? (...args: Args) => Promise<Awaited<Result>>
    : never
}

/** A page of this project in a real browser, served from the sources. */
export class TestPage {
  /** What the page wrote as a warning or an error: WebGPU reports shaders it rejects there, and goes on. */
  readonly complaints: string[] = []

  private constructor(
    private readonly server: ViteDevServer,
    readonly browser: Browser,
    readonly page: Page,
  ) {
    page.on('console', (message) => {
      if (['warning', 'error'].includes(message.type())) this.complaints.push(message.text())
    })
    page.on('pageerror', (error) => this.complaints.push(String(error)))
  }

  static async open(): Promise<TestPage> {
    const server = await serve()
    const browser = await launchBrowser(WITH_WEBGPU)
    const page = await browser.newPage()
    const opened = new TestPage(server, browser, page)
    await page.goto(`${server.resolvedUrls!.local[0]!}tests/browser/page/index.html`)
    return opened
  }

  /** The functions of a module, by its path below the root and without its ending. */
  module<Module>(name: string): Remote<Module> {
    const path = `/${name}.ts`
    return new Proxy({} as Remote<Module>, {
      get:
        (_, f: string) =>
        (...args: unknown[]) =>
          this.page.evaluate(([path, f, args]) => callModule(path, f, args), [path, f, args] as const),
    })
  }

  async close(): Promise<void> {
    await this.browser.close()
    await this.server.close()
  }
}

async function serve(): Promise<ViteDevServer> {
  const server = await createServer({
    root,
    logLevel: 'error',
    // A cache of its own, next to other results of tests; files of tests run at the same time.
    cacheDir: `test-results/vite-${process.env.VITEST_POOL_ID ?? 0}`,
    optimizeDeps: {
      // All at once: a dependency found later would reload the page in the midst of a test.
      entries: [],
      include: ['core', 'backend-cpu', 'backend-wasm', 'backend-webgpu']
        .map((name) => `@tensorflow/tfjs-${name}`)
        .concat('@tensorflow/tfjs', 'zod', 'comlink'),
    },
    server: {
      host: '127.0.0.1',
      port: 0,
      hmr: false,
      watch: null,
      // Dependencies may be a link to another folder.
      fs: { allow: [root, realpathSync(`${root}/node_modules`)] },
    },
  })
  return server.listen()
}
