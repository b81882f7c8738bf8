import { onHypersphere } from '../preset-settings'
import type { Preset } from '../preset-spec'

export const preset: Preset = {
  id: 'subcenter-arcface',
  name: 'Sub-center ArcFace',
  family: 'margin',
  summary: 'ArcFace with several vectors for each class: only the one at the smallest angle counts.',
  watch:
    'Most images of a class gather at one of its vectors; odd ones may take another instead of pulling at it.',
  source: {
    text: 'Deng et al., Sub-center ArcFace: Boosting Face Recognition by Large-Scale Noisy Web Faces, eq. 2–3',
    year: 2020,
  },
  settings: () =>
    onHypersphere({
      subCenters: 3,
      margin: { kind: 'additive-angular', parameters: { m: 0.5 } },
    }),
}
