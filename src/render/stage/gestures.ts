import type { Gestures } from './input'
import type { StageModel } from './model'
import { pickPoint } from './pick'

export const MOUSE_REACH = 12
const TOUCH_REACH = 22
const TURN_KEY = Math.PI / 36
const PAN_KEY = 0.08
const ZOOM_KEY = 1.25
/** Radians of turn when the hand moves by half of the stage's smaller side. */
const TURN_SPEED = 2

/** Which way arrow keys move the view. */
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
}

export interface GestureEvents {
  /** Something moved: draw again. */
  wake(): void
  /** The pointer is at a place that may have a point, or nowhere. */
  point(at: { readonly x: number; readonly y: number } | null): void
  pin(point: number | null): void
  /** The pinned point. */
  readonly pinned: number | null
}

/** What hands do: turn, pan and zoom the view, point at points and pin them. */
export class StageGestures implements Gestures {
  constructor(
    private readonly model: StageModel,
    private readonly events: GestureEvents,
  ) {}

  drag(dx: number, dy: number): void {
    const { camera } = this.model
    const turn = TURN_SPEED / this.half / camera.zoom
    if (camera.globe) camera.turn(turn * dx, turn * dy)
    else camera.pan(dx / this.half, -dy / this.half)
    this.events.point(null)
    this.events.wake()
  }

  zoom(factor: number, x: number, y: number): void {
    const { camera, scene } = this.model
    camera.zoomBy(factor, (x - scene.width / 2) / this.half, (scene.height / 2 - y) / this.half)
    this.events.wake()
  }

  hover(x: number, y: number): void {
    this.events.point({ x, y })
    this.events.wake()
  }

  leave(): void {
    this.events.point(null)
    this.events.wake()
  }

  tap(x: number, y: number, touch: boolean): void {
    const point = pickPoint(this.model.scene, x, y, touch ? TOUCH_REACH : MOUSE_REACH)
    this.events.pin(point < 0 || point === this.events.pinned ? null : point)
  }

  doubleTap(x: number, y: number): void {
    if (pickPoint(this.model.scene, x, y, MOUSE_REACH) < 0) this.model.camera.reset()
    this.events.wake()
  }

  key(key: string): boolean {
    const { camera } = this.model
    const [right, up] = ARROWS[key] ?? [0, 0]
    if (right !== 0 || up !== 0) {
      if (camera.globe) camera.turn(TURN_KEY * right, -TURN_KEY * up)
      else camera.pan(-PAN_KEY * right, -PAN_KEY * up)
    } else if (key === '+' || key === '=') camera.zoomBy(ZOOM_KEY, 0, 0)
    else if (key === '-') camera.zoomBy(1 / ZOOM_KEY, 0, 0)
    else if (key === '0') camera.reset()
    else if (key === 'Escape' && this.events.pinned !== null) this.events.pin(null)
    else return false
    this.events.wake()
    return true
  }

  /** Half of the smaller side, in CSS pixels. */
  private get half(): number {
    const { width, height } = this.model.scene
    return Math.min(width, height) / 2
  }
}
