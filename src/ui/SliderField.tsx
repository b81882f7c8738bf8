import { Slider } from '@base-ui/react/slider'
import { useId } from 'react'
import { Field, Label, type FieldProps } from './Field'
import './SliderField.css'

/** A number within bounds, on a line. */
export function SliderField({
  value,
  min,
  max,
  step,
  format,
  onChange,
  logarithmic = false,
  ...props
}: FieldProps & {
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step: number
  readonly format: (value: number) => string
  readonly onChange: (value: number) => void
  /** Moves by factors instead of differences; `step` is then that of the decimal logarithm. */
  readonly logarithmic?: boolean
}) {
  const id = useId()
  const [inward, outward] = logarithmic
    ? [Math.log10, (v: number) => Number((10 ** v).toPrecision(2))]
    : [(v: number) => v, (v: number) => Number(v.toFixed(6))]
  return (
    <Field props={props}>
      <Slider.Root
        value={inward(value)}
        min={inward(min)}
        max={inward(max)}
        step={step}
        disabled={props.disabled !== undefined}
        onValueChange={(next) => onChange(outward(next))}
      >
        <div className="field-row">
          <Label {...props} id={id} />
          <output className="field-value">{format(value)}</output>
        </div>
        <Slider.Control className="slider-control">
          <Slider.Track className="slider-track">
            <Slider.Indicator className="slider-indicator" />
            <Slider.Thumb
              className="slider-thumb"
              aria-labelledby={id}
              getAriaValueText={(_, v) => format(outward(v))}
            />
          </Slider.Track>
        </Slider.Control>
      </Slider.Root>
    </Field>
  )
}
