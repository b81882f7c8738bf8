/** A share from 0 to 1 in percent, without the sign. */
export function inPercent(share: number, digits = 2): string {
  return (100 * share).toFixed(digits)
}
