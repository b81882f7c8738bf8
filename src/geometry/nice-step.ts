/**
 * The largest step 1, 2 or 5 · 10^k of which at least `least` fit into `extent`: round numbers for a scale.
 * @returns 0 when there is no extent to divide
 */
export function niceStep(extent: number, least: number): number {
  if (!(extent > 0) || !Number.isFinite(extent)) return 0
  const rough = extent / least
  const power = 10 ** Math.floor(Math.log10(rough))
  // The tiny term keeps rounding of the logarithm from missing an exact step.
  const lead = rough / power + 1e-9
  return power * (lead >= 5 ? 5 : lead >= 2 ? 2 : 1)
}

/** A multiple of a nice step as text, with the digits that the step has and no more. */
export function niceLabel(value: number, step: number): string {
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9))
  return digits > 4 ? value.toExponential(0) : value.toFixed(digits)
}
