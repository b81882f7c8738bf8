import { cos, divide, floor, multiply, subtract, type Expression, type Operand } from '../geometry/expression'

/** k in TeX, as a line of an equation, for an angle in TeX. */
export const wholeTurnsLine = (alpha: string): string => String.raw`k=\lfloor ${alpha}/\pi\rfloor`

/**
 * cos α for α ≤ π, and its monotone continuation (−1)^k cos α − 2k for α in [kπ, (k+1)π]
 * (L-Softmax, Liu et al. 2016, eq. 6).
 */
export function extendedCosine(alpha: Operand): Expression {
  const k = floor(divide(alpha, Math.PI))
  // (−1)^k as 1 − 2 (k mod 2), since a power of a negative base is undefined in shaders.
  const parity = subtract(k, multiply(2, floor(divide(k, 2))))
  const sign = subtract(1, multiply(2, parity))
  return subtract(multiply(sign, cos(alpha)), multiply(2, k))
}
