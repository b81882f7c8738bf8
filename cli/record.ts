/**
 * Trains the configurations that the page shows as recorded runs, and writes what there is to see of them to
 * public/recordings/ID.bin: npm run record [-- --only ID] [--out DIR] [--steps N]
 * With --repack it trains nothing: it brings the headers of the files that are there up to date.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { useBackend } from '../src/engine/backends'
import { DataLoader } from '../src/engine/data-loader'
import { planFor, recordRun } from '../src/engine/record'
import type { RecordingSpec } from '../src/engine/recordings'
import { repackRecording } from '../src/engine/repack'
import { RECORDINGS } from '../src/labs/recordings'
import { encodeRecording } from '../src/io/recording-file'
import { main, readFlags, wholeNumber } from './arguments'
import { inPercent } from './in-percent'
import { nodeAssets } from './node-assets'
import { ProgressBar } from './progress'
import { ROOT } from './root'
import { namesOf } from './sweeps/options'

await main(async () => {
  const flags = readFlags({
    only: { type: 'string' },
    out: { type: 'string' },
    steps: { type: 'string' },
    repack: { type: 'boolean' },
  })
  const out = flags.out ?? join(ROOT, 'public/recordings')
  const steps = flags.steps === undefined ? null : wholeNumber('steps', flags.steps, 1)
  const ids = RECORDINGS.map(({ id }) => id)
  const asked = namesOf('only', flags.only, ids)
  const chosen = RECORDINGS.filter(({ id }) => asked.includes(id))
  if (flags.repack) return repack(out, chosen)
  await useBackend('wasm', nodeAssets)
  const loader = new DataLoader(nodeAssets)
  mkdirSync(out, { recursive: true })
  for (const spec of chosen) {
    const { id, experiment } = spec
    const data = await loader.load(experiment, () => undefined)
    const bar = new ProgressBar(process.stderr)
    const recording = await recordRun(experiment, data, { ...planFor(spec), steps }, (done) =>
      bar.show(done, id),
    )
    bar.end()
    const bytes = await encodeRecording(recording)
    writeFileSync(join(out, `${id}.bin`), bytes)
    const { accuracy } = recording.tests[recording.tests.length - 1]!
    console.log(
      `${id}: ${(bytes.length / 1000).toFixed(0)} kB, ${recording.parameters.length} ` +
        `parameters, test ${inPercent(accuracy)} %`,
    )
  }
})

async function repack(folder: string, specs: readonly RecordingSpec[]): Promise<void> {
  for (const { id } of specs) {
    const path = join(folder, `${id}.bin`)
    const before = new Uint8Array(readFileSync(path))
    const after = await repackRecording(before)
    writeFileSync(path, after)
    console.log(`${id}: ${before.length} → ${after.length} bytes`)
  }
}
