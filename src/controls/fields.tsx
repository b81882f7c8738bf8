import { Select } from '@base-ui/react/select'
import { Slider } from '@base-ui/react/slider'
import { Switch } from '@base-ui/react/switch'
import { Toggle } from '@base-ui/react/toggle'
import { ToggleGroup } from '@base-ui/react/toggle-group'
import { useId, type ReactNode } from 'react'
import { Hint } from './Hint'
import { highlights, useHighlight } from './highlight'
import { Tex } from './Tex'

interface FieldProps {
  readonly label: string
  /** TeX of its symbol, shown beside the label. */
  readonly symbol?: string
  /** What it does to the geometry, in a sentence. */
  readonly help: string
  /** Why it can't matter now; it is disabled then. */
  readonly disabled?: string | undefined
  /** The parameter of the equation that it sets. */
  readonly parameter?: string
}

export function Label({ label, symbol, help, disabled, id }: FieldProps & { readonly id: string }) {
  return (
    <Hint text={disabled ?? help}>
      <span id={id} className="field-label" tabIndex={-1}>
        {label}
        {symbol !== undefined && <Tex>{symbol}</Tex>}
      </span>
    </Hint>
  )
}

export function Field({
  props,
  className,
  children,
}: {
  readonly props: FieldProps
  readonly className: string
  readonly children: ReactNode
}) {
  const lit = useHighlight((state) => state.id !== null && state.id === props.parameter)
  return (
    <div
      className={`field ${className}`}
      data-lit={lit || undefined}
      data-disabled={props.disabled !== undefined || undefined}
      {...highlights(props.parameter)}
    >
      {children}
      {props.disabled !== undefined && <p className="field-reason">{props.disabled}</p>}
    </div>
  )
}

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
    <Field props={props} className="slider">
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

export function SwitchField({
  checked,
  onChange,
  ...props
}: FieldProps & { readonly checked: boolean; readonly onChange: (checked: boolean) => void }) {
  const id = useId()
  return (
    <Field props={props} className="switch">
      <div className="field-row">
        <Label {...props} id={id} />
        <Switch.Root
          className="switch-root"
          aria-labelledby={id}
          checked={checked}
          disabled={props.disabled !== undefined}
          onCheckedChange={onChange}
        >
          <Switch.Thumb className="switch-thumb" />
        </Switch.Root>
      </div>
    </Field>
  )
}

export interface Choice<T extends string> {
  readonly value: T
  readonly label: string
  /** One line more, in lists that have room for it. */
  readonly detail?: string
}

/** A few alternatives side by side. */
export function ChoiceField<T extends string>({
  value,
  choices,
  onChange,
  ...props
}: FieldProps & {
  readonly value: T
  readonly choices: readonly Choice<T>[]
  readonly onChange: (value: T) => void
}) {
  const id = useId()
  return (
    <Field props={props} className="choice">
      <Label {...props} id={id} />
      <ToggleGroup
        className="segments"
        aria-labelledby={id}
        value={[value]}
        disabled={props.disabled !== undefined}
        onValueChange={([next]) => {
          // Pressing the chosen one again would leave none.
          if (next !== undefined) onChange(next)
        }}
      >
        {choices.map((choice) => (
          <Toggle key={choice.value} value={choice.value} className="segment">
            {choice.label}
          </Toggle>
        ))}
      </ToggleGroup>
    </Field>
  )
}

/** Many alternatives in a list that opens. */
export function SelectField<T extends string>({
  value,
  choices,
  onChange,
  placeholder,
  ...props
}: FieldProps & {
  /** null when none of the choices is true. */
  readonly value: T | null
  readonly choices: readonly Choice<T>[]
  readonly onChange: (value: T) => void
  readonly placeholder?: string
}) {
  const id = useId()
  const shown = choices.find((choice) => choice.value === value)
  return (
    <Field props={props} className="select">
      <Select.Root
        value={value}
        disabled={props.disabled !== undefined}
        onValueChange={(next) => {
          if (next !== null) onChange(next)
        }}
      >
        <Label {...props} id={id} />
        <Select.Trigger className="select-trigger" aria-labelledby={id}>
          <Select.Value>{() => shown?.label ?? placeholder ?? ''}</Select.Value>
          <Select.Icon className="select-icon">▾</Select.Icon>
        </Select.Trigger>
        <Select.Portal>
          <Select.Positioner className="popup-layer" alignItemWithTrigger={false} sideOffset={4}>
            <Select.Popup className="popup select-popup">
              <Select.List>
                {choices.map((choice) => (
                  <Select.Item key={choice.value} value={choice.value} className="select-item">
                    <Select.ItemText>{choice.label}</Select.ItemText>
                    {choice.detail !== undefined && <span className="select-detail">{choice.detail}</span>}
                  </Select.Item>
                ))}
              </Select.List>
            </Select.Popup>
          </Select.Positioner>
        </Select.Portal>
      </Select.Root>
    </Field>
  )
}
