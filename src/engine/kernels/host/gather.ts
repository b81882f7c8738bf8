import { PLAN_WIDTH, type GatherAttributes } from '../names'

export function gather(images: Int32Array, plan: Int32Array, out: Float32Array, a: GatherAttributes): void {
  const pixels = a.height * a.width
  const bytes = new Uint8Array(images.buffer, images.byteOffset, images.byteLength)
  out.fill(0)
  for (let r = 0; r < a.rows; r++) {
    const at = PLAN_WIDTH * (a.first + r)
    const from = plan[at]! * pixels
    const right = plan[at + 1]!
    const down = plan[at + 2]!
    const left = Math.max(0, right)
    const end = Math.min(a.width, a.width + right)
    for (let y = Math.max(0, down); y < Math.min(a.height, a.height + down); y++) {
      const source = from + (y - down) * a.width - right
      const target = r * pixels + y * a.width
      for (let x = left; x < end; x++) out[target + x] = bytes[source + x]! / 255
    }
  }
}
