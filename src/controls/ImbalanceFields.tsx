import type { Imbalance } from '../datasets/settings'
import { trainingCounts } from '../io/dataset-file'
import { percent } from '../render/format'
import { ChoiceField } from '../ui/ChoiceField'
import { SliderField } from '../ui/SliderField'
import { useLabSession, useSession } from '../session/context'
import { activeExperiment, activeRun } from '../session/state'

type Kind = Imbalance['kind'] | 'given'

const KINDS: readonly { readonly value: Kind; readonly label: string }[] = [
  { value: 'given', label: 'as given' },
  { value: 'uniform', label: 'equal' },
  { value: 'exponential', label: 'exponential' },
  { value: 'step', label: 'step' },
]
const FIRST_RATIO = 100

/** How many training images the classes have: the long tail. */
export function ImbalanceFields() {
  const session = useLabSession()
  const imbalance = useSession((state) => activeExperiment(state).data.imbalance)
  const set = (next: Imbalance | undefined): void => session.settings.setData({ imbalance: next })
  return (
    <>
      <ChoiceField
        label="class sizes"
        help={
          'How many training images each class has. With a long tail the first classes have ' +
          'many, the last a few; held-out images stay as they are. Acts at the next step.'
        }
        value={imbalance?.kind ?? 'given'}
        choices={KINDS}
        onChange={(kind) => set(imbalanceOf(kind, imbalance))}
      />
      {imbalance && imbalance.kind !== 'uniform' && (
        <SliderField
          label="largest to smallest"
          help="How many times more images the largest class has than the smallest."
          logarithmic
          value={imbalance.ratio}
          min={1}
          max={500}
          step={0.05}
          format={(ratio) => `${ratio} : 1`}
          onChange={(ratio) => set({ ...imbalance, ratio: Math.min(500, ratio) })}
        />
      )}
      {imbalance?.kind === 'step' && (
        <SliderField
          label="large classes"
          help="The part of the classes that are large."
          value={imbalance.head}
          min={0.1}
          max={0.9}
          step={0.1}
          format={(head) => percent(head, 0)}
          onChange={(head) => set({ ...imbalance, head })}
        />
      )}
      {imbalance && <Sizes />}
    </>
  )
}

function Sizes() {
  const session = useLabSession()
  // Sizes are known from the run that has them.
  useSession((state) => activeRun(state).run)
  const { data } = session.runs.view
  if (!data) return null
  const sizes = trainingCounts(data)
  const most = Math.max(...sizes)
  const least = Math.min(...sizes)
  return (
    <p className="note">
      {data.train.toLocaleString('en')} training images: {most} in the largest class, {least} in the smallest.
    </p>
  )
}

function imbalanceOf(kind: Kind, before: Imbalance | undefined): Imbalance | undefined {
  const ratio = before && before.kind !== 'uniform' ? before.ratio : FIRST_RATIO
  switch (kind) {
    case 'given':
      return undefined
    case 'uniform':
      return { kind }
    case 'exponential':
      return { kind, ratio }
    case 'step':
      return { kind, ratio, head: 0.5 }
  }
}
