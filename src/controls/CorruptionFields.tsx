import type { TrainingCorruption } from '../datasets/settings'
import type { Experiment } from '../engine/config'
import { useLabSession } from '../session/context'
import { SliderField } from '../ui/SliderField'
import { SwitchField } from '../ui/SwitchField'
import { CorruptionSliders, wholePercent } from './CorruptionSliders'

const FIRST: TrainingCorruption = {
  occlusion: 0,
  blur: 1.5,
  downsample: 1,
  contrast: 1,
  noise: 0.1,
  share: 0.5,
}

/** What is wrong with the training images. All of it is drawn by the seed and acts at the next step. */
export function CorruptionFields({ data }: { readonly data: Experiment['data'] }) {
  const session = useLabSession()
  const { corruption, labelNoise = 0 } = data
  return (
    <>
      <SliderField
        label="wrong labels"
        help={
          'The part of the training images that get the label of another ' +
          'class, as in data from the web. Acts at the next step.'
        }
        value={labelNoise}
        min={0}
        max={0.8}
        step={0.05}
        format={wholePercent}
        onChange={(next) => session.settings.setData({ labelNoise: next === 0 ? undefined : next })}
      />
      <SwitchField
        label="corrupt training images"
        help={
          'Makes some of them blurred, coarse, noisy, pale or covered; ' +
          'held-out images stay good. Acts at the next step.'
        }
        checked={corruption !== undefined}
        onChange={(on) => session.settings.setData({ corruption: on ? FIRST : undefined })}
      />
      {corruption && (
        <>
          <SliderField
            label="how many"
            help="The part of the training images that it is done to."
            value={corruption.share}
            min={0}
            max={1}
            step={0.05}
            format={wholePercent}
            onChange={(share) => session.settings.setData({ corruption: { ...corruption, share } })}
          />
          <CorruptionSliders
            value={corruption}
            onChange={(next) => session.settings.setData({ corruption: next })}
          />
        </>
      )}
    </>
  )
}
