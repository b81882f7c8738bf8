import { DataTexture, FloatType, Matrix3, NearestFilter, RedFormat, RGBAFormat, Vector4 } from 'three'
import { RING_BINS } from '../density-ring'
import { discRadius, unitPixels, type StageScene } from '../scene'

/** Up to so many class vectors are uniforms of the shader: every device has room for these. */
export const FEW_VECTORS = 64

/** Values that all layers of a view share, written once a frame. */
export class FrameUniforms {
  readonly fit = { value: new Vector4() }
  /** Stage units in a pixel of the device. */
  readonly pixel = { value: 0 }
  readonly ratio = { value: 1 }
  readonly line = { value: 1 }
  readonly disc = { value: 1 }
  readonly reach = { value: 1 }
  readonly morph = { value: 0 }
  readonly globe = { value: false }
  /** Columns are the feature axes in view space. */
  readonly rotation = { value: new Matrix3() }
  readonly classes = { value: floatTexture(1, 3, 4) }
  /** What the logits of few class vectors are computed from: 4 each. */
  readonly logits = { value: new Float32Array(4 * FEW_VECTORS) }
  readonly psi: { value: DataTexture }
  readonly density = { value: floatTexture(RING_BINS, 1, 1) }
  private psiVersion = -1
  private densityVersion = -1
  private ring = 0

  constructor(scene: StageScene) {
    this.psi = { value: floatTexture(scene.margin.size, 1, 1) }
  }

  update(scene: StageScene, pixelRatio: number): void {
    const { width, height, camera, margin, density, palette, layout } = scene
    const side = Math.min(width, height)
    const sx = side / width
    const sy = side / height
    this.fit.value.set(camera.zoom * sx, camera.zoom * sy, camera.panX * sx, camera.panY * sy)
    this.pixel.value = 1 / (unitPixels(scene) * pixelRatio)
    this.ratio.value = pixelRatio
    // A hairline is a pixel of the device at least; where pixels are coarse, a paler one.
    this.line.value = Math.max(Math.min(1, pixelRatio), 0.8 * palette.theme.line * pixelRatio)
    this.disc.value = discRadius(scene)
    this.reach.value = scene.reach
    this.morph.value = scene.morph
    this.globe.value = camera.globe
    // three keeps matrices column by column, and ours is row by row.
    this.rotation.value.fromArray(camera.rotation).transpose()
    if (margin.version !== this.psiVersion) {
      this.psiVersion = margin.version
      fill(this.psi.value, margin.values)
    }
    if (density.version !== this.densityVersion || layout.ring !== this.ring) {
      this.densityVersion = density.version
      this.ring = layout.ring
      const heights = this.density.value.image.data as Float32Array
      for (let i = 0; i < RING_BINS; i++) heights[i] = layout.ring * density.heights[i]!
      this.density.value.needsUpdate = true
    }
    this.updateClasses(scene)
  }

  dispose(): void {
    for (const { value } of [this.classes, this.psi, this.density]) value.dispose()
  }

  private updateClasses({ classes, camera: { rotation: m }, palette }: StageScene): void {
    const { count, rows, directions, lengths, bias, strength } = classes
    const room = Math.max(1, rows)
    if (this.classes.value.image.width !== room) {
      this.classes.value.dispose()
      this.classes.value = floatTexture(room, 3, 4)
    }
    const texels = this.classes.value.image.data as Float32Array
    for (let j = 0; j < count; j++) {
      const colour = palette.classes[j]!
      for (let c = 0; c < 3; c++) texels[4 * j + c] = colour[c]!
      texels[4 * j + 3] = strength[j]!
    }
    for (let row = 0; row < rows; row++) {
      const x = directions[3 * row]!
      const y = directions[3 * row + 1]!
      const z = directions[3 * row + 2]!
      const v = lengths[row]!
      const logit = 4 * (rows + row)
      const length = 4 * (2 * rows + row)
      texels[logit] = v * (m[0]! * x + m[1]! * y + m[2]! * z)
      texels[logit + 1] = v * (m[3]! * x + m[4]! * y + m[5]! * z)
      texels[logit + 2] = v * (m[6]! * x + m[7]! * y + m[8]! * z)
      texels[logit + 3] = bias[classes.ownerOf(row)]!
      texels[length] = v
    }
    const { logits } = this
    if (rows <= FEW_VECTORS) logits.value.set(texels.subarray(4 * rows, 8 * rows))
    this.classes.value.needsUpdate = true
  }
}

function floatTexture(width: number, height: number, channels: 1 | 4): DataTexture {
  const texture = new DataTexture(
    new Float32Array(width * height * channels),
    width,
    height,
    channels === 1 ? RedFormat : RGBAFormat,
    FloatType,
  )
  // Floats can be filtered on some devices only: shaders read texels and interpolate themselves.
  texture.minFilter = texture.magFilter = NearestFilter
  texture.needsUpdate = true
  return texture
}

function fill(texture: DataTexture, values: Float32Array): void {
  ;(texture.image.data as Float32Array).set(values)
  texture.needsUpdate = true
}
