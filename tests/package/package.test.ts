import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import golden from '../golden/losses.json'
import { expectClose } from '../golden/cases'

/** The package, installed where there is nothing else and without a network. */
const folder = mkdtempSync(join(tmpdir(), 'lab-package-'))
const installed = join(folder, 'node_modules/loss-geometry-lab')

/** Files in the tarball. */
let packed: string[] = []

interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

function run(command: string, ...args: string[]): Promise<Outcome> {
  return new Promise((done) => {
    execFile(command, args, { cwd: folder, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      done({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr })
    })
  })
}

const lab = (...args: string[]): Promise<Outcome> => run('npx', '--no-install', 'loss-geometry-lab', ...args)

function write(name: string, content: unknown): string {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
  return name
}

const filesIn = (path: string): string[] => readdirSync(path, { recursive: true }).map(String).sort()

beforeAll(async () => {
  for (const part of ['dist/index.html', 'lib/losses.js']) {
    if (!existsSync(part)) throw new Error(`${part} is missing: npm run test:package builds it first`)
  }
  const pack = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]
  const { stdout } = await promisify(execFile)('npm', pack)
  const [{ filename, files }] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }]
  packed = files.map(({ path }) => path)
  // Without a prefix npm installs into a folder above that has packages already.
  const quiet = ['--offline', '--no-audit', '--no-fund', '--prefix', folder]
  const { code, stderr } = await run('npm', 'install', ...quiet, `./${filename}`)
  expect(code, stderr).toBe(0)
})

