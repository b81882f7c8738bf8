import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../cli/arguments'
import { launchBrowser, WITHOUT_GPU } from '../tests/browser/launch'
import { serveStatic } from '../tools/static-server.mjs'
import { spread, table } from './results'
import { kilobytes, RECEIVED_ROW, ROWS, timeOf, visits, type Times } from './start'

/**
 * Starts this build and another one by turns, so that both meet the same machine.
 * @param other the folder of the other build
 * @returns a table: each build's figures, and the median of what this one takes more in a pair
 * @throws {UsageError} where there is no such build
 */
export async function measureAgainst(other: string, pairs: number): Promise<string> {
  if (!existsSync(join(other, 'index.html'))) {
    throw new UsageError(
      `against: there is no built page in "${other}". Name the dist folder of another build.`,
    )
  }
  const sites = await Promise.all([other, 'dist'].map((folder) => serveStatic(folder)))
  const all: [cold: Times, warm: Times][][] = [[], []]
  try {
    for (let pair = 0; pair < pairs; pair++) {
      // Who comes first changes, as the machine may still be busy with the one before.
      for (const k of pair % 2 === 0 ? [0, 1] : [1, 0]) {
        const browser = await launchBrowser(WITHOUT_GPU)
        all[k]!.push(await visits(browser, sites[k]!.url))
        await browser.close()
      }
    }
  } finally {
    await Promise.all(sites.map((site) => site.close()))
  }
  const rows = [0, 1].flatMap((visit) => {
    const of = (k: number): Times[] => all[k]!.map((both) => both[visit]!)
    const named = visit === 0 ? 'empty cache' : 'second visit'
    return [
      ...ROWS.map(([what, names]) => row(`${named}: ${what}`, of(0), of(1), (times) => timeOf(names, times))),
      row(`${named}: ${RECEIVED_ROW}`, of(0), of(1), (times) => [kilobytes(times)]),
    ]
  })
  return table([`ms from navigation, ${pairs} pairs`, 'the other', 'this', 'this − the other'], rows)
}

function row(
  what: string,
  others: readonly Times[],
  these: readonly Times[],
  read: (times: Times) => readonly number[],
): string[] {
  const pairs = these.flatMap((times, i) => {
    const [mine] = read(times)
    const [theirs] = read(others[i]!)
    return mine === undefined || theirs === undefined ? [] : [{ mine, theirs }]
  })
  if (pairs.length < these.length) return [what, 'not always', 'not always', '']
  const shown = (values: readonly number[]): string => spread(values, (value) => value.toFixed(0))
  return [
    what,
    shown(pairs.map(({ theirs }) => theirs)),
    shown(pairs.map(({ mine }) => mine)),
    shown(pairs.map(({ mine, theirs }) => mine - theirs)),
  ]
}
