import type { Corruption } from '../datasets/settings'
import { percent } from '../render/format'
import { SliderField } from '../ui/SliderField'

/** A share in whole percent. */
export const wholePercent = (share: number): string => percent(share, 0)
const pixels = (value: number): string => `${value} px`

interface Kind {
  readonly id: keyof Corruption
  readonly label: string
  readonly help: string
  readonly min: number
  readonly max: number
  readonly step: number
  readonly format: (value: number) => string
}

const KINDS: readonly Kind[] = [
  {
    id: 'blur',
    label: 'blur',
    min: 0,
    max: 4,
    step: 0.1,
    format: pixels,
    help: 'As out of focus; the deviation of a Gaussian.',
  },
  {
    id: 'noise',
    label: 'noise',
    min: 0,
    max: 0.8,
    step: 0.02,
    format: wholePercent,
    help: 'As in the dark; the deviation, in parts of black to white.',
  },
  {
    id: 'occlusion',
    label: 'covered',
    min: 0,
    max: 0.8,
    step: 0.02,
    format: wholePercent,
    help: 'The side of a grey square in front, in parts of the image.',
  },
  {
    id: 'contrast',
    label: 'contrast',
    min: 0.05,
    max: 1,
    step: 0.01,
    format: wholePercent,
    help: 'What is left of the differences from the mean grey.',
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
]

/** A slider for each kind of corruption. @param onChange gets the value with the one strength that changed */
export function CorruptionSliders<T extends Corruption>({
  value,
  onChange,
}: {
  readonly value: T
  readonly onChange: (next: T) => void
}) {
  return KINDS.map(({ id, ...kind }) => (
    <SliderField
      key={id}
      {...kind}
      value={value[id]}
      onChange={(strength) => onChange({ ...value, [id]: strength })}
    />
  ))
}
