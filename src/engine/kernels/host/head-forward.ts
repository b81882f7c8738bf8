import type { Floats } from '../../../geometry/floats'
import type { HeadLoss, LossValues } from '../../../losses/head-loss'
import { HEAD_LOSSES } from '../../../losses/head-loss-registry'
import { headStates } from '../../../losses/head-states'
import type { HeadAttributes } from '../names'
import { HeadSample } from './head-sample'

export function headForward(
  features: Floats,
  parameters: Floats,
  plan: Int32Array,
  partials: Floats,
  a: HeadAttributes,
): void {
  const sample = new HeadSample(features, parameters, plan, a)
  const loss = HEAD_LOSSES.get(a.head.loss.kind)
  const values = lossValues(parameters, a, sample.scale)
  if (loss.over === 'samples') {
    overSamples(loss, values, sample, partials, a)
    return
  }
  const slopes = { logits: new Float64Array(a.classes), norm: 0 }
  for (let i = 0; i < a.batch; i++) {
    sample.read(i)
    slopes.logits.fill(0)
    slopes.norm = 0
    const value = loss.evaluate(sample.group, values, slopes)
    sample.write(partials, i, slopes, value, a.batch)
  }
}

/** A class at a time takes the logits of all samples; then each sample has its row of the derivatives. */
function overSamples(
  loss: HeadLoss,
  values: LossValues,
  sample: HeadSample,
  partials: Floats,
  { batch, classes: n }: HeadAttributes,
): void {
  const [logits, plain, slopes] = Array.from({ length: 3 }, () => new Float64Array(n * batch)) // class by class
  const norms = new Float64Array(batch)
  const labels = new Uint32Array(batch)
  for (let i = 0; i < batch; i++) {
    sample.read(i)
    labels[i] = sample.label
    norms[i] = sample.norm
    for (let j = 0; j < n; j++) {
      logits![j * batch + i] = sample.group.logits[j]!
      plain![j * batch + i] = sample.group.plain[j]!
    }
  }
  const shared = { ...values, present: new Set(labels).size }
  let value = 0
  for (let j = 0; j < n; j++) {
    const of = (all: Float64Array): Float64Array => all.subarray(j * batch, (j + 1) * batch)
    const group = {
      logits: of(logits!),
      plain: of(plain!),
      targets: Uint8Array.from(labels, (label) => Number(label === j)),
      rarity: new Float64Array(batch).fill(sample.group.rarity[j]!),
      norms,
    }
    value += loss.evaluate(group, shared, { logits: of(slopes!), norm: 0 })
  }
  for (let i = 0; i < batch; i++) {
    sample.read(i)
    const own = Float64Array.from({ length: n }, (_, j) => slopes![j * batch + i]!)
    sample.write(partials, i, { logits: own, norm: 0 }, value, 1)
  }
}

function lossValues(parameters: Floats, a: HeadAttributes, scale: number): LossValues {
  const { head, classes, batch, states } = a
  const { margin, loss } = headStates(head)
  return {
    ...head.loss.parameters,
    ...Object.fromEntries(loss.map(({ id }, i) => [id, parameters[states + margin.length + i]!])),
    scale,
    classes,
    batch,
    present: 0,
  }
}
