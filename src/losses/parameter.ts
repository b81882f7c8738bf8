/** A number that the user may set: what it is called, what it means, and where it may lie. */
export interface ParameterSpec {
  /** Its key in the configuration. */
  readonly id: string
  /** What loss cases call it, where that is not its key. */
  readonly alias?: string
  /** Its symbol in TeX. */
  readonly symbol: string
  readonly label: string
  /** 'rad' for angles, '' for plain numbers. */
  readonly unit: '' | 'rad'
  readonly min: number
  readonly max: number
  readonly step: number
  readonly default: number
  /** The value at which it asks for nothing; a margin that is ramped up starts there. */
  readonly neutral?: number
  /** What happens to the geometry when it grows, in one sentence. */
  readonly help: string
  /** Rarely needed: shown folded away. */
  readonly advanced?: boolean
}
