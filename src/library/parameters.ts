import { LossCaseError, type LossParameter } from './loss-types'
import { shown } from './shown'

/** A parameter of a loss, as it is set: flags are 0 or 1, lists of classes are lists. */
export type Values = ReadonlyMap<string, number | string | readonly number[] | null>

/**
 * The values of all parameters.
 * @throws {LossCaseError} naming the parameter that is unknown or whose value can't be
 */
export function readParameters(
  loss: string,
  specs: readonly LossParameter[],
  params: Readonly<Record<string, unknown>>,
): Values {
  const values = new Map<string, Value | null>(specs.map((spec) => [spec.id, plain(spec.default)]))
  for (const [key, value] of Object.entries(params)) {
    const spec = specs.find(({ id }) => id === key) ?? specs.find(({ alias }) => alias === key)
    if (!spec) {
      const known = specs.map(({ id }) => id).join(', ') || 'none'
      throw new LossCaseError(
        `params.${key}`,
        `is unknown: the loss "${loss}" has no parameter "${key}"; it has ${known}`,
      )
    }
    // As `losses` lists it: it follows from the other inputs.
    if (value === null && spec.default === null) continue
    const read = readers[spec.type](spec, value)
    if (read === null) throw new LossCaseError(`params.${key}`, problem(spec, value))
    values.set(spec.id, read)
  }
  return values
}

type Value = number | string | readonly number[]

/** null for what can't be */
const readers: Record<LossParameter['type'], (spec: LossParameter, value: unknown) => Value | null> = {
  number: ({ min = -Infinity, max = Infinity, whole = false }, value) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return null
    return value < min || value > max || (whole && !Number.isInteger(value)) ? null : value
  },
  boolean: ({ options = [true, false] }, value) => {
    // Flags of configurations are numbers.
    const flag = value === 1 ? true : value === 0 ? false : value
    return typeof flag === 'boolean' && options.includes(flag) ? Number(flag) : null
  },
  choice: ({ options = [] }, value) => (typeof value === 'string' && options.includes(value) ? value : null),
  classes: (_, value) => (Array.isArray(value) && value.every(isClass) ? (value as number[]) : null),
}

const isClass = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0

/** What a value must be, what it is, and, of an angle that may be in degrees, what it would be in radians. */
function problem(spec: LossParameter, value: unknown): string {
  const { min = -Infinity, max = Infinity, unit } = spec
  const text = `must be ${expected(spec)}: it is ${shown(value)}`
  if (unit !== 'rad' || typeof value !== 'number') return text
  const radians = (value * Math.PI) / 180
  if (!(radians >= min && radians <= max)) return text
  return `${text}; angles are in radians, and ${value}° are ${Number(radians.toPrecision(4))}`
}

function expected({ type, min, max, whole = false, options, unit }: LossParameter): string {
  if (type === 'classes') return 'a list of classes'
  if (options) return options.join(' or ')
  if (type === 'boolean') return 'true or false'
  const kind = whole ? 'a whole number' : 'a number'
  const range = min === undefined || max === undefined ? kind : `${kind} from ${min} to ${max}`
  return unit === 'rad' ? `${range} radians` : range
}

function plain(value: LossParameter['default']): number | string | null {
  return typeof value === 'boolean' ? Number(value) : value
}

/** The number that a parameter has. */
export function numberOf(values: Values, id: string): number {
  return Number(values.get(id))
}
