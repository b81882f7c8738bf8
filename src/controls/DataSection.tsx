import { DATASETS } from '../datasets/registry'
import { setData } from '../session/actions'
import { useSession } from '../session/store'
import { ClassFields } from './ClassFields'
import { CorruptionFields } from './CorruptionFields'
import { SelectField, SwitchField } from './fields'
import { ImbalanceFields } from './ImbalanceFields'
import { Section } from './Section'

const CHOICES = [...DATASETS.values()].map(({ id, name, summary }) => ({
  value: id,
  label: name,
  detail: summary,
}))

/** What there is of a selection that means something in one data set only. */
const NO_CLASSES = { classes: undefined, unseen: undefined }

/** Which images the run gets, and how good they are. */
export function DataSection() {
  const { data } = useSession((state) => state.experiment)
  const { summary, source, licence } = DATASETS.get(data.set)!
  return (
    <Section title="Data">
      <SelectField
        label="data set"
        help="What the network learns to tell apart; it is loaded when it is chosen. Begins a new run."
        value={data.set}
        choices={CHOICES}
        onChange={(set) => setData({ set, ...NO_CLASSES })}
      />
      <p className="note">
        {summary}. Source: {source}. Licence: {licence}.
      </p>
      <ClassFields data={data} />
      <ImbalanceFields data={data} />
      <SwitchField
        label="small shifts"
        help="Moves each training image by up to a pixel, anew each time: the network sees more than there is."
        checked={data.shifts}
        onChange={(shifts) => setData({ shifts })}
      />
      <CorruptionFields data={data} />
    </Section>
  )
}
