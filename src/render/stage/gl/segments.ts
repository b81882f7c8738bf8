import {
  DynamicDrawUsage,
  Float32BufferAttribute,
  GLSL3,
  InstancedBufferGeometry,
  InstancedInterleavedBuffer,
  InterleavedBufferAttribute,
  Mesh,
  RawShaderMaterial,
  Vector3,
} from 'three'
import type { Scene } from '../scene'
import { SEGMENT_STRIDE } from '../segments'
import type { FrameUniforms } from './frame-uniforms'
import { setColour } from './ground'

const VERTEX = /* glsl */ `
precision highp float;
uniform vec4 uFit;
uniform float uPixel;
uniform float uRatio;
in vec2 corner;   // along 0 … 1, across −1 … 1
in vec2 start;
in vec2 end;
in vec4 colour;
in vec3 shape;    // width and head in CSS pixels, casing
out vec4 vColour;
out vec3 vPlace;  // along from the start and back from the end, across; pixels of the device
out vec3 vShape;
void main() {
  vec2 way = end - start;
  float span = length(way);
  vec2 along = span > 0.0 ? way / span : vec2(1.0, 0.0);
  float head = shape.y * uRatio;
  float width = shape.x * uRatio;
  float room = max(0.5 * width, 0.3 * head) + 3.0 * uRatio;
  float margin = shape.z > 0.5 ? 2.0 * uRatio : 1.0;
  float total = span / uPixel;
  float s = mix(-margin, total + margin, corner.x);
  vec2 place = start + (along * s + vec2(-along.y, along.x) * corner.y * room) * uPixel;
  vPlace = vec3(s, total - s, corner.y * room);
  vShape = vec3(width, head, shape.z);
  vColour = colour;
  gl_Position = vec4(place * uFit.xy + uFit.zw, 0.0, 1.0);
}`

const FRAGMENT = /* glsl */ `
precision highp float;
uniform vec3 uPaper;
uniform float uRatio;
in vec4 vColour;
in vec3 vPlace;
in vec3 vShape;
out vec4 outColour;

/** Coverage of the line and its head, grown by some pixels. */
float coverage(float grown) {
  // Pieces of a curve reach half a pixel into each other, or gaps would show between them.
  float ends = clamp(vPlace.x + grown + 1.0, 0.0, 1.0) * clamp(vPlace.y + grown + 1.0, 0.0, 1.0);
  float line = clamp(0.5 * vShape.x + grown + 0.5 - abs(vPlace.z), 0.0, 1.0);
  if (vShape.y == 0.0) return ends * line;
  // The line ends within its head, which is a slender triangle.
  line *= clamp(vPlace.y - 0.6 * vShape.y + 0.5, 0.0, 1.0);
  float side = (abs(vPlace.z) - 0.3 * vPlace.y) * 0.958;
  float back = vPlace.y - vShape.y;
  float head = clamp(0.5 + grown - max(side, back), 0.0, 1.0);
  return max(line * ends, head);
}

void main() {
  float ink = coverage(0.0);
  float casing = vShape.z > 0.5 ? 0.75 * coverage(1.1 * uRatio) : 0.0;
  float alpha = max(ink, casing) * vColour.a;
  if (alpha < 0.004) discard;
  outColour = vec4(mix(uPaper, vColour.rgb, casing > 0.0 ? ink : 1.0), alpha);
}`

/** Draws a list of segments: class vectors as arrows, and arcs of angles. */
export class SegmentsLayer {
  readonly object: Mesh<InstancedBufferGeometry, RawShaderMaterial>
  private readonly paper = { value: new Vector3() }
  private buffer = new InstancedInterleavedBuffer(new Float32Array(0), SEGMENT_STRIDE)

  constructor(shared: FrameUniforms) {
    const material = new RawShaderMaterial({
      glslVersion: GLSL3,
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
      transparent: true,
      depthTest: false,
      depthWrite: false,
      uniforms: {
        uFit: shared.fit,
        uPixel: shared.pixel,
        uRatio: shared.ratio,
        uPaper: this.paper,
      },
    })
    this.object = new Mesh(new InstancedBufferGeometry(), material)
    this.object.frustumCulled = false
    this.object.renderOrder = 5
  }

  update({ segments, palette }: Scene): void {
    if (this.buffer.array !== segments.data) this.adopt(segments.data)
    this.buffer.needsUpdate = true
    this.object.geometry.instanceCount = segments.count
    this.object.visible = segments.count > 0
    setColour(this.paper.value, palette.paper)
  }

  dispose(): void {
    this.object.geometry.dispose()
    this.object.material.dispose()
  }

  private adopt(data: Float32Array): void {
    this.object.geometry.dispose()
    const geometry = new InstancedBufferGeometry()
    this.buffer = new InstancedInterleavedBuffer(data, SEGMENT_STRIDE).setUsage(DynamicDrawUsage)
    const part = (size: number, offset: number) => new InterleavedBufferAttribute(this.buffer, size, offset)
    geometry.setAttribute('corner', new Float32BufferAttribute([0, -1, 1, -1, 0, 1, 1, 1], 2))
    geometry.setIndex([0, 1, 2, 2, 1, 3])
    geometry.setAttribute('start', part(2, 0))
    geometry.setAttribute('end', part(2, 2))
    geometry.setAttribute('colour', part(4, 4))
    geometry.setAttribute('shape', part(3, 8))
    this.object.geometry = geometry
  }
}
