import type { DatasetSpec } from '../types'

export const dataset: DatasetSpec = {
  id: 'glyphs',
  name: 'Glyphs',
  summary:
    '166 characters in 56 typefaces, 48 pictures of each to train on and 12 held out; 50 more are only verified',
  source: 'Drawn from the typefaces of 56 npm packages @fontsource/…, which docs/data.md names',
  licence: 'SIL Open Font License 1.1 (the typefaces)',
  keepsUnseen: true,
  images: { file: 'glyphs.bin' },
}
