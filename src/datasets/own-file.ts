import { z } from 'zod'

/** The place of a data set's id, where the data set is a file of the user's own. */
export const OWN = 'own'

/** Which file that is: a configuration carries its name and what tells its contents, not the contents. */
export const ownFileSchema = z.strictObject({
  /** The names of the files, as the user chose them. */
  name: z.string().min(1).max(200),
  /** `fingerprint` of the contents. */
  hash: z.string().regex(/^[0-9a-f]{16}$/, 'must be 16 hexadecimal digits'),
})

export type OwnFile = z.output<typeof ownFileSchema>
