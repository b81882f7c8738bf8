/** Where a loss comes from. */
export interface Source {
  readonly text: string
  readonly year: number
}
