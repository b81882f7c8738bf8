/** Writes cli/configs/: the configuration of each preset in 2-D, and in 3-D as PRESET-3d. */
import { writeFileSync } from 'node:fs'
import { parseExperiment } from '../src/engine/config'
import { withPreset } from '../src/engine/presets'
import { PRESETS } from '../src/losses/presets'

for (const id of PRESETS.keys()) {
  for (const dimension of [2, 3]) {
    const experiment = withPreset(parseExperiment({ network: { dimension } }), id)
    const name = dimension === 2 ? id : `${id}-${dimension}d`
    writeFileSync(`cli/configs/${name}.json`, `${JSON.stringify(experiment, null, 2)}\n`)
  }
}
