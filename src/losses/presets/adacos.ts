import { onHypersphere } from '../preset-settings'
import type { Preset } from '../preset-spec'

export const preset: Preset = {
  id: 'adacos',
  name: 'AdaCos',
  family: 'automatic',
  summary: 'NormFace with a scale that sets itself from the angles of each batch.',
  watch: 'The scale finds its own way: no s to choose.',
  source: { text: 'Zhang et al., AdaCos: Adaptively Scaling Cosine Logits, § 4', year: 2019 },
  settings: () => ({
    // Its margin function asks for none.
    ...onHypersphere({ margin: { kind: 'adaptive-scale', parameters: { dynamic: 1 } } }),
    curriculum: { normalizeFeaturesAt: 0.5 },
  }),
}
