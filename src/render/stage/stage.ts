import { themeSource } from '../theme'
import { throttle } from '../throttle'
import { captionsFor, unreachableClasses } from './captions'
import { Cards } from './cards'
import { FlatSurface } from './flat-surface'
import { FrameLoop, type Motion } from './frame-loop'
import { GlSurface } from './gl/gl-surface'
import { MOUSE_REACH, StageGestures } from './gestures'
import { StageInput } from './input'
import { Labels } from './labels'
import { StageLink } from './link'
import { StageModel } from './model'
import { pickPoint } from './pick'
import { paintPicture, PICTURE_SCALE, type StagePicture } from './picture'
import type { StageData, StageSettings } from './stage-data'
import type { PlacedScene, Surface } from './surface'
import { TextLayer } from './text-layer'
import { watchPage } from './watch-page'
import './stage.css'

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
/** A stage on the page: follows data and settings, and draws only when something changed or moves. */
export class Stage {
  readonly canvas = document.createElement('canvas')
  private readonly text = new TextLayer()
  private readonly model: StageModel
  private readonly placed: readonly PlacedScene[]
  private readonly surface: Surface | null
  private readonly cards: Cards
  private readonly cleanUps: (() => void)[] = []
  private settings: StageSettings | null = null
  private readonly loop = new FrameLoop((ms, now) => this.frame(ms, now))
  private marked = false
  /** Pixels drawn for one CSS pixel, in each direction; 0 asks for a new size. */
  private ratio = 0
  private dataDirty = true
  private hovered = -1
  /** The class whose arrow the pointer is at. */
  private pointed = -1
  /** Where the pointer is, while it is over the stage. */
  private pointer: { readonly x: number; readonly y: number } | null = null
  private readonly say = throttle(() => this.updateCaption(), CAPTION_MS)
  private caption = ''
  private touchAction = ''

  /**
   * @param host the element that the stage fills; the stage puts its parts into it
   * @param link what it has in common with the stages beside it
   */
  constructor(
    private readonly host: HTMLElement,
    private data: StageData,
    private readonly events: StageEvents,
    private readonly link = new StageLink(),
  ) {
    const theme = themeSource.current
    this.text.setFont(theme.font)
    this.model = new StageModel(data, new Labels(this.text.measure), theme, link)
    this.placed = [{ scene: this.model.scene, left: 0, top: 0 }]
    this.canvas.className = 'stage-canvas'
    this.canvas.tabIndex = 0
    this.canvas.setAttribute('role', 'img')
    this.cards = new Cards(data, this.model)
    host.append(this.canvas, this.text.element, ...this.cards.elements)
    this.surface = this.openSurface()
    const input = new StageInput(this.canvas, this.gestures())
    const stopWatching = watchPage(host, {
      resized: () => this.resize(),
      sight: (seen) => {
        this.loop.inSight = seen
      },
      reducedMotion: (reduced) => {
        link.reducedMotion = reduced
      },
      fontsLoaded: () => this.restyle(),
    })
    const leave = link.join(() => this.loop.wake())
    this.cleanUps.push(() => input.stop(), leave, stopWatching, themeSource.subscribe(this.restyle))
    this.restyle()
  }

  /** Shows other data from now on; a new stage would take long to open. */
  setData(data: StageData): void {
    if (data === this.data) return
    this.data = data
    this.model.setData(data)
    this.cards.setData(data)
    this.dataChanged()
  }

  /** The data have changed. */
  dataChanged(): void {
    this.dataDirty = true
    this.loop.wake()
  }

  setSettings(settings: StageSettings): void {
    this.settings = settings
    this.model.setSettings(settings)
    this.say.cancel()
    this.loop.wake()
  }

  /** What a reader who does not see the stage is told. */
  describe(text: string): void {
    this.canvas.setAttribute('aria-label', text)
  }

  /**
   * The stage as it is now, with its labels, at twice its size.
   * @throws where there is nothing to draw on
   */
  picture(): StagePicture {
    const { surface, model } = this
    if (!surface) throw new Error('there is nothing to draw on')
    const { width, height } = model.scene
    surface.resize(width, height, PICTURE_SCALE)
    this.ratio = 0
    surface.draw(this.placed)
    const canvas = paintPicture(this.canvas, model.labels.list, themeSource.current)
    this.loop.wake()
    const { left, top } = this.host.getBoundingClientRect()
    return { canvas, left, top }
  }

  dispose(): void {
    this.loop.stop()
    this.say.cancel()
    for (const cleanUp of this.cleanUps) cleanUp()
    this.surface?.dispose()
    this.host.replaceChildren()
  }

