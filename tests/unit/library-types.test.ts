import { expectTypeOf, it } from 'vitest'
import type { z } from 'zod'
import type { Experiment, experimentSchema } from '../../src/engine/config'
import type { HeadInput } from '../../src/losses/head'
import type { Experiment as Declared, ExperimentInput } from '../../src/library/experiment'

// What the library declares by hand, so that its declarations need no other package, is what the schema says. Only
// the compiler sees this.

/** A type as one object all through, that can be written to: so two can be compared. */
type Plain<T> = T extends readonly (infer E)[]
  ? Plain<E>[]
  : T extends object
    ? { -readonly [K in keyof T]: Plain<T[K]> }
    : T

it('experiments of the library have all fields of a configuration, and no others', () => {
  expectTypeOf<Plain<Declared>>().toEqualTypeOf<Plain<Experiment>>()
})

it('whatever a configuration may leave out, the library may', () => {
  // Heads of former versions are taken too, so that the schema's own type of them says nothing.
  type Given = Omit<z.input<typeof experimentSchema>, 'head'> & { readonly head?: HeadInput }
  expectTypeOf<Given>().toExtend<ExperimentInput>()
})
