import { PRESETS } from '../src/losses/preset-registry'
import type { Spread, TableFile, TableRow } from '../src/io/table-file'
import { median, table } from '../bench/results'
import { MEASURES, type Outcome } from './table-outcome'

/** What a table shows of its outcomes, in their order. */
export function mergeOutcomes(outcomes: readonly Outcome[]): TableFile {
  const groups = new Map<string, Outcome[]>()
  for (const outcome of outcomes) {
    const key = `${outcome.preset} ${outcome.dimension}`
    groups.set(key, [...(groups.get(key) ?? []), outcome])
  }
  const pictures: TableFile['pictures'] = {}
  for (const { preset, picture } of outcomes) if (picture) pictures[preset] ??= picture
  return {
    version: 1,
    seeds: [...new Set(outcomes.map(({ seed }) => seed))],
    machine: [...new Set(outcomes.map(({ machine }) => machine))].join(', '),
    rows: [...groups.values()].map(rowOf),
    pictures,
  }
}

function rowOf(runs: readonly Outcome[]): TableRow {
  const { preset, dimension, steps } = runs[0]!
  const measures = Object.fromEntries(
    MEASURES.map((measure) => [measure, spreadOf(runs.map((run) => run[measure]))]),
  ) as Record<(typeof MEASURES)[number], Spread>
  return { preset, dimension, steps, ...measures }
}

/** Median and range. */
export function spreadOf(values: readonly number[]): Spread {
  const round = (value: number): number => Number(value.toPrecision(6))
  return {
    median: round(median(values)),
    least: round(Math.min(...values)),
    most: round(Math.max(...values)),
  }
}

const percent = (fraction: number): string => (100 * fraction).toFixed(2)
const degrees = (angle: number): string => `${angle.toFixed(1)}°`
const decimals = (value: number): string => value.toFixed(2)

function range({ median, least, most }: Spread, format: (value: number) => string): string {
  return `${format(median)} [${format(least)}–${format(most)}]`
}

/** The conditions that all figures share, as a sentence. */
function conditions({ rows, seeds, machine }: TableFile): string {
  const steps = [...new Set(rows.map((row) => row.steps))].join(' or ')
  return (
    `Each named loss as it ships (\`cli/configs/\`), Compact, 8,000 digits to train on and 2,000 held out, ${steps} ` +
    `steps, seeds ${seeds.join(', ')}, wasm on ${machine}: median [least–most].`
  )
}

/** README's table. */
export function readmeTable(merged: TableFile): string {
  const head = [
    'loss',
    'd',
    'test accuracy, %',
    'smallest angle',
    'mean target angle',
    'intra / inter',
    'ms per step',
  ]
  const rows = merged.rows.map((row) => [
    PRESETS.find(row.preset)?.name ?? row.preset,
    String(row.dimension),
    range(row.testAccuracy, percent),
    range(row.smallestAngle, degrees),
    range(row.targetAngle, degrees),
    range(row.intraToInter, decimals),
    range(row.msPerStep, decimals),
  ])
  return `${conditions(merged)}\n\n${table(head, rows)}`
}

/** The short table of bench/RESULTS.md: a loss in one row. */
export function convergenceTable(merged: TableFile): string {
  const dimensions = [...new Set(merged.rows.map((row) => row.dimension))]
  const rows = [...new Set(merged.rows.map((row) => row.preset))].map((preset) => [
    preset,
    ...dimensions.flatMap((dimension) => {
      const row = merged.rows.find((other) => other.preset === preset && other.dimension === dimension)
      return row ? [range(row.testAccuracy, percent), range(row.smallestAngle, degrees)] : ['', '']
    }),
  ])
  const head = ['preset', ...dimensions.flatMap((d) => [`${d}-D, test accuracy %`, 'smallest angle'])]
  return `\`npm run convergence\`. ${conditions(merged)}\n\n${table(head, rows)}`
}
