/** What hands do to a stage. Places are CSS pixels from its top left corner. */
export interface Gestures {
  /** A drag by (dx, dy). */
  drag(dx: number, dy: number): void
  /** Zooms by `factor` around a place. */
  zoom(factor: number, x: number, y: number): void
  /** The pointer rests or moves over a place; null when it leaves. */
  hover(x: number, y: number): void
  leave(): void
  tap(x: number, y: number, touch: boolean): void
  doubleTap(x: number, y: number): void
  /** @returns whether the key meant something */
  key(key: string): boolean
}

/** A press that moves further than this is a drag. */
const TAP_PIXELS = 5
const WHEEL_ZOOM = 0.0016
/** A wheel that counts in lines rather than pixels. */
const LINE_PIXELS = 16

/** Turns pointer, wheel and key events of an element into gestures, until `stop`. */
export class StageInput {
  private readonly pointers = new Map<number, { x: number; y: number }>()
  private travelled = 0
  private readonly ending = new AbortController()

  constructor(
    private readonly element: HTMLElement,
    private readonly gestures: Gestures,
  ) {
    const { signal } = this.ending
    element.addEventListener('pointerdown', this.down, { signal })
    element.addEventListener('pointermove', this.move, { signal })
    element.addEventListener('pointerup', this.up, { signal })
    element.addEventListener('pointercancel', this.cancel, { signal })
    element.addEventListener('pointerleave', () => gestures.leave(), { signal })
    element.addEventListener('wheel', this.wheel, { signal, passive: false })
    element.addEventListener('dblclick', this.doubleClick, { signal })
    element.addEventListener('keydown', this.key, { signal })
  }

  stop(): void {
    this.ending.abort()
  }

  private readonly down = (event: PointerEvent): void => {
    if (event.button !== 0) return
    this.element.setPointerCapture(event.pointerId)
    this.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY })
    if (this.pointers.size === 1) this.travelled = 0
  }

  private readonly move = (event: PointerEvent): void => {
    const pointer = this.pointers.get(event.pointerId)
    const { left, top } = this.element.getBoundingClientRect()
    if (!pointer) {
      if (event.pointerType !== 'touch') this.gestures.hover(event.clientX - left, event.clientY - top)
      return
    }
    const dx = event.clientX - pointer.x
    const dy = event.clientY - pointer.y
    this.travelled += Math.hypot(dx, dy)
    if (this.pointers.size === 2) this.pinch(event, pointer, left, top)
    pointer.x = event.clientX
    pointer.y = event.clientY
    if (this.pointers.size === 1 && this.travelled > TAP_PIXELS) this.gestures.drag(dx, dy)
  }

  /** Two fingers zoom by the change of their distance, and drag by half of each one's way. */
  private pinch(event: PointerEvent, before: { x: number; y: number }, left: number, top: number): void {
    for (const [id, other] of this.pointers) {
      if (id === event.pointerId) continue
      const was = Math.hypot(before.x - other.x, before.y - other.y)
      const is = Math.hypot(event.clientX - other.x, event.clientY - other.y)
      const x = (event.clientX + other.x) / 2 - left
      const y = (event.clientY + other.y) / 2 - top
      if (was > 0 && is > 0) this.gestures.zoom(is / was, x, y)
      this.gestures.drag((event.clientX - before.x) / 2, (event.clientY - before.y) / 2)
    }
  }

  private readonly up = (event: PointerEvent): void => {
    if (!this.pointers.delete(event.pointerId)) return
    if (this.pointers.size > 0 || this.travelled > TAP_PIXELS) return
    const { left, top } = this.element.getBoundingClientRect()
    this.gestures.tap(event.clientX - left, event.clientY - top, event.pointerType === 'touch')
  }

  private readonly cancel = (event: PointerEvent): void => {
    this.pointers.delete(event.pointerId)
    this.travelled = Infinity
  }

  private readonly wheel = (event: WheelEvent): void => {
    event.preventDefault()
    const { left, top } = this.element.getBoundingClientRect()
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PIXELS * event.deltaY : event.deltaY
    // A trackpad's pinch comes as a wheel with the control key, in small numbers.
    const speed = event.ctrlKey ? 6 * WHEEL_ZOOM : WHEEL_ZOOM
    const bounded = Math.min(300, Math.max(-300, pixels))
    this.gestures.zoom(Math.exp(-speed * bounded), event.clientX - left, event.clientY - top)
  }

  private readonly doubleClick = (event: MouseEvent): void => {
    const { left, top } = this.element.getBoundingClientRect()
    this.gestures.doubleTap(event.clientX - left, event.clientY - top)
  }

  private readonly key = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (!this.gestures.key(event.key)) return
    event.preventDefault()
    event.stopPropagation()
  }
}
