/** How stages lie side by side. */
export interface Arrangement {
  readonly columns: number
  readonly rows: number
}

/**
 * The rows and columns in which the smaller side of `count` stages is largest, as discs and globes are as large as
 * that.
 * @param width @param height what there is for all, in pixels
 * @param text height of what is written above and below each
 */
export function arrangeStages(count: number, width: number, height: number, text: number): Arrangement {
  let best: Arrangement = { columns: count, rows: 1 }
  let largest = -Infinity
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns)
    const side = Math.min(width / columns, height / rows - text)
    if (side <= largest) continue
    largest = side
    best = { columns, rows }
  }
  return best
}
