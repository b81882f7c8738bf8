import { themeSource } from '../theme'
import { captionsFor, unreachableClasses } from './captions'
import { PointCard } from './card'
import { FlatSurface } from './flat-surface'
import { GlSurface } from './gl/gl-surface'
import { StageInput, type Gestures } from './input'
import { Labels } from './labels'
import { StageModel } from './model'
import { Pace } from './pace'
import { pickPoint } from './pick'
import { paintPicture, PICTURE_SCALE } from './picture'
import { toPixelX, toPixelY } from './scene'
import type { StageData, StageSettings } from './stage-data'
import type { PlacedScene, Surface } from './surface'
import { TextLayer } from './text-layer'

export interface StageEvents {
  /** The user pins a point, or lets go of it. */
  pin(point: number | null): void
  /** What must be known to read the picture right; '' for nothing. */
  caption(text: string): void
  /** Something is missing on this device; said once. */
  trouble(message: string): void
}

/** Regions are searched for captions at most this often. */
const CAPTION_MS = 250
const MOUSE_REACH = 12
const TOUCH_REACH = 22
/** The slow turn needs no more than 30 frames a second. */
const TURN_MS = 30
/** The first frame after rest has no time before it. */
const FIRST_MS = 16
const LONGEST_MS = 200
const TURN_KEY = Math.PI / 36
const PAN_KEY = 0.08
const ZOOM_KEY = 1.25
/** In place of a request's number: no frame will come any more, or one will after a rest. */
const DISPOSED = -1
const RESTING = -2
/** Radians of turn when the hand moves by half of the stage's smaller side. */
const TURN_SPEED = 2

/** A stage on the page: follows data and settings, and draws only when something changed or moves. */
export class Stage implements Gestures {
  readonly canvas = document.createElement('canvas')
  private readonly text = new TextLayer()
  private readonly model: StageModel
  private readonly placed: readonly PlacedScene[]
  private readonly surface: Surface | null
  private readonly pinnedCard = new PointCard()
  private readonly hoverCard = new PointCard()
  private readonly cleanUps: (() => void)[] = []
  private settings: StageSettings | null = null
  private readonly pace = new Pace()
  private request = 0
  private restTimer = 0
  private rested = 0
  private last = 0
  /** Whether the frame before asked for this one at once. */
  private drawnLast = false
  /** Pixels drawn for one CSS pixel, in each direction; 0 asks for a new size. */
  private ratio = 0
  private dirty = true
  private dataDirty = true
  private inSight = true
  private hovered = -1
  /** Where the pointer is, while it is over the stage. */
  private pointer: { readonly x: number; readonly y: number } | null = null
  private captionDue = 0
  private captionTimer = 0
  private caption = ''

  /** @param host the element that the stage fills; the stage puts its parts into it */
  constructor(
    private readonly host: HTMLElement,
    private readonly data: StageData,
    private readonly events: StageEvents,
  ) {
    const theme = themeSource.current
    this.text.setFont(theme.font)
    this.model = new StageModel(data, new Labels(this.text.measure), theme)
    this.placed = [{ scene: this.model.scene, left: 0, top: 0 }]
    this.canvas.className = 'stage-canvas'
    this.canvas.tabIndex = 0
    this.canvas.setAttribute('role', 'img')
    host.append(this.canvas, this.text.element, this.hoverCard.element, this.pinnedCard.element)
    this.surface = this.openSurface()
    const input = new StageInput(this.canvas, this)
    this.cleanUps.push(() => input.stop(), themeSource.subscribe(this.restyle))
    this.watchPage()
    this.restyle()
  }

  /** The data have changed. */
  dataChanged(): void {
    this.dataDirty = true
    this.wake()
  }

  setSettings(settings: StageSettings): void {
    this.settings = settings
    this.model.setSettings(settings)
    this.captionDue = 0
    this.wake()
  }

  /** What a reader who does not see the stage is told. */
  describe(text: string): void {
    this.canvas.setAttribute('aria-label', text)
  }

