import {
  BufferAttribute,
  BufferGeometry,
  DynamicDrawUsage,
  GLSL3,
  Group,
  Points,
  RawShaderMaterial,
  Vector3,
} from 'three'
import type { Scene } from '../scene'
import type { FrameUniforms } from './frame-uniforms'
import { setColour } from './ground'
import { POINTS_FRAGMENT, POINTS_VERTEX } from './points-shader'

/** Far points first, then near ones, those that the net gets wrong on top: no sorting is needed. */
const PASSES = 3

/** All points of a stage, in one geometry that is drawn in passes. */
export class PointsLayer {
  readonly object = new Group()
  private geometry = new BufferGeometry()
  private readonly passes: Points<BufferGeometry, RawShaderMaterial>[]
  private readonly size = { value: 4 }
  private readonly opacity = { value: 0.8 }
  private readonly ring = { value: 1 }
  private readonly ink = { value: new Vector3() }
  private position = new BufferAttribute(new Float32Array(0), 4)
  private info = new BufferAttribute(new Uint8Array(0), 4)
  private version = -1
  private infoVersion = -1

  constructor(shared: FrameUniforms) {
    this.passes = Array.from({ length: PASSES }, (_, pass) => {
      const material = new RawShaderMaterial({
        glslVersion: GLSL3,
        vertexShader: POINTS_VERTEX,
        fragmentShader: POINTS_FRAGMENT,
        transparent: true,
        depthTest: false,
        depthWrite: false,
        uniforms: {
          uPass: { value: pass },
          uSize: this.size,
          uOpacity: this.opacity,
          uInk: this.ink,
          uRing: this.ring,
          uClasses: shared.classes,
          uDensity: shared.density,
          uFit: shared.fit,
          uRotation: shared.rotation,
          uReach: shared.reach,
          uMorph: shared.morph,
          uDisc: shared.disc,
          uGlobe: shared.globe,
          uLine: shared.line,
        },
      })
      const points = new Points(this.geometry, material)
      points.frustumCulled = false
      points.renderOrder = 1 + pass
      return points
    })
    this.object.add(...this.passes)
  }

  update(scene: Scene, pixelRatio: number): void {
    const { cloud, palette, camera } = scene
    if (this.position.array !== cloud.position) this.adopt(scene)
    if (cloud.version !== this.version) {
      this.version = cloud.version
      this.position.needsUpdate = true
    }
    if (cloud.infoVersion !== this.infoVersion) {
      this.infoVersion = cloud.infoVersion
      this.info.needsUpdate = true
    }
    this.geometry.setDrawRange(0, cloud.count)
    this.passes[0]!.visible = camera.globe
    this.size.value = scene.pointSize * pixelRatio
    this.opacity.value = palette.point
    this.ring.value = scene.wrongRing
    setColour(this.ink.value, palette.ink)
  }

  dispose(): void {
    this.geometry.dispose()
    for (const { material } of this.passes) material.dispose()
  }

  /** Other points: buffers of another size. */
  private adopt({ cloud }: Scene): void {
    this.geometry.dispose()
    this.geometry = new BufferGeometry()
    this.position = new BufferAttribute(cloud.position, 4)
    this.info = new BufferAttribute(cloud.info, 4)
    this.position.setUsage(DynamicDrawUsage)
    this.info.setUsage(DynamicDrawUsage)
    this.geometry.setAttribute('position', this.position)
    this.geometry.setAttribute('info', this.info)
    for (const points of this.passes) points.geometry = this.geometry
  }
}
