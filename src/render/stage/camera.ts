/** Milliseconds in which the view follows the hand, as a time constant. */
const FOLLOW_MS = 70
/** Radians a second of the idle turn. */
const IDLE_TURN = 0.1
const HOME = { azimuth: -0.5, elevation: 0.38, zoom: 1, panX: 0, panY: 0 }
const MOST_ELEVATION = 1.45
const ZOOM_2D = { least: 0.7, most: 40 }
const ZOOM_3D = { least: 0.6, most: 12 }

/** From where one looks. */
export interface CameraPlace {
  /** Turn of the globe about its poles, and tilt of the poles towards the viewer; radians. */
  azimuth: number
  elevation: number
  zoom: number
  /** Where the origin is, in stage units (half of the smaller side of the stage), y upwards. */
  panX: number
  panY: number
}

/**
 * How the viewer looks at the stage: an orthographic view of a disc that zooms and pans, or of a globe that
 * turns and zooms. What the hand asks for is `aim`; the view follows it smoothly.
 */
export class Camera implements CameraPlace {
  azimuth = HOME.azimuth
  elevation = HOME.elevation
  zoom = 1
  panX = 0
  panY = 0
  /** 3 × 3, row by row: from feature space to the viewer's right, up and towards the viewer. */
  readonly rotation = new Float32Array(9)
  /** Follow at once, and never turn by itself. */
  reducedMotion = false
  /** The slow turn goes on until a hand touches the globe. */
  touched = false
  /** Holds the slow turn, so that a point can be aimed at. */
  held = false
  private readonly aim: CameraPlace = { ...HOME }
  private last = NaN

  /** @param globe whether it looks at a globe that turns, or at a disc that pans */
  constructor(readonly globe: boolean) {
    this.updateRotation()
  }

  /** Where a hand has brought it; null for the home view. */
  get place(): CameraPlace | null {
    const { aim } = this
    const home = this.globe ? !this.touched : aim.zoom === 1 && aim.panX === 0 && aim.panY === 0
    return home ? null : { ...aim }
  }

  /** What is out of reach is brought within. */
  set place(place: CameraPlace | null) {
    this.reset()
    if (!place) return
    const { least, most } = this.globe ? ZOOM_3D : ZOOM_2D
    const elevation = clamp(place.elevation, -MOST_ELEVATION, MOST_ELEVATION)
    Object.assign(this.aim, place, { elevation, zoom: clamp(place.zoom, least, most) })
    this.touched = true
    this.keepInSight()
  }

  get turning(): boolean {
    return this.globe && !this.touched && !this.held && !this.reducedMotion
  }

  /** Turns the globe by radians to the right and up. */
  turn(right: number, up: number): void {
    this.touched = true
    this.aim.azimuth += right
    this.aim.elevation = clamp(this.aim.elevation + up, -MOST_ELEVATION, MOST_ELEVATION)
  }

  /** Moves the disc, in stage units. */
  pan(right: number, up: number): void {
    this.aim.panX += right
    this.aim.panY += up
    this.keepInSight()
  }

  /** Zooms by `factor`; what is at (x, y), in stage units, stays there on the disc. */
  zoomBy(factor: number, x: number, y: number): void {
    const { least, most } = this.globe ? ZOOM_3D : ZOOM_2D
    const zoom = clamp(this.aim.zoom * factor, least, most)
    const scale = zoom / this.aim.zoom
    this.touched = true
    this.aim.zoom = zoom
    if (this.globe) return
    this.aim.panX = x - (x - this.aim.panX) * scale
    this.aim.panY = y - (y - this.aim.panY) * scale
    this.keepInSight()
  }

  /** Back to the home view, by the shorter way around. */
  reset(): void {
    this.touched = false
    const turns = Math.round((this.azimuth - HOME.azimuth) / (2 * Math.PI))
    Object.assign(this.aim, HOME, { azimuth: HOME.azimuth + 2 * Math.PI * turns })
  }

  /**
   * @param now the time of the frame: several stages may move the same camera on, and it moves but once
   * @returns whether the view still moves, apart from the slow turn
   */
  advance(ms: number, now = NaN): boolean {
    const { aim } = this
    const passed = now - this.last < ms ? now - this.last : ms
    this.last = now
    if (this.turning) aim.azimuth += (IDLE_TURN * passed) / 1000
    const share = this.reducedMotion ? 1 : 1 - Math.exp(-passed / FOLLOW_MS)
    const far =
      Math.abs(aim.azimuth - this.azimuth) +
      Math.abs(aim.elevation - this.elevation) +
      Math.abs(aim.zoom / this.zoom - 1) +
      Math.abs(aim.panX - this.panX) +
      Math.abs(aim.panY - this.panY)
    if (far === 0) return false
    const settled = far < 1e-4
    const part = settled ? 1 : share
    this.azimuth += part * (aim.azimuth - this.azimuth)
    this.elevation += part * (aim.elevation - this.elevation)
    this.zoom += part * (aim.zoom - this.zoom)
    this.panX += part * (aim.panX - this.panX)
    this.panY += part * (aim.panY - this.panY)
    this.updateRotation()
    return !settled && !this.turning
  }

  /** The disc may leave the middle, but not the stage. */
  private keepInSight(): void {
    const { aim } = this
    const most = Math.max(0, aim.zoom - 0.5)
    aim.panX = clamp(aim.panX, -most, most)
    aim.panY = clamp(aim.panY, -most, most)
  }

  private updateRotation(): void {
    const { rotation: m } = this
    if (!this.globe) {
      m.fill(0)
      m[0] = m[4] = m[8] = 1
      return
    }
    const ca = Math.cos(this.azimuth)
    const sa = Math.sin(this.azimuth)
    const ce = Math.cos(this.elevation)
    const se = Math.sin(this.elevation)
    m[0] = ca
    m[1] = 0
    m[2] = sa
    m[3] = se * sa
    m[4] = ce
    m[5] = -se * ca
    m[6] = -ce * sa
    m[7] = se
    m[8] = ce * ca
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}
