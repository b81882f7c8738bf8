import { z } from 'zod'
import { memo } from '../geometry/memo'
import type { Named, Registry } from '../geometry/registry'

/**
 * A part of a configuration whose fields depend on its `kind`, which is looked up when one is read: what is added to
 * the registry at any time can be configured from then on.
 * @param schemaOf the fields of one of these; it is asked once for each
 */
export function byKind<Item extends Named, Output, Input extends { readonly kind: string }>(
  registry: Registry<Item>,
  schemaOf: (item: Item) => z.ZodType<Output>,
): z.ZodType<Output, Input> {
  const schemaFor = memo(schemaOf)
  const read = z.looseObject({ kind: z.string() }).transform((given, context): Output => {
    const item = registry.find(given.kind)
    if (!item) {
      context.addIssue({ code: 'custom', path: ['kind'], message: registry.missing(given.kind) })
      return z.NEVER
    }
    const { success, data, error } = schemaFor(item).safeParse(given)
    if (success) return data
    for (const { message, path } of error.issues) context.addIssue({ code: 'custom', message, path })
    return z.NEVER
  })
  // What may be given differs from kind to kind, which its type can't say.
  return read as z.ZodType as z.ZodType<Output, Input>
}

/** The id of something in a registry, which is looked up when it is read. @param others ids that are known elsewhere */
export function idOf(registry: Registry<Named>, ...others: readonly string[]): z.ZodType<string, string> {
  return z.string().refine((id) => registry.has(id) || others.includes(id), {
    error: ({ input }) => registry.missing(String(input)),
  })
}
