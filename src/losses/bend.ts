import type { Head } from './head'
import type { MarginSetting } from './margin-function'
import { checkMargin } from './margin-check'
import { MARGINS } from './margin-registry'

/** The margin function whose curve the user bends, and its control points. */
export const [BENT, POINTS] = bent()

function bent() {
  for (const { id, points } of MARGINS) if (points) return [id, points] as const
  throw new Error('no margin function has control points')
}

/** A value of ψ at a control point, within its range and on its steps. */
export function pointValue(id: string, value: number): number {
  const { min, max, step } = MARGINS.get(BENT).parameters.find((spec) => spec.id === id)!
  return Number((step * Math.round(Math.min(max, Math.max(min, value)) / step)).toFixed(6))
}

/**
 * The curve that goes through ψ of a head, fully grown, at the control points; through the cosine where that is no
 * number.
 */
export function bentMargin(head: Pick<Head, 'margin' | 'scale'>): MarginSetting {
  const { psi } = checkMargin(head)
  const parameters = POINTS.map(({ id, degree }) => {
    const value = psi[degree]!
    return [id, pointValue(id, Number.isNaN(value) ? Math.cos((degree * Math.PI) / 180) : value)] as const
  })
  return { kind: BENT, parameters: Object.fromEntries(parameters) }
}
