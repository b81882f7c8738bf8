import { add, multiply, subtract } from '../../geometry/expression'
import { hermiteSpline, monotoneSlopes } from '../../geometry/monotone-spline'
import type { MarginFunction } from '../margin-function'
import type { ParameterSpec } from '../parameter'

/** Angles of the control points, in degrees. */
const DEGREES = [0, 30, 60, 90, 120, 150, 180]
const ANGLES = DEGREES.map((degree) => (degree * Math.PI) / 180)
const VALUES = DEGREES.map((degree) => `at${degree}`)
const SLOPES = DEGREES.map((degree) => `slope${degree}`)

const point = (degree: number, i: number): ParameterSpec => ({
  id: VALUES[i]!,
  symbol: String.raw`\psi_{${degree}}`,
  label: `ψ at ${degree}°`,
  unit: '',
  min: -4,
  max: 2,
  step: 0.01,
  default: Number((Math.cos(ANGLES[i]!) - 0.15).toFixed(2)),
  help:
    `What counts instead of cos ${degree}° = ${Number(Math.cos(ANGLES[i]!).toFixed(3))} ` +
    'for a sample at this angle.',
  advanced: true,
})

const numbers = VALUES.map((id) => String.raw`\p{${id}}`)

/**
 * ψ(θ) as a monotone cubic spline through seven points that the user bends. The points are symbols, not numbers of
 * the expression, so that one shader serves every bend.
 */
export const margin: MarginFunction = {
  id: 'spline',
  name: 'spline',
  parameters: DEGREES.map(point),
  psi: add(
    'cosTheta',
    multiply('strength', subtract(hermiteSpline('theta', ANGLES, VALUES, SLOPES), 'cosTheta')),
  ),
  derive: (values, _step, { strength }) => {
    const slopes = monotoneSlopes(
      ANGLES,
      VALUES.map((id) => values[id]!),
    )
    return { strength, ...Object.fromEntries(SLOPES.map((id, i) => [id, slopes[i]!])) }
  },
  equation: String.raw`\operatorname{spline}(\theta)`,
  parts: {
    lines: () => [
      String.raw`\psi_{0^\circ,30^\circ\ldots}=${numbers.slice(0, 4).join(',')},` +
        String.raw`\\&\quad\ ${numbers.slice(4).join(',')}`,
    ],
  },
  points: DEGREES.map((degree, i) => ({ degree, id: VALUES[i]! })),
  source: {
    text: 'bent by hand; the spline is that of Steffen, A Simple Method for Monotonic Interpolation in One Dimension',
    year: 1990,
  },
}
