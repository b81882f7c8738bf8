import { Registry } from '../geometry/registry'
import type { NetworkSpec } from './network-spec'

/** What is trained where nothing else is said. */
export const DEFAULT_NETWORK = 'compact'

/** Every network of `networks/`. */
export const NETWORKS = new Registry(
  'network',
  import.meta.glob<NetworkSpec>('./networks/*.ts', { eager: true, import: 'network' }),
)