  /** The stage as it is now, with its labels, as PNG at twice its size. */
  async picture(): Promise<Blob> {
    const { surface, model } = this
    if (!surface) throw new Error('there is nothing to draw on')
    const { width, height } = model.scene
    surface.resize(width, height, PICTURE_SCALE)
    this.ratio = 0
    surface.draw(this.placed)
    const picture = paintPicture(this.canvas, model.labels.list, themeSource.current)
    this.wake()
    return picture
  }

  dispose(): void {
    cancelAnimationFrame(this.request)
    clearTimeout(this.restTimer)
    clearTimeout(this.captionTimer)
    this.request = DISPOSED
    for (const cleanUp of this.cleanUps) cleanUp()
    this.surface?.dispose()
    this.host.replaceChildren()
  }

  // ---- gestures ----

  drag(dx: number, dy: number): void {
    const { camera, scene } = this.model
    const half = Math.min(scene.width, scene.height) / 2
    if (camera.globe)
      camera.turn((TURN_SPEED * dx) / half / camera.zoom, (TURN_SPEED * dy) / half / camera.zoom)
    else camera.pan(dx / half, -dy / half)
    this.setHovered(-1)
    this.wake()
  }

  zoom(factor: number, x: number, y: number): void {
    const { camera, scene } = this.model
    const half = Math.min(scene.width, scene.height) / 2
    camera.zoomBy(factor, (x - scene.width / 2) / half, (scene.height / 2 - y) / half)
    this.wake()
  }

  hover(x: number, y: number): void {
    this.pointer = { x, y }
    this.wake()
  }

  leave(): void {
    this.pointer = null
    this.setHovered(-1)
    this.wake()
  }

  tap(x: number, y: number, touch: boolean): void {
    const point = pickPoint(this.model.scene, x, y, touch ? TOUCH_REACH : MOUSE_REACH)
    const pinned = this.settings?.pinned ?? null
    this.events.pin(point < 0 || point === pinned ? null : point)
  }

  doubleTap(x: number, y: number): void {
    if (pickPoint(this.model.scene, x, y, MOUSE_REACH) < 0) this.model.camera.reset()
    this.wake()
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
    else if (key === 'Escape' && this.settings?.pinned != null) this.events.pin(null)
    else return false
    this.wake()
    return true
  }

  // ---- the loop ----

  private wake(): void {
    this.dirty = true
    this.schedule()
  }

  private schedule(): void {
    if (this.request !== 0 || !this.inSight) return
    const rest = this.drawnLast ? this.pace.rest : 0
    this.rested = rest
    if (rest > 0) {
      this.request = RESTING
      this.restTimer = window.setTimeout(() => {
        this.request = requestAnimationFrame(this.frame)
      }, rest)
    } else this.request = requestAnimationFrame(this.frame)
  }

  private readonly frame = (now: number): void => {
    this.request = 0
    const { model, pace } = this
    const passed = now - this.last
    if (!this.dirty && passed < TURN_MS) {
      this.schedule()
      return
    }
    if (this.drawnLast) pace.observe(passed - this.rested)
    const ms = this.last === 0 ? FIRST_MS : Math.min(LONGEST_MS, passed)
    this.last = now
    this.dirty = false
    if (this.dataDirty) {
      this.dataDirty = false
      model.takeData()
      this.updateTouchAction()
    }
    if (model.advance(ms)) this.dirty = true
    this.updateHovered()
    const pinned = this.shownPin()
    if (model.compose(pinned, this.hovered)) this.dirty = true
    this.draw(this.dirty || model.camera.turning)
    this.text.show(model.labels.list, model.labels.generation)
    this.updateCards(pinned)
    this.updateCaption(now)
    this.drawnLast = this.dirty
    if (this.dirty || model.camera.turning) this.schedule()
    else this.last = 0
  }

  /** Draws: in full at rest, and as finely as the device manages while things move. */
  private draw(moving: boolean): void {
    const { surface, model } = this
    const ratio = Math.min(3, devicePixelRatio) * (moving ? this.pace.scale : 1)
    if (ratio !== this.ratio) {
      this.ratio = ratio
      surface?.resize(model.scene.width, model.scene.height, ratio)
    }
    surface?.draw(this.placed)
  }

