import { BufferAttribute, BufferGeometry, GLSL3, Mesh, RawShaderMaterial, Vector3 } from 'three'
import { MOST_RINGS } from '../rings'
import type { Rgb } from '../palette'
import type { StageScene } from '../scene'
import { FEW_VECTORS, type FrameUniforms } from './frame-uniforms'
import { GROUND_FRAGMENT, GROUND_VERTEX } from './ground-shader'

/** Builds the shader of a mesh beside the drawing, and resolves when it can be used without waiting. */
export type Compile = (mesh: Mesh) => Promise<unknown>

const VARIANTS = ['FEW_VECTORS', 'GLOBE', 'REGIONS', 'MARGINS', 'GROWS', 'RING', 'SEVERAL'] as const

/**
 * Paper, regions, wedges and circles: one triangle that covers the view. Its shader has a variant for each set
 * of things to be seen; a new one is built in the background, and the one before is drawn until it is ready.
 */
export class Ground {
  readonly object: Mesh
  private readonly own = {
    uCount: { value: 0 },
    uSubCenters: { value: 1 },
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
  private readonly uniforms: Record<string, { value: unknown }>
  private readonly geometry = new BufferGeometry()
  private readonly ready = new Map<string, RawShaderMaterial>()
  private readonly building = new Set<string>()
  private wanted: readonly boolean[] = []
  private disposed = false

  /** @param changed called when a shader that was waited for is ready */
  constructor(
    shared: FrameUniforms,
    private readonly compile: Compile,
    private readonly changed: () => void,
  ) {
    this.geometry.setAttribute(
      'position',
      new BufferAttribute(new Float32Array([-1, -1, 0, 3, -1, 0, -1, 3, 0]), 3),
    )
    this.uniforms = {
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
    }
    this.object = this.meshOf(new RawShaderMaterial())
  }

  update(scene: StageScene): void {
    const { own } = this
    const { classes, palette, rings, camera } = scene
    this.chooseVariant(scene)
    own.uCount.value = classes.count
    own.uSubCenters.value = classes.subCenters
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

  dispose(): void {
    this.disposed = true
    this.geometry.dispose()
    for (const material of this.ready.values()) material.dispose()
  }

  /** Takes the shader that draws what is to be seen and no more, as soon as there is one. */
  private chooseVariant({ classes, camera, margin, regions, margins, morph }: StageScene): void {
    const shown = classes.count > 0
    const few = classes.rows <= FEW_VECTORS
    const several = classes.subCenters > 1
    const demanded = shown && margins && margin.active
    const ring = !camera.globe && morph > 0
    const wanted = [few, camera.globe, shown && regions, demanded, demanded && margin.grows, ring, several]
    if (wanted.every((on, k) => on === this.wanted[k])) return
    this.wanted = wanted
    const ready = this.ready.get(keyOf(wanted))
    if (ready) this.object.material = ready
    else if (this.ready.size === 0) {
      this.object.material = this.keep(keyOf(wanted), this.materialOf(wanted))
    } else void this.build(wanted)
    // The margin may come on by itself in the middle of a run, where a software renderer has no time to spare.
    if (shown && margins) void this.build([few, camera.globe, regions, true, false, ring, several])
  }

  private async build(wanted: readonly boolean[]): Promise<void> {
    const key = keyOf(wanted)
    if (this.building.has(key) || this.ready.has(key)) return
    this.building.add(key)
    const material = this.materialOf(wanted)
    await this.compile(this.meshOf(material)).finally(() => this.building.delete(key))
    if (this.disposed) return material.dispose()
    this.keep(key, material)
    // Whatever is wanted by now is looked for again.
    this.wanted = []
    this.changed()
  }

  private keep(key: string, material: RawShaderMaterial): RawShaderMaterial {
    this.ready.set(key, material)
    return material
  }

  private materialOf(wanted: readonly boolean[]): RawShaderMaterial {
    const on = VARIANTS.filter((_, k) => wanted[k])
    return new RawShaderMaterial({
      glslVersion: GLSL3,
      vertexShader: GROUND_VERTEX,
      fragmentShader: GROUND_FRAGMENT,
      depthTest: false,
      depthWrite: false,
      uniforms: this.uniforms,
      defines: Object.fromEntries(on.map((name) => [name, FEW_VECTORS])),
    })
  }

  private meshOf(material: RawShaderMaterial): Mesh {
    const mesh = new Mesh(this.geometry, material)
    mesh.frustumCulled = false
    mesh.renderOrder = 0
    return mesh
  }
}

function keyOf(variant: readonly boolean[]): string {
  return variant.map(Number).join('')
}

export function setColour(vector: Vector3, [r, g, b]: Rgb): void {
  vector.set(r, g, b)
}
