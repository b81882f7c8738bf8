/**
 * A loss to evaluate, in the format of tests/golden/README.md. B samples, n classes, d dimensions.
 * Which inputs a loss needs beside `x` and `y` an error says that names the first one missing.
 */
export interface LossCase {
  /** Whatever tells it from others. */
  readonly id?: string
  /** An id of `losses`. */
  readonly loss: string
  /** Of the ids in the loss's `parameters`; what is left out has its default. Angles in radians. */
  readonly params?: Readonly<Record<string, unknown>>
  /** Features [B][d], before any normalization. */
  readonly x: readonly (readonly number[])[]
  /** Class weights [n][d], before any normalization; K rows for each class, class by class, with `subCenters` K. */
  readonly W?: readonly (readonly number[])[] | null
  /** Biases [n]. */
  readonly b?: readonly number[] | null
  /** Labels [B], whole numbers from 0. */
  readonly y: readonly number[]
  /** Centres [n][d], of center loss or other terms that have some. */
  readonly centers?: readonly (readonly number[])[] | null
  /** Training samples of each class [n]. */
  readonly classCounts?: readonly number[] | null
  /** Learned margins of the classes [n]. */
  readonly margins?: readonly number[] | null
  /** Concentrations of the classes [n]. */
  readonly kappa?: readonly number[] | null
}

/** The value of a loss and its gradients with respect to the raw inputs, through their normalization. */
export interface LossResult {
  readonly loss: number
  /** [B][d] */
  readonly dx: number[][]
  /** As W. */
  readonly dW?: number[][]
  /** [n] */
  readonly db?: number[]
  /** [n] */
  readonly dmargins?: number[]
  /** Of the one bias that all logits share. */
  readonly dbias?: number[]
  /** Of the numbers that a term learns, such as a radius. */
  readonly dR?: number[]
  /**
   * What the loss carries from step to step, after this batch: by name, and `centers`, which are "TERM.centers" where
   * several terms have some.
   */
  readonly state?: Readonly<Record<string, number | number[][]>>
  /** The terms that a loss is the weighted sum of, before their weights. */
  readonly parts?: Readonly<Record<string, number>>
}

/** A parameter of a loss. */
export interface LossParameter {
  readonly id: string
  /** Another name under which it is taken. */
  readonly alias?: string
  /** What it is called, and its symbol in TeX. */
  readonly name: string
  readonly symbol?: string
  readonly type: 'number' | 'boolean' | 'choice' | 'classes'
  /** null where it follows from the other inputs. */
  readonly default: number | boolean | string | null
  /** Of numbers. */
  readonly min?: number
  readonly max?: number
  readonly whole?: boolean
  /** 'rad' of angles. */
  readonly unit?: 'rad'
  /** Of choices, and of what may be true or false where only one of them is. */
  readonly options?: readonly (string | boolean)[]
}

export interface LossInfo {
  readonly id: string
  readonly name: string
  readonly parameters: readonly LossParameter[]
  /** Authors and title, and the year. */
  readonly source: { readonly text: string; readonly year: number }
}

/** A case that can't be evaluated, or not to finite numbers; the message begins with the field that is wrong. */
export class LossCaseError extends Error {
  override readonly name = 'LossCaseError'

  /** @param field a key of the case, or of its parameters as "params.margin" */
  constructor(
    readonly field: string,
    problem: string,
  ) {
    super(`${field} ${problem}`)
  }
}
