import type { Experiment } from '../engine/config'
import { MOST_SEED } from '../engine/limits'
import { NETWORKS } from '../engine/networks'
import { identifyHead } from '../losses/identify'
import { useLabSession, useSession } from '../session/context'
import { activeExperiment } from '../session/state'
import { ChoiceField } from '../ui/ChoiceField'
import { Section } from '../ui/Section'
import { NumberField } from '../ui/NumberField'
import { SelectField } from '../ui/SelectField'
import { SwitchField } from '../ui/SwitchField'

const NETWORK_CHOICES = NETWORKS.all.map(({ id, name, summary }) => ({
  value: id,
  label: name,
  detail: summary,
}))
const DIMENSIONS = ['2', '3', '8', '32', '128'].map((d) => ({ value: d, label: d }))

/** Network and seed: what a change of begins a new run. */
export function NetworkSection() {
  const session = useLabSession()
  const experiment = useSession(activeExperiment)
  const { network, seed } = experiment
  return (
    <Section title="Network">
      <ChoiceField
        label="number of features"
        symbol="d"
        help="2 and 3 are shown as they are, more along their three principal axes. Begins a new run."
        value={String(network.dimension)}
        choices={DIMENSIONS}
        onChange={(d) => session.settings.setDimension(Number(d), namedPreset(experiment))}
      />
      <SelectField
        label="network"
        help="What turns an image into features. Begins a new run."
        value={network.kind}
        choices={NETWORK_CHOICES}
        onChange={(kind) => session.settings.setExperiment({ ...experiment, network: { ...network, kind } })}
      />
      <SwitchField
        label="ReLU on the features"
        help="Folds the features into one quadrant, which wastes most of the circle. Begins a new run."
        checked={network.featureActivation === 'relu'}
        onChange={(on) =>
          session.settings.setExperiment({
            ...experiment,
            network: { ...network, featureActivation: on ? 'relu' : 'none' },
          })
        }
      />
      <NumberField
        label="seed"
        note="The same seed draws the same weights and batches. Begins a new run."
        value={seed}
        min={0}
        max={MOST_SEED}
        onChange={(next) => session.settings.setExperiment({ ...experiment, seed: next })}
      />
    </Section>
  )
}

function namedPreset({ head, terms }: Experiment): string | null {
  const { preset, differences } = identifyHead(head, terms)
  return differences.length === 0 ? preset.id : null
}
