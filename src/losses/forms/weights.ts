import type { Floats } from '../../geometry/floats'
import type { Drawn } from '../drawings/term-drawing'
import type { TermBase, TermValues } from './base'

/** Class weights and how many images there are of each class. */
export interface WeightedClasses {
  /** [n · K · d], class by class. */
  readonly weights: Floats
  /** n_min / n_j [n]; for terms with `usesRarity`. */
  readonly rarity: Floats
  /** K */
  readonly subCenters: number
}

/** A function of class weights and of how many images each class has; it never sees a feature. */
export interface WeightTerm extends TermBase, Drawn {
  readonly form: 'weights'
  /** It asks how rare each class is. */
  readonly usesRarity?: true
  /**
   * Where it acts on classes with few images: a loss that is evaluated on its own may be told which these are, under
   * this name, in place of how many images there are of each.
   */
  readonly fewClasses?: { readonly id: string; readonly name: string }
  /**
   * Adds its gradient with respect to the class weights to `gradient` [n · K · d], which is 0 before.
   * @returns the value
   */
  readonly evaluate: (classes: WeightedClasses, values: TermValues, gradient: Float64Array) => number
  /**
   * The same in WGSL: `fn term(thread: u32) -> f32`, which all THREADS threads of one workgroup run. Beside what every
   * shader of a term has it has `weightAt(at)` for `at` below n · K · d, `rarityOf(j)`, and `push(at, slope)`, which
   * adds λ times the gradient with respect to one weight.
   */
  readonly shader: string
}
