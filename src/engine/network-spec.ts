/** A layer of a backbone. Hidden layers end in a PReLU with one slope for each channel. */
type LayerSpec =
  | { readonly kind: 'conv'; readonly filters: number; readonly size: number; readonly stride: number }
  | { readonly kind: 'pool' }
  | { readonly kind: 'dense'; readonly units: number }

/** What turns images into a vector; a last dense layer with d outputs and no activation follows it. */
export interface NetworkSpec {
  readonly id: string
  readonly name: string
  /** One line for the menu. */
  readonly summary: string
  readonly layers: readonly LayerSpec[]
}
