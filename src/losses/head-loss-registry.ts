import { Registry } from '../geometry/registry'
import type { HeadLoss } from './head-loss'

/** What heads can make of their logits: every loss of `heads/`. */
export const HEAD_LOSSES = new Registry(
  'loss of a head',
  import.meta.glob<HeadLoss>('./heads/*.ts', { eager: true, import: 'loss' }),
)
