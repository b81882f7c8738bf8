import type { TermSetting } from '../losses/forms/base'
import { defaultTerm } from '../losses/term-schema'
import { TERMS } from '../losses/term-registry'
import { MOST_BATCH } from '../engine/limits'
import { trainingCounts } from '../io/dataset-file'
import { useLabSession, useSession } from '../session/context'
import { activeExperiment, activeRun } from '../session/state'
import { ChoiceField } from '../ui/ChoiceField'
import { Section } from '../ui/Section'
import { SelectField } from '../ui/SelectField'
import { SliderField } from '../ui/SliderField'
import { SwitchField } from '../ui/SwitchField'
import { formatNumber, termHighlight } from './equation'

const LARGEST_WEIGHT = 10

const actsOnFeatures = ({ kind }: TermSetting): boolean => TERMS.get(kind).form !== 'weights'

/** What is added to the classifier's loss, term by term. */
export function TermsSection() {
  const session = useLabSession()
  const terms = useSession((state) => activeExperiment(state).terms)
  const detach = useSession((state) => activeExperiment(state).head.detach)
  const free = TERMS.all.filter(({ id }) => terms.every(({ kind }) => kind !== id))
  return (
    <Section title="Added terms">
      {terms.map((term) => (
        <TermFields key={term.kind} term={term} />
      ))}
      {free.length > 0 && (
        <SelectField
          label="add a term"
          help={
            'It acts on distances between features, or on class vectors, ' +
            'beside the classifier, with a weight of its own.'
          }
          value={null}
          placeholder="choose"
          choices={free.map(({ id, name, summary }) => ({ value: id, label: name, detail: summary }))}
          onChange={(kind) => session.settings.setTerms([...terms, defaultTerm(kind)])}
        />
      )}
      {(terms.some(actsOnFeatures) || detach) && (
        <SwitchField
          label="classifier pulls, too"
          help={
            'Off, features follow the added terms alone, and class vectors ' +
            'only learn to read what those make of them.'
          }
          checked={!detach}
          onChange={(next) => session.settings.setHead({ detach: !next })}
        />
      )}
      <SamplingFields />
    </Section>
  )
}

function TermFields({ term }: { readonly term: TermSetting }) {
  const session = useLabSession()
  const spec = TERMS.get(term.kind)
  const minings = spec.form === 'pairs' ? spec.minings : undefined
  const change = (next: Partial<TermSetting>): void => {
    const { terms } = session.experiment
    session.settings.setTerms(terms.map((old) => (old.kind === term.kind ? { ...old, ...next } : old)))
  }
  const remove = (): void => {
    const { terms } = session.experiment
    session.settings.setTerms(terms.filter(({ kind }) => kind !== term.kind))
  }
  return (
    <>
      <SwitchField label={spec.name} help={`${spec.summary} ${spec.watch}`} checked onChange={remove} />
      <SliderField
        label="weight"
        symbol={String.raw`\lambda`}
        help="How much the term counts beside the classifier."
        parameter={termHighlight(term.kind, 'weight')}
        logarithmic
        value={Math.max(1e-4, term.weight)}
        min={1e-4}
        max={LARGEST_WEIGHT}
        step={0.05}
        format={(value) => value.toPrecision(2)}
        onChange={(weight) => change({ weight })}
      />
      {minings && (
        <ChoiceField
          label={minings.label}
          help={minings.help}
          value={term.mining ?? minings.choices[0]!.id}
          choices={minings.choices.map(({ id, label }) => ({ value: id, label }))}
          onChange={(mining) => change({ mining })}
        />
      )}
      {spec.parameters.map((parameter) => (
        <SliderField
          key={parameter.id}
          label={parameter.label}
          symbol={parameter.symbol}
          help={parameter.help}
          parameter={termHighlight(term.kind, parameter.id)}
          value={term.parameters[parameter.id] ?? parameter.default}
          min={parameter.min}
          max={parameter.max}
          step={parameter.step}
          format={formatNumber}
          onChange={(value) => change({ parameters: { ...term.parameters, [parameter.id]: value } })}
        />
      ))}
      <TermNote term={term} />
      <SwitchField
        label="on unit features"
        symbol={String.raw`x/\lVert x\rVert`}
        help="The term sees directions only and leaves the lengths of features alone."
        disabled={
          spec.form === 'weights'
            ? 'It is a function of class vectors and sees no feature.'
            : spec.cosine && 'It is a function of cosines, which have no lengths.'
        }
        checked={term.normalized}
        onChange={(normalized) => change({ normalized })}
      />
    </>
  )
}

/** What a term has to say of the images and the head that it is on. */
function TermNote({ term }: { readonly term: TermSetting }) {
  const session = useLabSession()
  // The images are known from the first run on.
  useSession((state) => activeRun(state).run)
  const unitWeights = useSession((state) => activeExperiment(state).head.normalizeWeights)
  const { data } = session.runs.view
  const { note } = TERMS.get(term.kind)
  if (!data || !note) return null
  const text = note(term, { counts: trainingCounts(data), classes: data.classes, unitWeights })
  return text && <p className="note">{text}</p>
}

const DEFAULT_BALANCE = { kind: 'pk', classes: 8, perClass: 8 } as const

function SamplingFields() {
  const session = useLabSession()
  const experiment = useSession(activeExperiment)
  const { sampling } = experiment.data
  const set = (next: typeof sampling): void =>
    session.settings.setExperiment({ ...experiment, data: { ...experiment.data, sampling: next } })
  return (
    <>
      <SwitchField
        label="balanced batches"
        help="Each batch has P classes with K images each, so that every image has pairs; its size is P · K."
        checked={sampling.kind === 'pk'}
        onChange={(on) => set(on ? DEFAULT_BALANCE : { kind: 'shuffle' })}
      />
      {sampling.kind === 'pk' && (
        <>
          <SliderField
            label="classes"
            symbol="P"
            help="More classes give more pairs of two classes."
            value={sampling.classes}
            min={2}
            max={Math.min(64, Math.floor(MOST_BATCH / sampling.perClass))}
            step={1}
            format={String}
            onChange={(classes) => set({ ...sampling, classes })}
          />
          <SliderField
            label="images of each"
            symbol="K"
            help="More images give more pairs of one class."
            value={sampling.perClass}
            min={2}
            max={Math.min(64, Math.floor(MOST_BATCH / sampling.classes))}
            step={1}
            format={String}
            onChange={(perClass) => set({ ...sampling, perClass })}
          />
        </>
      )}
    </>
  )
}
