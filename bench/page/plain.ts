import * as tf from '@tensorflow/tfjs'
import { useBackend, type BackendName } from '../../src/engine/backends'
import { NETWORKS } from '../../src/engine/networks'
import { Random } from '../../src/geometry/random'
import { assets } from '../../tests/browser/page/assets'
import { countCalls } from '../../tests/browser/page/count-calls'

const SIZE = 28
const CLASSES = 10
const BATCH = 64

/**
 * The network as one writes it with TensorFlow.js alone: its layers with PReLU, two features, ten logits, the softmax
 * cross-entropy and Adam.
 */
function plainModel(network: string): tf.Sequential {
  const model = tf.sequential()
  model.add(tf.layers.inputLayer({ inputShape: [SIZE, SIZE, 1] }))
  for (const layer of NETWORKS.get(network).layers) {
    if (layer.kind === 'pool') {
      model.add(tf.layers.maxPooling2d({ poolSize: 2, strides: 2 }))
      continue
    }
    if (layer.kind === 'conv') {
      const { filters, size, stride } = layer
      model.add(tf.layers.conv2d({ filters, kernelSize: size, strides: stride, padding: 'same' }))
      model.add(tf.layers.prelu({ sharedAxes: [1, 2] }))
      continue
    }
    if (model.outputs[0]!.shape.length > 2) model.add(tf.layers.flatten())
    model.add(tf.layers.dense({ units: layer.units }))
    model.add(tf.layers.prelu())
  }
  if (model.outputs[0]!.shape.length > 2) model.add(tf.layers.flatten())
  model.add(tf.layers.dense({ units: 2 }))
  model.add(tf.layers.dense({ units: CLASSES, activation: 'softmax' }))
  model.compile({ optimizer: tf.train.adam(0.004), loss: 'categoricalCrossentropy' })
  return model
}

/** One batch, of noise: its values do not change how long a step takes. */
function batch(): { images: tf.Tensor4D; labels: tf.Tensor2D } {
  const random = new Random(1, 'batch')
  const pixels = Float32Array.from({ length: BATCH * SIZE * SIZE }, () => random.below(256) / 255)
  const classes = Array.from({ length: BATCH }, () => random.below(CLASSES))
  return {
    images: tf.tensor4d(pixels, [BATCH, SIZE, SIZE, 1]),
    labels: tf.tidy(() => tf.oneHot(classes, CLASSES).toFloat()) as tf.Tensor2D,
  }
}

async function withModel<T>(
  backend: BackendName,
  network: string,
  use: (step: () => Promise<void>) => Promise<T>,
): Promise<T> {
  await useBackend(backend, assets)
  const model = plainModel(network)
  const { images, labels } = batch()
  try {
    // The loss is read, as `trainOnBatch` gives it.
    return await use(async () => void (await model.trainOnBatch(images, labels)))
  } finally {
    model.dispose()
    tf.dispose([images, labels])
  }
}

/**
 * Milliseconds for one training step with TensorFlow.js alone: the mean over `steps` of them, `runs` times.
 * @throws {Error} where a backend lacks a kernel
 */
export function plainStepTimes(
  backend: BackendName,
  network: string,
  steps: number,
  runs: number,
): Promise<number[]> {
  return withModel(backend, network, async (step) => {
    await step()
    const times: number[] = []
    for (let run = 0; run < runs; run++) {
      const start = performance.now()
      for (let i = 0; i < steps; i++) await step()
      times.push((performance.now() - start) / steps)
    }
    return times
  })
}

/** GPU dispatches of one training step with TensorFlow.js alone. */
export function plainDispatches(network: string): Promise<number> {
  return withModel('webgpu', network, async (step) => {
    await step()
    const dispatches = countCalls(GPUComputePassEncoder.prototype, 'dispatchWorkgroups')
    await step()
    return dispatches.end()
  })
}
