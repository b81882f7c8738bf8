/**
 * The parts of an equation besides ψ, in TeX. A parameter stands as \p{id}; \p{strength} before a factor is how far
 * it has grown, and nothing once it has.
 */
export interface EquationParts {
  /** What stands for cos θ_j; \theta is θ_j, and \theta_y the target's. */
  readonly other?: string
  /** What is added to the loss, with its sign. */
  readonly penalty?: string
  /** What stands for s. */
  readonly scale?: string
  /** What the symbols of other lines mean, as "k=…". */
  readonly lines?: (parameters: Readonly<Record<string, number>>) => readonly string[]
}
