import { OWN } from '../datasets/own-file'
import { DATASETS } from '../datasets/registry'
import type { Experiment } from '../engine/config'
import { count, plural } from '../io/import/errors'
import { useLabSession, useSession } from '../session/context'
import { NO_CLASSES } from '../session/settings'
import { activeExperiment } from '../session/state'
import { Section } from '../ui/Section'
import { SelectField } from '../ui/SelectField'
import { SwitchField } from '../ui/SwitchField'
import { ClassFields } from './ClassFields'
import { CorruptionFields } from './CorruptionFields'
import { ImbalanceFields } from './ImbalanceFields'
import { OwnFiles } from './OwnFiles'

const CHOICES = DATASETS.all.map(({ id, name, summary }) => ({
  value: id,
  label: name,
  detail: summary,
}))

/** Which images the run gets, and how good they are. */
export function DataSection() {
  const session = useLabSession()
  const { data } = useSession(activeExperiment)
  const own = useSession((state) => state.ownSet)
  const file = data.file ?? own?.file
  const choices = file ? [...CHOICES, { value: OWN, label: file.name, detail: 'your own file' }] : CHOICES
  return (
    <Section title="Data">
      <SelectField
        label="data set"
        help="What the network learns to tell apart; it is loaded when it is chosen. Begins a new run."
        value={data.set}
        choices={choices}
        onChange={(set) =>
          session.settings.setData({ set, file: set === OWN ? file : undefined, ...NO_CLASSES })
        }
      />
      <Source data={data} />
      <OwnFiles />
      <ClassFields data={data} />
      <ImbalanceFields />
      <SwitchField
        label="small shifts"
        help="Moves each training image by up to a pixel, anew each time: the network sees more than there is."
        checked={data.shifts}
        onChange={(shifts) => session.settings.setData({ shifts })}
      />
      <CorruptionFields data={data} />
    </Section>
  )
}

/** Where the images come from. */
function Source({ data: { set, file } }: { readonly data: Experiment['data'] }) {
  const own = useSession((state) => state.ownSet)
  if (file) {
    const known = own?.file.hash === file.hash
    return (
      <p className="note">
        Source: your file {file.name},{' '}
        {known
          ? `${plural(own.images, 'image')}, ${count(own.classes)} classes.`
          : 'which is not here. Choose it below.'}
      </p>
    )
  }
  const { summary, source, licence } = DATASETS.get(set)
  return (
    <p className="note">
      {summary}. Source: {source}. Licence: {licence}.
    </p>
  )
}
