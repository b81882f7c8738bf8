import { Registry } from '../geometry/registry'
import type { Preset } from './preset-spec'

/** What the lab begins with. */
export const FIRST_PRESET = 'arcface'

/** Every named loss of `presets/`. */
export const PRESETS = new Registry(
  'loss',
  import.meta.glob<Preset>('./presets/*.ts', { eager: true, import: 'preset' }),
)
