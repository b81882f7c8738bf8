import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writeBlock } from '../../bench/results'
import { presetExperiment } from '../../src/engine/preset-experiment'
import { encodePicture, pictureSchema } from '../../src/io/table-file'
import { PRESETS } from '../../src/losses/preset-registry'
import { namesOf, wholeNumbers } from '../sweeps/options'
import type { Finished, Sweep, SweepRun } from '../sweeps/sweep'
import { finalGeometry } from './final-geometry'
import { lossTable, mergeRuns } from './tables'

/** Points in a picture: enough to see the geometry, a kilobyte in the table. */
const PICTURE_POINTS = 300

/** A named loss as it ships. */
export interface TableRun extends SweepRun {
  readonly preset: string
  readonly dimension: number
  readonly seed: number
}

const measuresSchema = z.strictObject({
  testAccuracy: z.number(),
  smallestAngle: z.number(),
  targetAngle: z.number(),
  intraToInter: z.number(),
  /** In 2-D. */
  picture: pictureSchema.nullable(),
})

/** See FinalGeometry for what the numbers are. */
export type TableMeasures = z.output<typeof measuresSchema>

/** All runs of a table, in the order of its rows. */
export function planTable(
  presets: readonly string[],
  dimensions: readonly number[],
  seeds: readonly number[],
): TableRun[] {
  return presets.flatMap((preset) =>
    dimensions.flatMap((dimension) =>
      seeds.map((seed) => ({
        preset,
        dimension,
        seed,
        name: `${preset} ${dimension}-D seed ${seed}`,
        experiment: { ...presetExperiment(preset, dimension), seed },
      })),
    ),
  )
}

/** Every named loss in 2-D and 3-D, for public/table.json and bench/RESULTS.md. */
export const tableSweep: Sweep<TableRun, TableMeasures> = {
  name: 'table',
  version: 1,
  seeds: '1,2,3',
  flags: ['presets', 'dimensions'],
  plan: (seeds, { presets, dimensions = '2,3' }) => {
    const known = PRESETS.ids
    const runs = planTable(
      namesOf('presets', presets, known),
      wholeNumbers('dimensions', dimensions, 2),
      seeds,
    )
    return { train: runs, shown: runs }
  },
  measures: measuresSchema,
  measure: async ({ trainer, data, weights, bias }, { dimension }) => {
    const { features, labels, ...measures } = await finalGeometry(trainer, data, weights, bias)
    const points = features.subarray(0, 2 * PICTURE_POINTS)
    const { subCenters } = trainer.layout
    const picture =
      dimension === 2 ? encodePicture(points, labels.subarray(0, PICTURE_POINTS), weights, subCenters) : null
    return { ...measures, picture }
  },
  score: ({ testAccuracy }) => testAccuracy,
  partial: false,
  write,
}

function write(finished: readonly Finished<TableRun, TableMeasures>[], into: string): void {
  const merged = mergeRuns(finished)
  for (const folder of ['public', 'bench']) mkdirSync(join(into, folder), { recursive: true })
  writeFileSync(join(into, 'public/table.json'), `${JSON.stringify(merged)}\n`)
  writeBlock(join(into, 'bench/RESULTS.md'), 'table', lossTable(merged))
  console.log(`public/table.json has ${merged.rows.length} rows`)
}
