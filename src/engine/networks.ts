import { Registry } from '../geometry/registry'
import type { NetworkSpec } from './network-spec'

/** Every network of `networks/`. */
export const NETWORKS = new Registry(
  'network',
  import.meta.glob<NetworkSpec>('./networks/*.ts', { eager: true, import: 'network' }),
)
