/** Writes cli/configs/: the configuration of each preset in 2-D, and in 3-D as PRESET-3d. */
import { writeFileSync } from 'node:fs'
import { presetExperiment } from '../src/engine/preset-experiment'
import { PRESETS } from '../src/losses/preset-registry'

for (const id of PRESETS.ids) {
  for (const dimension of [2, 3]) {
    const experiment = presetExperiment(id, dimension)
    const name = dimension === 2 ? id : `${id}-${dimension}d`
    writeFileSync(`cli/configs/${name}.json`, `${JSON.stringify(experiment, null, 2)}\n`)
  }
}
