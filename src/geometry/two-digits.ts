/** With two digits, whole from 100 on: norms and distances in sentences. */
export function twoDigits(value: number): string {
  return value >= 99.5 ? value.toFixed(0) : value.toPrecision(2)
}
