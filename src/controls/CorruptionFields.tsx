import type { Corruption } from '../datasets/settings'
import type { Experiment } from '../engine/config'
import { setData } from '../session/actions'
import { SliderField } from '../ui/SliderField'
import { SwitchField } from '../ui/SwitchField'

const FIRST: Corruption = { occlusion: 0, blur: 1.5, downsample: 1, contrast: 1, noise: 0.1, share: 0.5 }

const percent = (value: number): string => `${Math.round(100 * value)} %`
const pixels = (value: number): string => `${value} px`

interface Slider {
  readonly id: keyof Corruption
  readonly label: string
  readonly help: string
  readonly min: number
  readonly max: number
  readonly step: number
  readonly format: (value: number) => string
}

const SLIDERS: readonly Slider[] = [
  {
    id: 'share',
    label: 'how many',
    min: 0,
    max: 1,
    step: 0.05,
    format: percent,
    help: 'The part of the training images that it is done to.',
  },
  {
    id: 'blur',
    label: 'blur',
    min: 0,
    max: 4,
    step: 0.25,
    format: pixels,
    help: 'As out of focus; the deviation of a Gaussian.',
  },
  {
    id: 'downsample',
    label: 'coarse pixels',
    min: 1,
    max: 14,
    step: 1,
    format: pixels,
    help: 'As from far away: squares of this side take one grey.',
  },
  {
    id: 'noise',
    label: 'noise',
    min: 0,
    max: 0.6,
    step: 0.02,
    format: percent,
    help: 'As in the dark; the deviation, in parts of black to white.',
  },
  {
    id: 'contrast',
    label: 'contrast',
    min: 0.05,
    max: 1,
    step: 0.05,
    format: percent,
    help: 'What is left of the differences from the mean grey.',
  },
  {
    id: 'occlusion',
    label: 'covered',
    min: 0,
    max: 0.8,
    step: 0.05,
    format: percent,
    help: 'The side of a grey square in front, in parts of the image.',
  },
]

/** What is wrong with the training images. All of it is drawn by the seed and acts at the next step. */
export function CorruptionFields({ data }: { readonly data: Experiment['data'] }) {
  const { corruption, labelNoise = 0 } = data
  return (
    <>
      <SliderField
        label="wrong labels"
        help="The part of the training images that get the label of another class, as in data from the web. Acts at the next step."
        value={labelNoise}
        min={0}
        max={0.8}
        step={0.05}
        format={percent}
        onChange={(next) => setData({ labelNoise: next === 0 ? undefined : next })}
      />
      <SwitchField
        label="damage training images"
        help="Makes some of them blurred, coarse, noisy, pale or covered; held-out images stay good. Acts at the next step."
        checked={corruption !== undefined}
        onChange={(on) => setData({ corruption: on ? FIRST : undefined })}
      />
      {corruption &&
        SLIDERS.map(({ id, ...slider }) => (
          <SliderField
            key={id}
            {...slider}
            value={corruption[id]}
            onChange={(value) => setData({ corruption: { ...corruption, [id]: value } })}
          />
        ))}
    </>
  )
}
