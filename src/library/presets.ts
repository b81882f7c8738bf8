import { PRESETS } from '../losses/preset-registry'

/** A named loss that can be trained with. */
export interface PresetInfo {
  readonly id: string
  readonly name: string
  /** What it does, in one sentence. */
  readonly summary: string
  readonly source: { readonly text: string; readonly year: number }
}

/** Every named loss, for `withPreset`. */
export const presets: readonly PresetInfo[] = PRESETS.all.map(({ id, name, summary, source }) => ({
  id,
  name,
  summary,
  source,
}))
