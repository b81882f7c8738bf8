/**
 * Measures what the labs' texts speak of and writes it into bench/RESULTS.md:
 * npm run labs [-- --seeds 1,2,3] [--topics long-tail,bias,quality,many,regions,triplets] [--rows TEXT] [--steps N]
 * [--merge] [--out DIR] [--into DIR]
 *
 * Each finished run is a file in --out. Runs whose file is there are not trained again; the tables say how many
 * seeds there are. --rows trains only rows whose name begins with the text. --merge trains nothing, and writes the tables
 * from the files that there are.
 */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { writeBlock } from '../bench/results'
import { main, readFlags, UsageError, wholeNumber } from './arguments'
import { labOutcomeSchema, measureLab, type LabOutcome } from './lab-measures'
import { labFile, planLabs, TOPICS, type LabRun, type LabTopic } from './lab-plan'
import { labTables } from './lab-tables'
import { ROOT } from './table-options'
import { trainRun } from './train-run'

async function readLab(file: string): Promise<LabOutcome | null> {
  try {
    return labOutcomeSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return null
  }
}

async function trainLab({ experiment }: LabRun, file: string, steps: number | null): Promise<LabOutcome> {
  const run = await trainRun(experiment, 'wasm', steps)
  const outcome = await measureLab(run)
  run.trainer.dispose()
  // All of it or nothing, whenever this is stopped.
  await writeFile(`${file}.draft`, `${JSON.stringify(outcome)}\n`)
  await rename(`${file}.draft`, file)
  return outcome
}

function topicsOf(text: string | undefined): readonly LabTopic[] {
  if (text === undefined) return TOPICS
  return text.split(',').map((name) => {
    const topic = TOPICS.find((known) => known === name)
    if (!topic) throw new UsageError(`--topics: there is no "${name}", only ${TOPICS.join(', ')}`)
    return topic
  })
}

await main(async () => {
  const flags = readFlags({
    seeds: { type: 'string' },
    topics: { type: 'string' },
    rows: { type: 'string' },
    steps: { type: 'string' },
    merge: { type: 'boolean' },
    out: { type: 'string' },
    into: { type: 'string' },
  })
  const seeds = (flags.seeds ?? '1,2,3').split(',').map((text) => wholeNumber('seeds', text, 0))
  const steps = flags.steps === undefined ? null : wholeNumber('steps', flags.steps, 1)
  const topics = topicsOf(flags.topics)
  const out = resolve(flags.out ?? join(ROOT, 'bench/.cache/labs'))
  const into = resolve(flags.into ?? ROOT)
  await mkdir(out, { recursive: true })
  await mkdir(join(into, 'bench'), { recursive: true })
  const fileOf = (run: LabRun): string => join(out, `${steps === null ? '' : `${steps}-`}${labFile(run)}`)
  const wanted = flags.merge
    ? []
    : planLabs(seeds).filter(({ topic, row }) => topics.includes(topic) && row.startsWith(flags.rows ?? ''))
  for (const run of wanted) {
    if (await readLab(fileOf(run))) continue
    const outcome = await trainLab(run, fileOf(run), steps)
    console.log(`${run.row}, seed ${run.seed}: ${(100 * outcome.testAccuracy).toFixed(2)} %`)
  }
  const known: { run: LabRun; outcome: LabOutcome }[] = []
  for (const run of planLabs(seeds)) {
    const outcome = await readLab(fileOf(run))
    if (outcome) known.push({ run, outcome })
  }
  writeBlock(join(into, 'bench/RESULTS.md'), 'labs', labTables(known))
})
