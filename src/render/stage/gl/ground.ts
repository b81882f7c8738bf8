import { BufferAttribute, BufferGeometry, GLSL3, Mesh, RawShaderMaterial, Vector3 } from 'three'
import { MOST_RINGS } from '../fit'
import type { Rgb } from '../palette'
import type { Scene } from '../scene'
import { FEW_CLASSES, type FrameUniforms } from './frame-uniforms'
import { GROUND_FRAGMENT, GROUND_VERTEX } from './ground-shader'

/** Paper, regions, wedges and circles: one triangle that covers the view. */
export class Ground {
  readonly object: Mesh
  private readonly own = {
    uCount: { value: 0 },
    uFixedLength: { value: 0 },
    uNorm: { value: 1 },
    uDial: { value: 0 },
    uTint: { value: 0 },
    uWedge: { value: 0 },
    uRings: { value: new Float32Array(MOST_RINGS) },
    uRingCount: { value: 0 },
    uPaper: { value: new Vector3() },
    uInk: { value: new Vector3() },
    uInk3: { value: new Vector3() },
    uHairline: { value: new Vector3() },
  }
  private readonly geometry = new BufferGeometry()
  private readonly material: RawShaderMaterial
  private variant: readonly boolean[] = []

  constructor(shared: FrameUniforms) {
    this.geometry.setAttribute(
      'position',
      new BufferAttribute(new Float32Array([-1, -1, 0, 3, -1, 0, -1, 3, 0]), 3),
    )
    this.material = new RawShaderMaterial({
      glslVersion: GLSL3,
      vertexShader: GROUND_VERTEX,
      fragmentShader: GROUND_FRAGMENT,
      depthTest: false,
      depthWrite: false,
      uniforms: {
        ...this.own,
        uFit: shared.fit,
        uClasses: shared.classes,
        uLogits: shared.logits,
        uPsi: shared.psi,
        uDensity: shared.density,
        uReach: shared.reach,
        uMorph: shared.morph,
        uDisc: shared.disc,
        uPixel: shared.pixel,
        uLine: shared.line,
        uRatio: shared.ratio,
        uRotation: shared.rotation,
      },
    })
    this.object = new Mesh(this.geometry, this.material)
    this.object.frustumCulled = false
    this.object.renderOrder = 0
  }

  update(scene: Scene): void {
    const { own } = this
    const { classes, palette, rings, camera } = scene
    this.setVariant(scene)
    own.uCount.value = classes.count
    own.uFixedLength.value = scene.lengthCounts ? 0 : classes.featureLength
    own.uNorm.value = classes.featureLength
    own.uDial.value = scene.layout.dial
    own.uTint.value = palette.tint
    own.uWedge.value = palette.wedge
    own.uRingCount.value = rings.count
    const scale = (camera.globe ? scene.layout.globe : scene.layout.rawDisc) / scene.reach
    for (let k = 0; k < rings.count; k++) own.uRings.value[k] = rings.norms[k]! * scale
    setColour(own.uPaper.value, palette.paper)
    setColour(own.uInk.value, palette.ink)
    setColour(own.uInk3.value, palette.ink3)
    setColour(own.uHairline.value, palette.hairline)
  }

  /** Takes the shader that draws what is to be seen and no more. */
  private setVariant({ classes, camera, margin, regions, margins, morph }: Scene): void {
    const shown = classes.count > 0
    const few = classes.count <= FEW_CLASSES
    const demanded = shown && margins && margin.active
    const ring = !camera.globe && morph > 0
    const variant = [few, camera.globe, shown && regions, demanded, demanded && margin.grows, ring]
    if (variant.every((on, k) => on === this.variant[k])) return
    this.variant = variant
    const names = ['FEW_CLASSES', 'GLOBE', 'REGIONS', 'MARGINS', 'GROWS', 'RING']
    const on = names.filter((_, k) => variant[k])
    this.material.defines = Object.fromEntries(on.map((name) => [name, FEW_CLASSES]))
    this.material.needsUpdate = true
  }

  dispose(): void {
    this.geometry.dispose()
    this.material.dispose()
  }
}

export function setColour(vector: Vector3, [r, g, b]: Rgb): void {
  vector.set(r, g, b)
}
