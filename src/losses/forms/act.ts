/** Told which samples of a batch act on each other: two of a pair, or anchor, positive and negative. */
export type Act = (samples: readonly number[], loss: number) => void