describe('the tarball', () => {
  it('has the page, the library and the command, and none of their sources', () => {
    for (const file of ['dist/index.html', 'lib/losses.js', 'lib/losses.d.ts', 'lib/bin.js', 'LICENSE']) {
      expect(packed).toContain(file)
    }
    const sources = packed.filter((path) =>
      /^(src|tests|bench|cli|tools)\/(?!.*\.md$)|(?<!\.d)\.tsx?$/.test(path),
    )
    expect(sources).toEqual([])
  })

  it('has pages whose links lead to what is in it', () => {
    const pages = packed.filter((path) => path.endsWith('.md'))
    expect(pages).toContain('README.md')
    expect(pages).toContain('docs/library.md')
    for (const page of pages) {
      for (const [, target] of readFileSync(join(installed, page), 'utf8').matchAll(/\]\(([^)#]+)[^)]*\)/g)) {
        if (!target!.startsWith('http')) expect(packed, page).toContain(join(dirname(page), target!))
      }
    }
  })

  it('needs no other package', () => {
    expect(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
      'loss-geometry-lab',
    ])
  })
})

describe('the library', () => {
  it('does what its documentation shows, under plain Node', async () => {
    const snippets = [...readFileSync('docs/library.md', 'utf8').matchAll(/```js\n(.*?)```/gs)]
    expect(snippets).toHaveLength(2)
    for (const [i, [, code]] of snippets.entries()) {
      const { stdout, stderr } = await run(process.execPath, write(`snippet-${i}.mjs`, code))
      expect(stderr).toBe('')
      expect(stdout).not.toBe('')
    }
  })

  it('evaluates losses without TensorFlow.js, to the references', async () => {
    const code = `
      import { evaluateLoss } from 'loss-geometry-lab/losses'
      const { id, ...lossCase } = ${JSON.stringify(golden[0])}
      console.log(JSON.stringify(evaluateLoss(lossCase)))
    `
    const { stdout } = await run(process.execPath, write('losses.mjs', code))
    const result = JSON.parse(stdout) as { loss: number; dW: number[][] }
    expectClose(result.loss, golden[0]!.expect.loss, 1e-8)
    expectClose(result.dW, golden[0]!.expect.dW!, 1e-8)
    for (const file of loadedBy('losses.js')) {
      expect(readFileSync(join(installed, 'lib', file), 'utf8'), file).not.toMatch(/registerBackend|tfjs/)
    }
  })

  it('is declared for TypeScript', async () => {
    const consumer = `
      import { evaluateLoss, losses, LossCaseError, type LossCase } from 'loss-geometry-lab/losses'
      import { Engine, train, withPreset, type Experiment, type Frame } from 'loss-geometry-lab/engine'
      const lossCase: LossCase = { loss: losses[0]!.id, x: [[1, 2]], W: [[1, 0], [0, 1]], b: null, y: [0] }
      export const dW: number[][] | undefined = evaluateLoss(lossCase).dW
      export const field = (error: unknown): string => (error instanceof LossCaseError ? error.field : '')
      const experiment: Experiment = withPreset('arcface', { epochs: 1 })
      export const rate: 'adam' | 'sgd' = experiment.optimizer.kind
      // @ts-expect-error there is no such loss case
      evaluateLoss({ loss: 'arcface', x: 3, y: [0] })
      // @ts-expect-error there is no such setting
      await train({ colour: 1 })
      const { features } = await train(experiment, { steps: 2 })
      const engine = new Engine({ frame: (frame: Frame) => void [frame.step, features] })
      await engine.open(experiment)
    `
    const args = ['--ignoreConfig', '--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext']
    const tsc = resolve('node_modules/typescript/bin/tsc')
    const { stdout } = await run(process.execPath, tsc, ...args, write('consumer.mts', consumer))
    expect(stdout).toBe('')
  })
})

/** A module of the library, and what it imports. */
function loadedBy(file: string, known = new Set<string>()): Set<string> {
  known.add(file)
  const code = readFileSync(join(installed, 'lib', file), 'utf8')
  for (const [, next] of code.matchAll(/(?:from|import)\s*\(?["']\.\/([^"']+)["']/g)) {
    if (!known.has(next!)) loadedBy(next!, known)
  }
  return known
}

describe('the command', () => {
  const running: ChildProcess[] = []
  afterEach(() => {
    for (const child of running.splice(0)) child.kill()
  })

  /** Starts the server. @returns the address that it prints */
  function serve(...args: string[]): Promise<string> {
    const child = spawn(process.execPath, [join(installed, 'lib/bin.js'), ...args], { cwd: folder })
    running.push(child)
    return new Promise((done, fail) => {
      child.stdout.on('data', (text) => done(/http:\S+/.exec(String(text))![0]))
      child.on('exit', (code) => fail(new Error(`it ended with ${code}`)))
    })
  }

  it('serves the page, and what the page asks for', async () => {
    const url = await serve('--port', '0')
    const page = await fetch(url)
    expect(page.headers.get('content-type')).toContain('text/html')
    const html = await page.text()
    expect(html).toContain('Loss Geometry Lab')
    const script = /src="\.\/([^"]+)"/.exec(html)![1]!
    for (const path of [script, 'data/mnist.bin', 'table.json']) {
      expect((await fetch(new URL(path, url))).status, path).toBe(200)
    }
    for (const path of ['../package.json', '%2e%2e/package.json', '%', 'nowhere']) {
      expect((await fetch(new URL(path, url))).status, path).toBe(404)
    }
  })

  it('takes another port than one that is taken, or says so where it was asked for', async () => {
    const other = createServer()
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done))
    const { port } = other.address() as AddressInfo
    const { code, stderr } = await lab('--port', String(port))
    expect(code).toBe(2)
    expect(stderr).toContain(`--port: ${port} is taken`)
    other.close()
    const [first, second] = await Promise.all([serve(), serve()])
    expect(first).not.toBe(second)
    expect((await fetch(second)).status).toBe(200)
  })

  it('evaluates losses', async () => {
    const { code, stdout, stderr } = await lab('loss', write('cases.json', [golden[0], { loss: 'none' }]))
    expect(code, stderr).toBe(0)
    const [right, wrong] = JSON.parse(stdout) as [{ loss: number }, { field: string }]
    expectClose(right.loss, golden[0]!.expect.loss, 1e-8)
    expect(wrong.field).toBe('x')
  })

  it('trains, and writes tables into the current folder and nowhere else', async () => {
    const before = filesIn(installed)
    const args = ['--config', write('softmax.json', { epochs: 1 }), '--steps', '2', '--json']
    const trained = await lab('train', ...args)
    expect(trained.code, trained.stderr).toBe(0)
    expect((JSON.parse(trained.stdout) as { steps: number }).steps).toBe(2)
    const plan = ['--presets', 'softmax', '--dimensions', '2', '--seeds', '1', '--steps', '2']
    const table = await lab('table', ...plan)
    expect(table.code, table.stderr).toBe(0)
    expect(filesIn(installed)).toEqual(before)
    const { rows } = JSON.parse(readFileSync(join(folder, 'public/table.json'), 'utf8')) as {
      rows: unknown[]
    }
    expect(rows).toHaveLength(1)
  })

  it('says what there is, and what there is not', async () => {
    const help = await lab('--help')
    expect(help.code).toBe(0)
    for (const word of ['--port', 'train', 'loss', 'table']) expect(help.stdout).toContain(word)
    expect(await lab('train', '--help')).toEqual(help)
    for (const args of [['paint'], ['--colour'], ['loss'], ['train'], ['table', '--presets', 'none']]) {
      const { code, stdout, stderr } = await lab(...args)
      expect(code, args.join(' ')).toBe(2)
      expect(stdout).toBe('')
      expect(stderr.trimEnd().split('\n'), args.join(' ')).toHaveLength(1)
    }
  })
})
