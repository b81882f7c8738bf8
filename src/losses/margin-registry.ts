import { Registry } from '../geometry/registry'
import type { MarginFunction } from './margin-function'

/** Every margin function of `margins/`. */
export const MARGINS = new Registry(
  'margin function',
  import.meta.glob<MarginFunction>('./margins/*.ts', { eager: true, import: 'margin' }),
)
