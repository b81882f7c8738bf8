import { hasMargin } from '../losses/margin-setting'
import { useLabSession, useSession } from '../session/context'
import { activeExperiment } from '../session/state'
import { Section } from '../ui/Section'
import { SliderField } from '../ui/SliderField'
import { SwitchField } from '../ui/SwitchField'

const NO_MARGIN = 'There is no margin to bring on.'
const NO_UNIT_FEATURES = 'Unit features are off.'

/** When the parts of the head come on, in epochs of the planned run; the timeline draws it. */
export function CurriculumSection() {
  const session = useLabSession()
  const experiment = useSession(activeExperiment)
  const { curriculum, epochs, head } = experiment
  const set = (change: Partial<typeof curriculum>): void => {
    session.settings.setExperiment({ ...experiment, curriculum: { ...curriculum, ...change } })
  }
  const { margin, scale } = curriculum
  const noMargin = hasMargin(head.margin) ? undefined : NO_MARGIN
  const noUnit = head.normalizeFeatures ? undefined : NO_UNIT_FEATURES
  const epoch = {
    min: 0,
    max: 1,
    step: 0.01,
    format: (fraction: number): string => `epoch ${(fraction * epochs).toFixed(1)}`,
  }
  return (
    <Section title="Curriculum" open={false}>
      <p className="note">
        In 2-D, spread the classes first and press afterwards. What you change during a run acts at once.
      </p>
      <SliderField
        {...epoch}
        label="unit features from"
        help="Before this the lengths of features count; they grow, and the classes spread out."
        disabled={noUnit}
        value={curriculum.normalizeFeaturesAt}
        onChange={(normalizeFeaturesAt) => set({ normalizeFeaturesAt })}
      />
      <SliderField
        {...epoch}
        label="margin grows from"
        help="Before this there is no margin."
        disabled={noMargin}
        value={margin.start}
        onChange={(start) => set({ margin: { start, end: Math.max(start, margin.end) } })}
      />
      <SliderField
        {...epoch}
        label="margin complete at"
        help="From here on the margin is as set."
        disabled={noMargin}
        value={margin.end}
        onChange={(end) => set({ margin: { start: Math.min(margin.start, end), end } })}
      />
      <SwitchField
        label="scale grows"
        symbol="s"
        help="Begins with a small scale, which is gentle, and ends with the one that is set."
        disabled={noUnit}
        checked={scale !== null}
        onChange={(on) => set({ scale: on ? { from: 8, start: 0, end: 0.5 } : null })}
      />
      {scale !== null && (
        <SliderField
          {...epoch}
          label="scale complete at"
          help="From here on the scale is as set."
          disabled={noUnit}
          value={scale.end}
          onChange={(end) => set({ scale: { ...scale, start: Math.min(scale.start, end), end } })}
        />
      )}
    </Section>
  )
}
