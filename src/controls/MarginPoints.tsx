import type { KeyboardEvent, PointerEvent } from 'react'
import { pointValue } from '../losses/bend'
import { highlights } from '../ui/highlight'
import './MarginPoints.css'

export interface MarginPoint {
  readonly degree: number
  readonly id: string
  readonly value: number
}

/** How the figure places what it draws. */
export interface FigureScale {
  readonly x: (degree: number) => number
  readonly y: (value: number) => number
  /** The value at a height of the drawing, within what the figure shows. */
  readonly valueAt: (y: number) => number
}

/** What a key adds to a point. */
const MOVES: Readonly<Record<string, number>> = {
  ArrowUp: 0.01,
  ArrowRight: 0.01,
  ArrowDown: -0.01,
  ArrowLeft: -0.01,
  PageUp: 0.1,
  PageDown: -0.1,
  Home: -Infinity,
  End: Infinity,
}
/** With Shift, arrows go this many steps. */
const COARSE = 10

/**
 * The control points of ψ, each a slider that moves up and down.
 * @param onHold told when a drag begins and ends, in which the figure must keep its scale
 */
export function MarginPoints({
  points,
  scale: { x, y, valueAt },
  onBend,
  onHold,
}: {
  readonly points: readonly MarginPoint[]
  readonly scale: FigureScale
  readonly onBend: (id: string, value: number) => void
  readonly onHold: (held: boolean) => void
}) {
  const bend = ({ id, value }: MarginPoint, next: number): void => {
    const rounded = pointValue(id, next)
    if (rounded !== value) onBend(id, rounded)
  }
  const onKeyDown = (event: KeyboardEvent, point: MarginPoint): void => {
    const move = MOVES[event.key]
    if (move === undefined) return
    event.preventDefault()
    bend(point, point.value + move * (event.shiftKey ? COARSE : 1))
  }
  const onPointerDown = (event: PointerEvent<SVGGElement>): void => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    onHold(true)
  }
  const onPointerMove = (event: PointerEvent<SVGGElement>, point: MarginPoint): void => {
    const g = event.currentTarget
    if (!g.hasPointerCapture(event.pointerId)) return
    const toDrawing = g.ownerSVGElement!.getScreenCTM()!.inverse()
    bend(point, valueAt(new DOMPoint(event.clientX, event.clientY).matrixTransform(toDrawing).y))
  }
  return points.map((point) => (
    <g
      key={point.id}
      className="margin-point"
      role="slider"
      tabIndex={0}
      aria-label={`ψ at ${point.degree}°`}
      aria-orientation="vertical"
      aria-valuemin={pointValue(point.id, -Infinity)}
      aria-valuemax={pointValue(point.id, Infinity)}
      aria-valuenow={point.value}
      transform={`translate(${x(point.degree).toFixed(1)},${y(point.value).toFixed(1)})`}
      onKeyDown={(event) => onKeyDown(event, point)}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => onPointerMove(event, point)}
      onLostPointerCapture={() => onHold(false)}
      {...highlights(point.id)}
    >
      <circle className="reach" r={14} />
      <circle className="knob" r={5} />
    </g>
  ))
}
