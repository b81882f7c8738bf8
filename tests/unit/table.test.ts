import { execFile, spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { UsageError } from '../../cli/arguments'
import { parseShard, readOptions, shardOf } from '../../cli/sweeps/options'
import { readOutcome } from '../../cli/sweeps/outcome'
import { planTable, tableSweep } from '../../cli/table/sweep'
import { decodeTable, type TableFile } from '../../src/io/table-file'
import { findParallel } from '../../tools/parallel.mjs'

const folder = (): string => mkdtempSync(join(tmpdir(), 'lab-table-'))

function execute(program: string, args: readonly string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    execFile(program, args, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr })
    })
  })
}

const table = (...args: string[]) => execute(process.execPath, ['cli/run.mjs', 'cli/table.ts', ...args])
const finished = (out: string): string[] =>
  existsSync(out) ? readdirSync(out).filter((file) => file.endsWith('.json')) : []
/** Without time, which differs, and machine. */
function figures(into: string): unknown {
  const text = readFileSync(join(into, 'public/table.json'), 'utf8')
  decodeTable(text)
  const { rows, pictures, seeds } = JSON.parse(text) as TableFile
  return { seeds, pictures, rows: rows.map(({ msPerStep: _, ...row }) => row) }
}

describe('shards', () => {
  const runs = planTable(['softmax', 'normface', 'arcface', 'cosface', 'ldam'], [2, 3], [1, 2, 3])

  it.each([1, 2, 3, 4, 7, 30, 40])('of %d, every run is in exactly one', (count) => {
    const all = Array.from({ length: count }, (_, k) => shardOf(runs, { index: k + 1, count })).flat()
    expect(all).toHaveLength(runs.length)
    expect(new Set(all)).toEqual(new Set(runs))
  })

  it.each(['0/3', '4/3', '1', '1/0', 'a/b', '1/2/3', '-1/2'])('"%s" is none', (text) => {
    expect(() => parseShard(text)).toThrow('--shard')
  })
})

// Each command starts several processes, which takes its time on a busy machine.
describe('the table command', { timeout: 240_000 }, () => {
  const small = ['--presets', 'softmax,arcface', '--dimensions', '2', '--seeds', '1', '--steps', '20']

  it('spread by GNU parallel and merged is the same as trained in one go', async () => {
    const parallel = findParallel()
    if (parallel === null) {
      throw new Error('This test needs GNU parallel: install it (Debian: apt-get install parallel).')
    }
    const out = folder()
    const into = folder()
    const alone = folder()
    const intoAlone = folder()
    mkdirSync(join(into, 'bench'))
    writeFileSync(
      join(into, 'bench/RESULTS.md'),
      '# Mine\n\n<!-- table:begin -->\nold\n<!-- table:end -->\n\nthe end\n',
    )
    const shards = [
      process.execPath,
      'cli/run.mjs',
      'cli/table.ts',
      ...small,
      '--out',
      out,
      '--shard',
      '{}/2',
    ]
    const spread = await execute(parallel, ['--jobs', '2', ...shards, ':::', '1', '2'])
    expect(spread.output).toContain('arcface 2-D seed 1')
    expect(spread.code).toBe(0)
    expect(await table(...small, '--out', out, '--into', into, '--merge')).toMatchObject({ code: 0 })
    expect(await table(...small, '--out', alone, '--into', intoAlone)).toMatchObject({ code: 0 })
    expect(figures(into)).toEqual(figures(intoAlone))
    const results = readFileSync(join(into, 'bench/RESULTS.md'), 'utf8')
    expect(results).toMatch(/^# Mine\n[^]*\| ArcFace +\| 2 +\|[^]*\n\nthe end\n$/)
    expect(results).not.toContain('old')
  })

  it('a shard that was killed is run again, and trains only what is missing', async () => {
    const out = folder()
    const into = folder()
    const runs = ['--presets', 'softmax', '--dimensions', '2', '--seeds', '1,2', '--steps', '20']
    const args = [...runs, '--out', out, '--jobs', '1']
    const first = spawn(process.execPath, ['cli/run.mjs', 'cli/table.ts', ...args, '--shard', '1/1'], {
      detached: true,
      stdio: 'ignore',
    })
    const ended = new Promise((resolve) => first.once('exit', resolve))
    while (finished(out).length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
    // The whole group, as a batch system does.
    process.kill(-first.pid!, 'SIGKILL')
    await ended
    const kept = finished(out)
    expect(kept.length).toBeLessThan(2)
    const times = kept.map((file) => statSync(join(out, file)).mtimeMs)

    const early = await table(...args, '--into', into, '--merge')
    expect(early).toMatchObject({ code: 1 })
    expect(early.output).toMatch(/^1 of 2 runs are missing, first softmax 2-D seed 2[^\n]*\n$/)

    const again = await table(...args, '--shard', '1/1')
    expect(again.output).toContain('2 runs, 1 of them there already')
    expect(finished(out)).toHaveLength(2)
    expect(kept.map((file) => statSync(join(out, file)).mtimeMs)).toEqual(times)

    // A file that is damaged is no run.
    const file = join(out, kept[0]!)
    expect(await readOutcome(file, tableSweep.measures)).not.toBeNull()
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 100))
    expect(await readOutcome(file, tableSweep.measures)).toBeNull()
  })

  it('refuses a wrong flag in one line', async () => {
    const { code, output } = await table('--seeds', '1,x')
    expect(code).toBe(2)
    expect(output).toMatch(/^--seeds: "x"[^\n]*\n$/)
  })

  it.each([
    [['--shard', '3/2'], '--shard: "3/2"'],
    [['--shard', '1/2', '--merge'], '--shard'],
    [['--presets', 'softmax,nonsense'], '--presets: there is no "nonsense"'],
    [['--dimensions', '1'], '--dimensions: "1"'],
    [['--seeds', '1,4294967296'], '--seeds: "4294967296"'],
    [['--jobs', '0'], '--jobs: "0"'],
    [['--steps', 'many'], '--steps: "many"'],
    [['--colour'], '--colour'],
  ])('%s is a mistake of use', (args, text) => {
    expect(() => readOptions(tableSweep, args, '.')).toThrow(UsageError)
    expect(() => readOptions(tableSweep, args, '.')).toThrow(text)
  })
})
