import type { TensorInfo } from '@tensorflow/tfjs-core'
import { adamCorrections } from '../host/optimize'
import { ADAM_BETA2, ADAM_EPSILON, type OptimizeAttributes } from '../names'
import type { Gpu } from './gpu'
import { elementwise, elementwiseMain, program, read, write } from './program'

/** The vectors' length is a multiple of four, as layouts make it. */
export function optimize(
  gpu: Gpu,
  { parameters, gradients, moments }: Record<'parameters' | 'gradients' | 'moments', TensorInfo>,
  a: OptimizeAttributes,
): TensorInfo {
  const tensors = { parameters, gradients, moments }
  const quads = a.size / 4
  const common = { quads, decayed: a.decayed, momentum: a.momentum }
  if (a.kind === 'adam') {
    const settings = { ...common, ...adamCorrections(a), decay: a.rate * a.weightDecay }
    gpu.dispatch(adam, tensors, settings, elementwise(quads))
  } else {
    const settings = { ...common, rate: a.rate, decay: a.weightDecay }
    gpu.dispatch(sgd, tensors, settings, elementwise(quads))
  }
  return gpu.allocate(0)
}

const buffers = { parameters: write('vec4f'), gradients: read('vec4f'), moments: write('vec4f') }
const common = { quads: 'u32', decayed: 'u32', momentum: 'f32', decay: 'f32' } as const

/** What is taken from the parameters `p` of quad i, or added to their gradient, to make them decay. */
const DECAY = 'select(vec4f(), settings.decay * p, 4u * i + vec4u(0u, 1u, 2u, 3u) < vec4u(settings.decayed))'

const adam = program({
  label: 'Adam',
  buffers,
  settings: { ...common, stepSize: 'f32', secondCorrection: 'f32' },
  live: true,
  code: elementwiseMain(
    'settings.quads',
    `let p = parameters[i];
  let g = gradients[i];
  let m = settings.momentum * moments[i] + (1.0 - settings.momentum) * g;
  let v = ${ADAM_BETA2} * moments[settings.quads + i] + (1.0 - ${ADAM_BETA2}) * g * g;
  moments[i] = m;
  moments[settings.quads + i] = v;
  let change = settings.stepSize * m / (sqrt(v * settings.secondCorrection) + ${ADAM_EPSILON});
  parameters[i] = p - (change + ${DECAY});`,
  ),
})

const sgd = program({
  label: 'SGD',
  buffers,
  settings: { ...common, rate: 'f32' },
  live: true,
  code: elementwiseMain(
    'settings.quads',
    `let p = parameters[i];
  let velocity = settings.momentum * moments[i] + gradients[i] + ${DECAY};
  moments[i] = velocity;
  parameters[i] = p - settings.rate * velocity;`,
  ),
})
