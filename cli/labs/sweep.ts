import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { writeBlock } from '../../bench/results'
import { UsageError } from '../arguments'
import { namesOf } from '../sweeps/options'
import type { Sweep } from '../sweeps/sweep'
import { labMeasuresSchema, measureLab, type LabMeasures } from './measures'
import { planLabs, TOPICS, type LabRun } from './plan'
import { labTables } from './tables'

/** What the labs' texts speak of: tables in bench/RESULTS.md, of as many runs as there are. */
export const labSweep: Sweep<LabRun, LabMeasures> = {
  name: 'labs',
  version: 1,
  seeds: '1,2,3',
  flags: ['topics', 'rows'],
  plan: (seeds, { topics, rows = '' }) => {
    const shown = planLabs(seeds)
    const wanted = namesOf('topics', topics, TOPICS)
    const train = shown.filter(({ topic, row }) => wanted.includes(topic) && row.startsWith(rows))
    if (train.length === 0) throw new UsageError(`--rows: no row of these topics begins with "${rows}"`)
    return { train, shown }
  },
  measures: labMeasuresSchema,
  measure: measureLab,
  score: ({ testAccuracy }) => testAccuracy,
  partial: true,
  write: (finished, into) => {
    mkdirSync(join(into, 'bench'), { recursive: true })
    writeBlock(join(into, 'bench/RESULTS.md'), 'labs', labTables(finished))
  },
}