  private gestures(): StageGestures {
    const pinned = (): number | null => this.settings?.pinned ?? null
    return new StageGestures(this.model, {
      wake: () => this.link.wake(),
      point: (at) => {
        this.pointer = at
        if (!at) this.link.point(-1)
      },
      pin: (point) => this.events.pin(point),
      get pinned() {
        return pinned()
      },
    })
  }

  // ---- the loop ----

  private frame(ms: number, now: number): Motion {
    const { model } = this
    if (this.dataDirty) {
      this.dataDirty = false
      model.updateData()
    }
    const moves = model.advance(ms, now)
    this.updateHovered()
    const pinned = this.pinnedPoint()
    const settles = model.compose(pinned, this.hovered, this.pointed)
    const motion = moves || settles ? 'moving' : model.camera.turning ? 'slow' : 'rest'
    this.draw(motion !== 'rest')
    this.text.setLabels(model.labels.list, model.labels.generation)
    this.cards.update(pinned, this.hovered)
    this.say()
    this.updateTouchAction()
    return motion
  }

  /** Draws: in full at rest, and as finely as the device manages while things move. */
  private draw(moving: boolean): void {
    const { surface, model } = this
    const ratio = Math.min(3, devicePixelRatio) * (moving ? this.loop.pace.scale : 1)
    if (ratio !== this.ratio) {
      this.ratio = ratio
      surface?.resize(model.scene.width, model.scene.height, ratio)
    }
    surface?.draw(this.placed)
    if (!this.marked && model.cloud.count > 0) {
      // For benchmarks, in the page's timeline.
      performance.mark('first-features')
      this.marked = true
      const finished = surface?.finished() ?? Promise.resolve()
      void finished.then(() => performance.mark('stage-drawn'))
    }
  }

  private pinnedPoint(): number {
    const pinned = this.settings?.pinned ?? null
    return pinned !== null && pinned < this.model.cloud.count ? pinned : -1
  }

  private updateHovered(): void {
    const { pointer, model, link } = this
    if (pointer) link.point(pickPoint(model.scene, pointer.x, pointer.y, MOUSE_REACH))
    this.setHovered(link.hovered < model.cloud.count ? link.hovered : -1)
    this.pointed = pointer ? model.arrowAt(pointer.x, pointer.y, MOUSE_REACH) : -1
  }

  private setHovered(point: number): void {
    this.hovered = point
    this.model.camera.held = point >= 0 || this.pinnedPoint() >= 0 || this.loop.pace.slow
    this.canvas.style.cursor = point >= 0 ? 'pointer' : ''
  }

  private updateCaption(): void {
    const { settings, model } = this
    if (!settings) return
    const { scene, classes, fit } = model
    const unreachable = scene.margins ? unreachableClasses(classes, scene.margin, scene.camera.globe) : []
    const more = [...model.terms.captions(), ...(model.sizes.caption === null ? [] : [model.sizes.caption])]
    const caption = captionsFor(this.data, settings, unreachable, fit, more).join(' ')
    if (caption === this.caption) return
    this.caption = caption
    this.events.caption(caption)
  }

  // ---- the page ----

  private openSurface(): Surface | null {
    try {
      return new GlSurface(this.canvas, () => this.loop.wake())
    } catch {
      // A plain canvas still shows points and class vectors.
    }
    try {
      const context = this.canvas.getContext('2d')
      if (!context) throw new Error('this browser can not draw')
      const surface = new FlatSurface(context)
      this.events.trouble(
        'This browser offers no WebGL 2: points and class vectors are drawn without regions.',
      )
      return surface
    } catch {
      this.events.trouble('This browser can not draw the stage. Training and the panels work all the same.')
      return null
    }
  }

  private readonly restyle = (): void => {
    const theme = themeSource.current
    this.text.setFont(theme.font)
    this.model.setTheme(theme)
    this.cards.restyle()
    this.resize()
  }

  private resize(): void {
    const { clientWidth: width, clientHeight: height } = this.host
    if (width === 0 || height === 0) return
    this.model.resize(width, height)
    this.ratio = 0
    this.loop.wake()
  }

  /** On a phone, one finger scrolls the page over a disc, and turns a globe. */
  private updateTouchAction(): void {
    const { globe, zoom } = this.model.camera
    const action = globe || zoom > 1.05 ? 'none' : 'pan-y'
    if (action === this.touchAction) return
    this.touchAction = action
    this.canvas.style.touchAction = action
  }
}
