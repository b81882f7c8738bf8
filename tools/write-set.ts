import { mkdirSync, writeFileSync } from 'node:fs'
import { encodeDataset, type ImageSet } from '../src/io/dataset-file'

const FOLDER = 'public/data'

/** Writes a data set where the page finds it, and says so. */
export async function writeSet(file: string, set: ImageSet): Promise<void> {
  const bytes = await encodeDataset(set)
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(`${FOLDER}/${file}`, bytes)
  const unseen = set.unseen ? `, ${set.unseen.count} of ${set.unseen.classes.length} unseen identities` : ''
  const size = (bytes.length / 2 ** 20).toFixed(2)
  console.log(`${FOLDER}/${file}: ${set.train} + ${set.test} images${unseen}, ${size} MiB`)
}
