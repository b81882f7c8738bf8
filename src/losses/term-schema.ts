import { z } from 'zod'
import { byKind } from './by-kind'
import type { TermSetting } from './forms/base'
import { defaultSetting, miningsOf, type Term } from './forms/term'
import { parametersSchema } from './parameters-schema'
import { TERMS } from './term-registry'

/** A term as a configuration gives it: what is left out is as it is when the term is added. */
export interface TermInput {
  readonly kind: string
  readonly weight?: number | undefined
  readonly normalized?: boolean | undefined
  readonly mining?: string | undefined
  readonly parameters?: Readonly<Record<string, number | undefined>> | undefined
}

const termSchema = byKind<Term, TermSetting, TermInput>(TERMS, (term) => {
  const minings = miningsOf(term).map(({ id }) => id)
  return z.strictObject({
    kind: z.literal(term.id),
    /** λ, what the term is multiplied by in the loss. */
    weight: z.number().min(0).max(100).default(term.weight),
    /** It sees unit features; a function of cosines can't do otherwise, and one of class weights sees none. */
    normalized: term.cosine
      ? z.literal(true).default(true)
      : term.form === 'weights'
        ? z.literal(false).default(false)
        : z.boolean().default(false),
    mining: minings.length > 0 ? z.enum(minings).default(minings[0]!) : z.undefined().optional(),
    parameters: parametersSchema(term.parameters).prefault({}),
  })
})

/** Terms added to the classifier's loss, each kind at most once. */
const listSchema = z
  .array(termSchema)
  .refine((terms) => new Set(terms.map(({ kind }) => kind)).size === terms.length, 'each kind at most once')
export const termsSchema = listSchema.default([])

/** A term of this kind as it is when it is added. @throws {RangeError} when there is no such term */
export function defaultTerm(kind: string): TermSetting {
  return defaultSetting(TERMS.get(kind))
}
