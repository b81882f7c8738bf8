import { table } from '../../bench/results'
import type { Spread, TableFile, TableRow } from '../../src/io/table-file'
import { PRESETS } from '../../src/losses/preset-registry'
import { inPercent } from '../in-percent'
import { machinesOf, seedsOf, spreadOf } from '../sweeps/spread'
import type { Finished } from '../sweeps/sweep'
import type { TableMeasures, TableRun } from './sweep'

type Done = Finished<TableRun, TableMeasures>

/** What a table shows of its runs, in their order. */
export function mergeRuns(done: readonly Done[]): TableFile {
  const groups = new Map<string, Done[]>()
  for (const one of done) {
    const key = `${one.run.preset} ${one.run.dimension}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  const pictures: TableFile['pictures'] = {}
  for (const { run, outcome } of done) {
    if (outcome.measures.picture) pictures[run.preset] ??= outcome.measures.picture
  }
  return {
    version: 1,
    seeds: seedsOf(done),
    machine: machinesOf(done),
    rows: [...groups.values()].map(rowOf),
    pictures,
  }
}

function rowOf(done: readonly Done[]): TableRow {
  const { run, outcome } = done[0]!
  const spread = (value: (one: Done) => number) => spreadOf(done.map(value))
  const measured = (value: (measures: TableMeasures) => number) =>
    spread((one) => value(one.outcome.measures))
  return {
    preset: run.preset,
    dimension: run.dimension,
    steps: outcome.steps,
    testAccuracy: measured(({ testAccuracy }) => testAccuracy),
    smallestAngle: measured(({ smallestAngle }) => smallestAngle),
    targetAngle: measured(({ targetAngle }) => targetAngle),
    intraToInter: measured(({ intraToInter }) => intraToInter),
    msPerStep: spread((one) => (1000 * one.outcome.processorSeconds) / one.outcome.steps),
  }
}

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

/** The table of bench/RESULTS.md. */
export function lossTable(merged: TableFile): string {
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
    range(row.testAccuracy, inPercent),
    range(row.smallestAngle, degrees),
    range(row.targetAngle, degrees),
    range(row.intraToInter, decimals),
    range(row.msPerStep, decimals),
  ])
  return `\`npm run table\`. ${conditions(merged)}\n\n${table(head, rows)}`
}
