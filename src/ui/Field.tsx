import type { ReactNode } from 'react'
import './Field.css'
import { Hint } from './Hint'
import { highlights, useHighlight } from './highlight'
import { Tex } from './Tex'

export interface FieldProps {
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

/** The name of a field, which says what the field does when it is pointed at. */
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

/** A setting with its name: lit while its parameter is pointed at, with the reason where it rests. */
export function Field({ props, children }: { readonly props: FieldProps; readonly children: ReactNode }) {
  const lit = useHighlight((state) => state.id !== null && state.id === props.parameter)
  return (
    <div
      className="field"
      data-lit={lit || undefined}
      data-disabled={props.disabled !== undefined || undefined}
      {...highlights(props.parameter)}
    >
      {children}
      {props.disabled !== undefined && <p className="field-reason">{props.disabled}</p>}
    </div>
  )
}
