import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import golden from '../golden/losses.json'
import { expectClose } from '../golden/cases'

interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

function run(script: 'train' | 'loss', ...args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['cli/run.mjs', `cli/${script}.ts`, ...args], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr })
    })
  })
}

const folder = mkdtempSync(join(tmpdir(), 'lab-'))
function file(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

describe('the train command', () => {
  it('prints one JSON document, the same losses for the same seed', async () => {
    const args = ['--config', 'cli/configs/arcface.json', '--steps', '5', '--seed', '9', '--json']
    const first = await run('train', ...args)
    const second = await run('train', ...args)
    expect(first.code).toBe(0)
    expect(first.stderr).toBe('')
    const result = JSON.parse(first.stdout) as Record<string, number> & { config: { seed: number } }
    expect(result.config.seed).toBe(9)
    expect(result.steps).toBe(5)
    for (const key of [
      'seconds',
      'msPerStep',
      'loss',
      'trainAccuracy',
      'testAccuracy',
      'smallestAngleDegrees',
    ]) {
      expect(Number.isFinite(result[key]), key).toBe(true)
    }
    const again = JSON.parse(second.stdout) as typeof result
    expect(again.loss).toBe(result.loss)
    expect(again.testAccuracy).toBe(result.testAccuracy)
  })

  it.each([
    [['--config', 'missing.json'], '--config: the file missing.json can not be read'],
    [[], '--config: which file?'],
    [['--config', 'cli/configs/arcface.json', '--steps', 'many'], '--steps: "many" is not a whole number'],
    [['--config', 'cli/configs/arcface.json', '--seed', '-1'], '--seed'],
    [['--config', 'cli/configs/arcface.json', '--seed', '4294967296'], 'a whole number from 0 to 4294967295'],
    [['--config', 'cli/configs/arcface.json', '--backend', 'cuda'], '--backend: "cuda"'],
    [['--colour'], '--colour'],
    [['--config', file('text.json', 'no json')], 'is not JSON'],
    [['--config', file('scale.json', { head: { scale: 999 } })], 'head.scale'],
  ])('ends with 2 and one line that names the mistake: %j', async (args, message) => {
    const { code, stdout, stderr } = await run('train', ...args)
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(stderr).toContain(message)
  })
})

describe('the loss command', () => {
  it('evaluates cases in order, and says which it can not', async () => {
    const cases = [
      golden[0],
      { id: 'bad', loss: 'arcface', x: [[1, 2]], W: [[1]], y: [0] },
      { id: 'empty' },
      golden[11],
    ]
    const { code, stdout } = await run('loss', file('cases.json', cases))
    expect(code).toBe(0)
    const results = JSON.parse(stdout) as { id: string; loss: number; dW: number[][]; error?: string }[]
    expect(results.map(({ id }) => id)).toEqual([golden[0]!.id, 'bad', 'empty', golden[11]!.id])
    expectClose(results[0]!.loss, golden[0]!.expect.loss)
    expectClose(results[3]!.dW, golden[11]!.expect.dW!)
    expect(results[1]!.error).toContain('the same number of columns')
    expect(results[2]!.error).toContain('loss')
  })

  it('takes a single case too', async () => {
    const { stdout } = await run('loss', file('one.json', golden[0]))
    expect(JSON.parse(stdout)).toHaveLength(1)
  })

  it('ends with 2 without a readable file', async () => {
    for (const args of [[], ['nowhere.json'], [file('broken.json', '[')]]) {
      const { code, stderr } = await run('loss', ...args)
      expect(code).toBe(2)
      expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    }
  })

  it('says where a file has what is no JSON, and takes a byte order mark', async () => {
    const broken = await run('loss', file('nan.json', '[\r\n{"x": [[1, NaN]]}]'))
    expect(broken).toMatchObject({ code: 2, stdout: '' })
    expect(broken.stderr).toMatch(/nan\.json is not JSON: line 2, column 12: NaN is not a number of JSON/)
    const marked = await run('loss', file('marked.json', `\ufeff${JSON.stringify(golden[0])}`))
    expectClose((JSON.parse(marked.stdout) as { loss: number }[])[0]!.loss, golden[0]!.expect.loss)
  })

  it('gives an error, and no null, where a loss is not finite', async () => {
    const huge = {
      id: 'huge',
      loss: 'softmax',
      x: [[1, -1e200]],
      W: [
        [1e200, 1],
        [0, 1],
      ],
      b: [0, 0],
      y: [0],
    }
    const { stdout } = await run('loss', file('huge.json', huge))
    expect(stdout).not.toContain('null')
    expect(JSON.parse(stdout)).toEqual([
      { id: 'huge', field: 'x', error: expect.stringContaining('x[0][1] is -1e+200') as string },
    ])
  })

  it('README names the reference values that are here', () => {
    expect(readFileSync('tests/golden/README.md', 'utf8')).toContain('losses.json')
  })
})
