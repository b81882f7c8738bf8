import type { Head } from '../losses/head'
import { Tex } from '../ui/Tex'
import { marginOutlook, probabilityInPercent, type MarginGauge } from './margin-outlook'
import './MarginMeter.css'

/** How large a margin the geometry admits, where the slider stands, and what will happen. */
export function MarginMeter({
  head,
  classes,
  dimension,
}: {
  readonly head: Head
  readonly classes: number
  readonly dimension: number
}) {
  const outlook = marginOutlook(head, classes, dimension)
  if (!outlook) return null
  const { spread, gauges, probability, sentence, verdict } = outlook
  const bounded = gauges.filter(({ bound }) => bound !== null)
  return (
    <div className="margin-meter" data-verdict={verdict}>
      {bounded.map((gauge) => (
        <Scale key={gauge.spec.id} gauge={gauge} atMost={spread.upperBound} />
      ))}
      <p className="margin-meter-sentence">{sentence}</p>
      <p className="note">
        {bounded.length === 0 && `At its class centre this margin asks for nothing, so none is too large. `}
        {classes} classes in {dimension}-D are {spread.upperBound ? 'at most ' : ''}
        {((spread.angle * 180) / Math.PI).toFixed(1)}° apart ({spread.source})
        {probability !== null && `; at its centre a sample can reach ${probabilityInPercent(probability)} %`}.
      </p>
    </div>
  )
}

function Scale({ gauge, atMost }: { readonly gauge: MarginGauge; readonly atMost: boolean }) {
  const { spec, value, bound } = gauge
  const { neutral } = spec
  const end = Math.max(spec.max, bound! * 1.05)
  const place = (margin: number): string =>
    `${(100 * Math.min(1, Math.max(0, (margin - neutral) / (end - neutral)))).toFixed(2)}%`
  const unit = spec.unit === 'rad' ? ' rad' : ''
  const digits = bound!.toFixed(3) + unit
  return (
    <div
      className="margin-scale"
      role="meter"
      aria-label={`${spec.label}, against the largest that the geometry admits`}
      aria-valuemin={neutral}
      aria-valuemax={end}
      aria-valuenow={value}
      aria-valuetext={`${value}${unit}, the bound is ${digits}`}
    >
      <div className="margin-scale-track">
        <span className="margin-scale-room" style={{ width: place(bound!) }} />
        <span className="margin-scale-bound" style={{ left: place(bound!) }} />
        <span className="margin-scale-value" style={{ left: place(value) }} />
      </div>
      <span className="margin-scale-text">
        <Tex>{String.raw`${spec.symbol}\le`}</Tex> {digits}
        {atMost && ' at most'}
      </span>
    </div>
  )
}
