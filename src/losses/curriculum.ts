import { z } from 'zod'

const fraction = z.number().min(0).max(1)

/** The curriculum: when the parts of the head come on, as fractions of the planned run. */
export const curriculumSchema = z.strictObject({
  /** Features count as they are before this, and ‖x‖ = 1 after it (where the head asks for ‖x‖ = 1). */
  normalizeFeaturesAt: fraction.default(0),
  /** The margin grows from nothing to its setting between these. */
  margin: z.strictObject({ start: fraction, end: fraction }).default({ start: 0, end: 0 }),
  /** The scale grows from `from` to its setting between these. */
  scale: z
    .strictObject({ from: z.number().min(1).max(128), start: fraction, end: fraction })
    .nullable()
    .default(null),
})

export type Curriculum = z.output<typeof curriculumSchema>
