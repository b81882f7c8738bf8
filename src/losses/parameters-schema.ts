import { z } from 'zod'
import type { ParameterSpec } from './parameter'

/** Values of parameters, by id: those that are left out are as they are by default. */
export const parametersSchema = (specs: readonly ParameterSpec[]) =>
  z.strictObject(
    Object.fromEntries(
      specs.map(({ id, min, max, default: value }) => [id, z.number().min(min).max(max).default(value)]),
    ),
  )
