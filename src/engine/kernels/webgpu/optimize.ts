import type { TensorInfo } from '@tensorflow/tfjs-core'
import { adamCorrections } from '../host/optimize'
import { ADAM_BETA2, ADAM_EPSILON, CLIP_EPSILON, type OptimizeAttributes } from '../names'
import type { Gpu } from './gpu'
import { ELEMENTWISE_THREADS, elementwise, elementwiseMain, program, read, write } from './program'
import { reduction } from './reduction'

/** The largest float: WGSL has no infinity. */
const MOST = 3.4028234e38
/** The bits of NaN, which no shader may write as a constant. */
const NOT_A_NUMBER = 0x7fc00000

/**
 * Two dispatches, the first for the gradient's norm. The vectors' length is a multiple of four, as layouts make
 * it.
 */
export function optimize(
  gpu: Gpu,
  { parameters, gradients, moments }: Record<'parameters' | 'gradients' | 'moments', TensorInfo>,
  a: OptimizeAttributes,
): TensorInfo {
  const quads = a.size / 4
  const norms = gpu.allocate(PARTS)
  gpu.dispatch(squaredNorms, { gradients, norms }, { quads }, [PARTS])
  const tensors = { parameters, gradients, moments, norms }
  const common = {
    quads,
    decayed: a.decayed,
    notANumber: NOT_A_NUMBER,
    momentum: a.momentum,
    clip: Math.min(a.clip, MOST),
  }
  if (a.kind === 'adam') {
    const settings = { ...common, ...adamCorrections(a), decay: a.rate * a.weightDecay }
    gpu.dispatch(adam, tensors, settings, elementwise(quads))
  } else {
    const settings = { ...common, rate: a.rate, decay: a.weightDecay }
    gpu.dispatch(sgd, tensors, settings, elementwise(quads))
  }
  gpu.release(norms)
  return gpu.allocate(0)
}

/** The gradient's squared norm is summed in as many parts as a workgroup of the second dispatch has threads. */
const PARTS = ELEMENTWISE_THREADS
const NORM_THREADS = 256

const squaredNorms = program({
  label: 'gradient norm',
  buffers: { gradients: read('vec4f'), norms: write() },
  settings: { quads: 'u32' },
  code: `
${reduction('add', NORM_THREADS, 'a + b')}
@compute @workgroup_size(${NORM_THREADS})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  var sum = vec4f();
  for (var i = group.x * ${NORM_THREADS}u + thread; i < settings.quads; i += ${PARTS * NORM_THREADS}u) {
    sum += gradients[i] * gradients[i];
  }
  sum = add(sum, thread);
  if (thread == 0u) { norms[group.x] = dot(sum, vec4f(1.0)); }
}`,
})

const buffers = {
  parameters: write('vec4f'),
  gradients: read('vec4f'),
  moments: write('vec4f'),
  norms: read(),
}
const common = {
  quads: 'u32',
  decayed: 'u32',
  notANumber: 'u32',
  momentum: 'f32',
  decay: 'f32',
  clip: 'f32',
} as const

/**
 * `factor`, what the gradient is multiplied by so that its norm stays within the setting, as `clipFactor` of the host.
 * Whether the square is finite its bits say: of floats, a shader may assume that they are.
 */
const CLIP = `let squared = addNorms(vec4f(norms[thread]), thread).x;
  let finite = (bitcast<u32>(squared) & 0x7f800000u) != 0x7f800000u;
  let clipped = min(1.0, settings.clip / (sqrt(squared) + ${CLIP_EPSILON}));
  let factor = select(bitcast<f32>(settings.notANumber), clipped, finite);`
const ADD_NORMS = reduction('addNorms', PARTS, 'a + b')

/** What is taken from the parameters `p` of quad i, or added to their gradient, to make them decay. */
const DECAY = 'select(vec4f(), settings.decay * p, 4u * i + vec4u(0u, 1u, 2u, 3u) < vec4u(settings.decayed))'

const adam = program({
  label: 'Adam',
  buffers,
  settings: { ...common, stepSize: 'f32', secondCorrection: 'f32' },
  live: true,
  code: `${ADD_NORMS}${elementwiseMain(
    'settings.quads',
    `let p = parameters[i];
  let g = factor * gradients[i];
  let m = settings.momentum * moments[i] + (1.0 - settings.momentum) * g;
  let v = ${ADAM_BETA2} * moments[settings.quads + i] + (1.0 - ${ADAM_BETA2}) * g * g;
  moments[i] = m;
  moments[settings.quads + i] = v;
  let change = settings.stepSize * m / (sqrt(v * settings.secondCorrection) + ${ADAM_EPSILON});
  parameters[i] = p - (change + ${DECAY});`,
    CLIP,
  )}`,
})

const sgd = program({
  label: 'SGD',
  buffers,
  settings: { ...common, rate: 'f32' },
  live: true,
  code: `${ADD_NORMS}${elementwiseMain(
    'settings.quads',
    `let p = parameters[i];
  let velocity = settings.momentum * moments[i] + factor * gradients[i] + ${DECAY};
  moments[i] = velocity;
  parameters[i] = p - settings.rate * velocity;`,
    CLIP,
  )}`,
})