  private shownPin(): number {
    const pinned = this.settings?.pinned ?? null
    return pinned !== null && pinned < this.model.cloud.count ? pinned : -1
  }

  private updateHovered(): void {
    const { pointer, model } = this
    this.setHovered(pointer ? pickPoint(model.scene, pointer.x, pointer.y, MOUSE_REACH) : -1)
  }

  private setHovered(point: number): void {
    this.hovered = point
    this.model.camera.held = point >= 0 || this.shownPin() >= 0 || this.pace.slow
    this.canvas.style.cursor = point >= 0 ? 'pointer' : ''
  }

  private updateCards(pinned: number): void {
    this.updateCard(this.pinnedCard, pinned)
    this.updateCard(this.hoverCard, this.hovered === pinned ? -1 : this.hovered)
  }

  private updateCard(card: PointCard, point: number): void {
    if (point < 0) {
      card.hide()
      return
    }
    const { scene, cloud } = this.model
    card.show(this.data, point, cloud.infoVersion, scene.palette)
    const { x, y } = this.model.placeOf(point)
    card.place(toPixelX(scene, x), toPixelY(scene, y), scene.width, scene.height)
  }

  private updateCaption(now: number): void {
    const { settings, model } = this
    if (!settings) return
    if (now < this.captionDue) {
      // What changes now must be said even if nothing moves any more.
      this.captionTimer ||= window.setTimeout(() => {
        this.captionTimer = 0
        this.wake()
      }, CAPTION_MS)
      return
    }
    this.captionDue = now + CAPTION_MS
    const { scene, classes, fit } = model
    const unreachable = scene.margins ? unreachableClasses(classes, scene.margin, scene.camera.globe) : []
    const caption = captionsFor(this.data, settings, unreachable, fit).join(' ')
    if (caption === this.caption) return
    this.caption = caption
    this.events.caption(caption)
  }

  // ---- the page ----

  private openSurface(): Surface | null {
    try {
      return new GlSurface(this.canvas, () => this.wake())
    } catch {
      // A plain canvas still shows points and class vectors.
    }
    try {
      const surface = new FlatSurface(this.canvas)
      this.events.trouble(
        'This browser offers no WebGL 2: points and class vectors are drawn without regions.',
      )
      return surface
    } catch {
      this.events.trouble('This browser can not draw the stage. Training and the panels work all the same.')
      return null
    }
  }

  private watchPage(): void {
    const sizes = new ResizeObserver(() => this.resize())
    sizes.observe(this.host)
    const sight = new IntersectionObserver(([entry]) => {
      this.inSight = entry?.isIntersecting ?? true
      this.wake()
    })
    sight.observe(this.host)
    const motion = matchMedia('(prefers-reduced-motion: reduce)')
    const followMotion = (): void => {
      this.model.camera.reducedMotion = motion.matches
      this.wake()
    }
    followMotion()
    motion.addEventListener('change', followMotion)
    // Widths of labels were measured with another font until this one has loaded.
    void document.fonts.ready.then(this.restyle)
    this.cleanUps.push(
      () => sizes.disconnect(),
      () => sight.disconnect(),
      () => motion.removeEventListener('change', followMotion),
    )
  }

  private readonly restyle = (): void => {
    const theme = themeSource.current
    this.text.setFont(theme.font)
    this.model.setTheme(theme)
    this.pinnedCard.restyle()
    this.hoverCard.restyle()
    this.resize()
  }

  private resize(): void {
    const { clientWidth: width, clientHeight: height } = this.host
    if (width === 0 || height === 0 || this.request === DISPOSED) return
    this.model.resize(width, height)
    this.ratio = 0
    this.wake()
  }

  /** On a phone, one finger scrolls the page over a disc, and turns a globe. */
  private updateTouchAction(): void {
    const { globe, zoom } = this.model.camera
    this.canvas.style.touchAction = globe || zoom > 1.05 ? 'none' : 'pan-y'
  }
}

/** Which way arrow keys move the view. */
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
}
