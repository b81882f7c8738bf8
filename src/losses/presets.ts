import { byFileName } from '../geometry/registry'
import type { Preset } from './types'

/** Every named loss of `presets/`, by id. Adding one is adding a file there. */
export const PRESETS: ReadonlyMap<string, Preset> = byFileName(
  import.meta.glob<Preset>('./presets/*.ts', { eager: true, import: 'preset' }),
)
