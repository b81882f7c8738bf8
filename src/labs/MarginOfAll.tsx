import type { Experiment } from '../engine/config'
import { useLabSession, useSession } from '../session/context'
import { SliderField } from '../ui/SliderField'

const LEAST = 1
const MOST = 4

/** One margin m for all runs: the distance that pairs keep, and the factor of the angle. */
export function MarginOfAll() {
  const session = useLabSession()
  const margin = useSession(({ runs }) => marginOf(runs.map(({ experiment }) => experiment)))
  return (
    <SliderField
      label="margin of all"
      symbol="m"
      help={
        'Digits that differ stay this far apart where the margin is Euclidean, and the angle to the ' +
        'own class counts this many times where it is angular. Without a margin nothing changes.'
      }
      value={margin}
      min={LEAST}
      max={MOST}
      step={0.1}
      format={(value) => value.toFixed(1)}
      onChange={(value) => session.settings.changeEach((experiment) => withMargin(experiment, value))}
    />
  )
}

function marginOf(experiments: readonly Experiment[]): number {
  for (const { head } of experiments) {
    if (head.margin.kind === 'multiplicative') return head.margin.parameters.m ?? MOST
  }
  return MOST
}

/** The experiment with this margin, where it has one: between pairs, or multiplied with the angle. */
export function withMargin(experiment: Experiment, m: number): Experiment {
  const { head, terms } = experiment
  const { margin } = head
  return {
    ...experiment,
    head: {
      ...head,
      margin:
        margin.kind === 'multiplicative' ? { ...margin, parameters: { ...margin.parameters, m } } : margin,
    },
    terms: terms.map((term) =>
      term.kind === 'contrastive' ? { ...term, parameters: { ...term.parameters, margin: m } } : term,
    ),
  }
}
