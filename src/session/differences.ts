import { parseExperiment, type Experiment } from '../engine/config'
import { isRecord } from '../io/is-record'

/** A setting that changes: where it is in the experiment, and what it becomes; undefined takes it away. */
export interface Change {
  readonly path: readonly string[]
  readonly value: unknown
  /** The kind that this is a setting of: what is of another kind there has no such setting, and stays as it is. */
  readonly within?: string
}

/**
 * Settings that belong together: a part of one margin function, rate or list of terms means nothing in another, so
 * these change as a whole.
 */
const WHOLE = new Set([
  'head.margin',
  'head.loss',
  'terms',
  'data.sampling',
  'optimizer.rate',
  'curriculum.margin',
])

/** What runs side by side have in common, so that each sees the same images in the same batches. */
const SHARED: readonly (readonly string[])[] = [['seed'], ['data'], ['optimizer', 'batchSize'], ['epochs']]

/** The settings in which `next` is another experiment than `before`. */
export function differences(before: Experiment, next: Experiment): readonly Change[] {
  return compare(before, next, [])
}

function compare(before: unknown, next: unknown, path: readonly string[]): readonly Change[] {
  if (isRecord(before) && isRecord(next) && !WHOLE.has(path.join('.'))) {
    const keys = new Set([...Object.keys(before), ...Object.keys(next)])
    return [...keys].flatMap((key) => compare(before[key], next[key], [...path, key]))
  }
  if (JSON.stringify(before) === JSON.stringify(next)) return []
  const within = kindOf(next)
  return [{ path, value: next, ...(within !== undefined && within === kindOf(before) && { within }) }]
}

function kindOf(value: unknown): string | undefined {
  return isRecord(value) && typeof value.kind === 'string' ? value.kind : undefined
}

/**
 * The experiment with settings changed.
 * @throws {ConfigError} where they do not go together with the others that it has
 */
export function applied(experiment: Experiment, changes: readonly Change[]): Experiment {
  if (changes.length === 0) return experiment
  return parseExperiment(changes.reduce<unknown>((value, change) => withValue(value, change), experiment))
}

function withValue(value: unknown, { path, ...change }: Change): unknown {
  const [key, ...rest] = path
  if (key === undefined)
    return change.within === undefined || change.within === kindOf(value) ? change.value : value
  const { [key]: inner, ...others } = isRecord(value) ? value : {}
  const changed = withValue(inner, { path: rest, ...change })
  return changed === undefined ? others : { ...others, [key]: changed }
}

/** Whether a change goes to every run, whichever is being set. */
export function isShared({ path }: Change): boolean {
  return SHARED.some((shared) => shared.every((key, k) => path[k] === key))
}

/** `experiment` on the images and batches of `other`. */
export function inStepWith(other: Experiment, experiment: Experiment): Experiment {
  return applied(experiment, differences(experiment, other).filter(isShared))
}
