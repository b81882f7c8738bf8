import type { TensorInfo } from '@tensorflow/tfjs-core'
import { PLAN_WIDTH, type GatherAttributes } from '../names'
import type { Gpu } from './gpu'
import { elementwise, elementwiseMain, program, read, write } from './program'

export function gather(
  gpu: Gpu,
  { images, plan }: Record<'images' | 'plan', TensorInfo>,
  { first, rows, height, width }: GatherAttributes,
): TensorInfo {
  const size = rows * height * width
  const result = gpu.allocate(size)
  gpu.dispatch(shader, { images, plan, result }, { first, size, height, width }, elementwise(size))
  return result
}

const shader = program({
  label: 'gather',
  buffers: { images: read('u32'), plan: read('i32'), result: write() },
  settings: { first: 'u32', size: 'u32', height: 'u32', width: 'u32' },
  live: true,
  code: elementwiseMain(
    'settings.size',
    `let pixels = settings.height * settings.width;
  let row = ${PLAN_WIDTH}u * (settings.first + i / pixels);
  let x = i32(i % settings.width) - plan[row + 1u];
  let y = i32(i % pixels / settings.width) - plan[row + 2u];
  if (u32(x) >= settings.width || u32(y) >= settings.height) {
    result[i] = 0.0;
    return;
  }
  let at = u32(plan[row]) * pixels + u32(y) * settings.width + u32(x);
  result[i] = f32((images[at / 4u] >> (8u * (at % 4u))) & 255u) / 255.0;`,
  ),
})
