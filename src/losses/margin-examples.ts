/** A margin function that is worth a try in the editor. */
interface MarginExample {
  readonly name: string
  readonly text: string
  readonly parameters: { readonly m: number; readonly k: number }
  /** What is interesting about it. */
  readonly note: string
}

export const MARGIN_EXAMPLES: readonly MarginExample[] = [
  {
    name: 'stretched angle',
    text: 'cos(1.35*theta)',
    parameters: { m: 0.15, k: 1 },
    note: 'The angle counts 1.35-fold; past 133° it rises again.',
  },
  {
    name: 'sine',
    text: 'cos(theta + m*sin(theta))',
    parameters: { m: 0.8, k: 1 },
    note: 'An angular margin that vanishes at the class centre, so that none is too large for the circle.',
  },
  {
    name: 'growing',
    text: 'cos(theta) - m*theta/pi',
    parameters: { m: 1, k: 1 },
    note: 'A cosine margin that grows with the angle: far samples are pulled harder.',
  },
  {
    name: 'fading',
    text: 'cos(theta) - m*(1 - theta/pi)',
    parameters: { m: 0.15, k: 1 },
    note: 'A cosine margin that is largest at the class centre; close to it, it pushes away.',
  },
  {
    name: 'straight',
    text: 'min(cos(theta), 1 - k*theta)',
    parameters: { m: 0.15, k: 0.8 },
    note: 'A straight line near the centre: the pull does not fade where a cosine is flat.',
  },
  {
    name: 'parabola',
    text: 'cos(theta) - m*theta^2',
    parameters: { m: 0.3, k: 1 },
    note: 'Like the cosine, only steeper everywhere.',
  },
]
