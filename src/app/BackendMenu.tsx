import { Popover } from '@base-ui/react/popover'
import { Radio } from '@base-ui/react/radio'
import { RadioGroup } from '@base-ui/react/radio-group'
import { useEffect, useId, useRef } from 'react'
import type { BackendMeasure } from '../engine/events'
import { follow } from '../render/throttle'
import { useLabSession, useSession } from '../session/context'
import { activeRun } from '../session/state'
import './BackendMenu.css'

const NAMES = { webgpu: 'WebGPU', wasm: 'WebAssembly', cpu: 'plain JavaScript' } as const

/** The speed in text changes at most this often, in milliseconds. */
const TEXT_MS = 500

/** What computes, how fast, and the choice of it. */
export function BackendMenu() {
  const session = useLabSession()
  const backend = useSession((state) => activeRun(state).backend)
  const status = useSession((state) => activeRun(state).status.kind)
  if (!backend) return <span className="backend-name">starting …</span>
  const { current, choice, measures, gpu } = backend
  return (
    <Popover.Root>
      <Popover.Trigger className="quiet backend-name" data-live={status === 'playing' || undefined}>
        {NAMES[current]}
        <Speed />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="popup-layer" sideOffset={8} align="end" collisionPadding={8}>
          <Popover.Popup className="popup">
            <Popover.Title className="popup-title">What computes</Popover.Title>
            <p className="note">Measured at the start, with a few steps of this network.</p>
            <RadioGroup
              value={choice}
              onValueChange={(choice) => session.runs.chooseBackend(choice)}
              aria-label="Backend"
            >
              <Option value="auto" label="the fastest" detail={NAMES[current]} />
              {(['webgpu', 'wasm', 'cpu'] as const).map((name) => {
                const measure = measures.find((m) => m.name === name)
                const missing = measure?.stepsPerSecond === null
                return (
                  <Option
                    key={name}
                    value={name}
                    label={NAMES[name]}
                    detail={describe(measure)}
                    disabled={missing}
                  />
                )
              })}
            </RadioGroup>
            {gpu && (
              <p className="note">
                Graphics processor: {gpu.text}
                {gpu.software && ', which is software: right, but slow'}.
              </p>
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

function Option({
  value,
  label,
  detail,
  disabled = false,
}: {
  readonly value: string
  readonly label: string
  readonly detail: string
  readonly disabled?: boolean
}) {
  const id = useId()
  return (
    <div className="radio-row" data-disabled={disabled || undefined}>
      <Radio.Root id={id} value={value} disabled={disabled} className="radio">
        <Radio.Indicator className="radio-dot" />
      </Radio.Root>
      <label htmlFor={id}>{label}</label>
      <span className="note">{detail}</span>
    </div>
  )
}

function describe(measure: BackendMeasure | undefined): string {
  if (!measure) return 'not measured'
  const { stepsPerSecond, estimated, reason } = measure
  if (stepsPerSecond === null) return reason ?? 'not available'
  return `${estimated ? 'about ' : ''}${stepsPerSecond.toPrecision(2)} steps/s`
}

/** Steps a second of late, written into the page directly. */
function Speed() {
  const session = useLabSession()
  const element = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const write = (): void => {
      const speed = session.runs.view.frame?.stepsPerSecond
      element.current!.textContent = speed
        ? `${speed >= 10 ? speed.toFixed(0) : speed.toFixed(1)} steps/s`
        : ''
    }
    return follow(session.runs.subscribeView, write, TEXT_MS)
  }, [session])
  return <span ref={element} className="backend-speed" />
}
