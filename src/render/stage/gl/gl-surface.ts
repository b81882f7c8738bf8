import { Camera, LinearSRGBColorSpace, Scene as GlScene, WebGLRenderer, type Mesh } from 'three'
import type { StageScene } from '../scene'
import type { PlacedScene, Surface } from '../surface'
import { FrameUniforms } from './frame-uniforms'
import { Ground, type Compile } from './ground'
import { PointsLayer } from './points'
import { SegmentsLayer } from './segments'

/** What the graphics card holds for one stage. */
class GlStage {
  readonly root = new GlScene()
  private readonly uniforms: FrameUniforms
  private readonly ground: Ground
  private readonly points: PointsLayer
  private readonly segments: SegmentsLayer

  constructor(
    private readonly scene: StageScene,
    compile: Compile,
    changed: () => void,
  ) {
    this.uniforms = new FrameUniforms(scene)
    this.ground = new Ground(this.uniforms, compile, changed)
    this.points = new PointsLayer(this.uniforms)
    this.segments = new SegmentsLayer(this.uniforms)
    this.root.add(this.ground.object, this.points.object, this.segments.object)
    // Shaders place everything themselves.
    this.root.matrixWorldAutoUpdate = false
  }

  update(pixelRatio: number): void {
    this.uniforms.update(this.scene, pixelRatio)
    this.ground.update(this.scene)
    this.points.update(this.scene, pixelRatio)
    this.segments.update(this.scene)
  }

  dispose(): void {
    this.uniforms.dispose()
    this.ground.dispose()
    this.points.dispose()
    this.segments.dispose()
  }
}

/** How often the graphics card is asked whether it is done. */
const POLL_MS = 30

/** Draws stages with WebGL: one renderer, a scissored view for each stage. */
export class GlSurface implements Surface {
  private readonly renderer: WebGLRenderer
  private readonly context: WebGL2RenderingContext
  private readonly stages = new Map<StageScene, GlStage>()
  private readonly camera = new Camera()
  private pixelRatio = 1

  /**
   * @param changed called when there is something new to draw by itself
   * @throws {Error} when there is no WebGL 2
   */
  constructor(
    readonly canvas: HTMLCanvasElement,
    private readonly changed: () => void,
  ) {
    const context = canvas.getContext('webgl2', {
      alpha: false,
      antialias: false,
      depth: false,
      stencil: false,
    })
    if (!context) throw new Error('this browser has no WebGL 2')
    this.context = context
    this.renderer = new WebGLRenderer({ canvas, context })
    // Colours are those of the theme, as they are: nothing is converted.
    this.renderer.outputColorSpace = LinearSRGBColorSpace
    this.renderer.sortObjects = true
    this.renderer.autoClear = false
    canvas.addEventListener('webglcontextrestored', changed)
    // Asking for a shader's errors waits until it is built.
    this.renderer.debug.checkShaderErrors = import.meta.env.DEV
  }

  resize(width: number, height: number, pixelRatio: number): void {
    this.pixelRatio = pixelRatio
    this.renderer.setPixelRatio(pixelRatio)
    this.renderer.setSize(width, height, false)
  }

  draw(stages: readonly PlacedScene[]): void {
    const { renderer } = this
    const height = this.canvas.height / this.pixelRatio
    renderer.setScissorTest(true)
    for (const { scene, left, top } of stages) {
      const bottom = height - top - scene.height
      renderer.setViewport(left, bottom, scene.width, scene.height)
      renderer.setScissor(left, bottom, scene.width, scene.height)
      const stage = this.stageOf(scene)
      stage.update(this.pixelRatio)
      renderer.render(stage.root, this.camera)
    }
  }

  async finished(): Promise<void> {
    const { context } = this
    const sync = context.fenceSync(context.SYNC_GPU_COMMANDS_COMPLETE, 0)
    // Else nothing would be sent to the card, and the fence with it.
    context.flush()
    const done = (): boolean =>
      sync === null ||
      context.isContextLost() ||
      context.getSyncParameter(sync, context.SYNC_STATUS) === context.SIGNALED
    while (!done()) await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    context.deleteSync(sync)
  }

  dispose(): void {
    for (const stage of this.stages.values()) stage.dispose()
    this.renderer.dispose()
    // Browsers allow only a few contexts: this one must not wait for the garbage collector.
    this.renderer.forceContextLoss()
  }

  /** Builds a mesh's shader and draws one pixel with it, as some drivers finish a shader when it is first used. */
  private async compile(mesh: Mesh): Promise<void> {
    const { renderer, camera } = this
    await renderer.compileAsync(mesh, camera)
    renderer.setScissorTest(true)
    renderer.setScissor(0, 0, 1, 1)
    renderer.render(mesh, camera)
  }

  private stageOf(scene: StageScene): GlStage {
    let stage = this.stages.get(scene)
    if (!stage) {
      const compile: Compile = (mesh) => this.compile(mesh)
      this.stages.set(scene, (stage = new GlStage(scene, compile, this.changed)))
    }
    return stage
  }
}
