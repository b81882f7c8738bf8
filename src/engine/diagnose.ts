import { symbols as symbolsIn } from '../geometry/expression'
import type { ActiveHead } from '../losses/head'
import { checkCurve, degrees } from '../losses/margin-check'
import { MARGINS } from '../losses/margin-registry'
import { psiOf } from '../losses/margin-setting'
import type { Experiment } from './config'

/** A change that the user made during the run. */
export interface Change {
  readonly step: number
  readonly text: string
}

/** Changes this many steps back count as a likely cause. */
const RECENT_STEPS = 200

/**
 * The setting that most likely made training diverge, as a sentence that names it.
 * A ψ that is not finite over a range of angles comes first, then a recent change of the user, then a ψ that is not
 * finite at single angles; else the setting that is furthest above what usually works.
 * @param head as it acts when training diverges
 */
export function diagnoseDivergence(
  experiment: Experiment,
  head: ActiveHead,
  step: number,
  changes: readonly Change[],
): string {
  const broken = brokenMargin(head)
  if (broken?.wide) return broken.text
  const last = changes[changes.length - 1]
  if (last && step - last.step <= RECENT_STEPS) {
    return `The likely cause is the change ${step - last.step} steps before: ${last.text}.`
  }
  if (broken) return broken.text
  const { optimizer } = experiment
  const usualRate = optimizer.kind === 'adam' ? 5e-3 : 0.05
  const suspects = [
    {
      excess: optimizer.rate.value / usualRate / (1 - optimizer.momentum) / 10,
      text: `the learning rate of ${optimizer.rate.value}${
        optimizer.momentum > 0.95 ? ` with momentum ${optimizer.momentum}` : ''
      }: try a third of it${optimizer.clip === null ? ', or clip the gradient' : ''}`,
    },
    { excess: head.normalizeFeatures ? head.scale / 40 : 0, text: `the scale s = ${head.scale}: try 20` },
    { excess: optimizer.weightDecay / 0.01, text: `the weight decay of ${optimizer.weightDecay}: try 0` },
  ]
  const worst = suspects.reduce((a, b) => (b.excess > a.excess ? b : a))
  return `The likely cause is ${worst.text}.`
}

/** What is wrong with ψ, if it or its slope is too much for single precision; `wide` at more than single angles. */
function brokenMargin({ margin, symbols, scale }: ActiveHead): {
  readonly text: string
  readonly wide: boolean
} | null {
  const { notFinite, overflows } = checkCurve(margin, symbols, scale)
  const where = notFinite.length > 0 ? notFinite : overflows
  if (where.length === 0) return null
  const what =
    where === notFinite
      ? 'it or its slope is not a finite number'
      : 'it is so large or so steep that the square of a gradient is not finite in single precision'
  const text =
    `The likely cause is ${formula(margin, symbols)}: at ${degrees(where)} ${what}. ` +
    `Choose one that is finite, and not steep, at all angles from 0 to 180°.`
  return { text, wide: where.some(({ from, to }) => to > from) }
}

/** ψ as it was written, or the name of its margin function, with the values of what stands in it. */
function formula(margin: ActiveHead['margin'], values: Readonly<Record<string, number>>): string {
  const { name, text, parameters } = MARGINS.get(margin.kind)
  const written = text && `ψ(θ) = ${margin.text ?? text.default}`
  const named = symbolsIn(psiOf(margin))
  const known = parameters.filter(({ id }) => named.has(id))
  const list = known.map(({ id }) => `${id} = ${Number(values[id]!.toPrecision(3))}`).join(', ')
  return `${written ?? `ψ of the ${name} margin`}${list ? ` with ${list}` : ''}`
}
