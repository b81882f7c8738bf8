import { pointScale } from './point-size'
import { discRadius, placePoint, toPixelX, toPixelY, unitPixels, type Place, type Scene } from './scene'
import { SEGMENT_STRIDE } from './segments'
import type { PlacedScene, Surface } from './surface'

/** Draws points and class vectors on a plain canvas, where WebGL is missing; regions are left out. */
export class FlatSurface implements Surface {
  private readonly place: Place = { x: 0, y: 0, z: 0 }

  /** @param context of the page's canvas, or of a worker's */
  constructor(private readonly context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D) {}

  resize(width: number, height: number, pixelRatio: number): void {
    const { canvas } = this.context
    canvas.width = Math.round(width * pixelRatio)
    canvas.height = Math.round(height * pixelRatio)
    this.context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0)
  }

  draw(stages: readonly PlacedScene<Scene>[]): void {
    for (const { scene, left, top } of stages) {
      this.context.save()
      this.context.translate(left, top)
      this.drawGround(scene)
      this.drawPoints(scene)
      this.drawSegments(scene)
      this.context.restore()
    }
  }

  finished(): Promise<void> {
    return Promise.resolve()
  }

  dispose(): void {
    // A plain canvas holds nothing that must be given back.
  }

  private drawGround(scene: Scene): void {
    const { context } = this
    const { theme } = scene.palette
    context.globalAlpha = 1
    context.fillStyle = theme.paper
    context.fillRect(0, 0, scene.width, scene.height)
    context.strokeStyle = theme.ink3
    context.lineWidth = theme.line
    const disc = discRadius(scene)
    this.strokeCircle(scene, disc)
    context.strokeStyle = theme.hairline
    const { rings, morph, reach } = scene
    if (morph > 0) return
    for (let k = 0; k < rings.count; k++) this.strokeCircle(scene, (rings.norms[k]! * disc) / reach)
  }

  private strokeCircle(scene: Scene, radius: number): void {
    const { context } = this
    context.beginPath()
    context.arc(toPixelX(scene, 0), toPixelY(scene, 0), radius * unitPixels(scene), 0, 2 * Math.PI)
    context.stroke()
  }

  private drawPoints(scene: Scene): void {
    const { context, place } = this
    const { cloud, classes, palette, pointSize } = scene
    for (let i = 0; i < cloud.count; i++) {
      const label = cloud.info[4 * i]!
      const strength = classes.strength[label]!
      if (strength === 0) continue
      placePoint(scene, i, place)
      context.globalAlpha = palette.point * strength * (scene.camera.globe && place.z < 0 ? 0.3 : 1)
      context.fillStyle = palette.classText[label]!
      context.beginPath()
      context.arc(
        toPixelX(scene, place.x),
        toPixelY(scene, place.y),
        (pointSize / 2) * pointScale(cloud.info[4 * i + 3]!),
        0,
        2 * Math.PI,
      )
      context.fill()
    }
  }

  private drawSegments(scene: Scene): void {
    const { context } = this
    const { data, count } = scene.segments
    for (let i = 0; i < count; i++) {
      const s = i * SEGMENT_STRIDE
      const r = 255 * data[s + 4]!
      const g = 255 * data[s + 5]!
      const b = 255 * data[s + 6]!
      context.globalAlpha = data[s + 7]!
      context.strokeStyle = `rgb(${r} ${g} ${b})`
      context.lineWidth = data[s + 8]!
      context.beginPath()
      context.moveTo(toPixelX(scene, data[s]!), toPixelY(scene, data[s + 1]!))
      context.lineTo(toPixelX(scene, data[s + 2]!), toPixelY(scene, data[s + 3]!))
      context.stroke()
    }
  }
}
