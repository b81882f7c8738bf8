import { DATASETS } from '../datasets/registry'
import type { Experiment } from '../engine/config'
import { HEAD_LOSSES } from '../losses/head-loss-registry'
import { MARGINS } from '../losses/margin-registry'
import { TERMS } from '../losses/term-registry'
import { identifyHead } from '../losses/identify'
import { percent } from '../render/format'

/** What changed from one experiment to the next, in a few words for the timeline: "m 0.5 → 0.6". */
export function describeChange(before: Experiment, after: Experiment): string {
  const changes: string[] = []
  const a = before.head
  const b = after.head
  const onOff = (name: string, x: boolean, y: boolean): void => {
    if (x !== y) changes.push(`${name} ${y ? 'on' : 'off'}`)
  }
  const fromTo = (name: string, x: string | number, y: string | number): void => {
    if (x !== y) changes.push(`${name} ${x} → ${y}`)
  }
  onOff('bias', a.bias, b.bias)
  onOff('‖W‖ = 1', a.normalizeWeights, b.normalizeWeights)
  onOff('‖x‖ = 1', a.normalizeFeatures, b.normalizeFeatures)
  onOff('pull of the classifier', !a.detach, !b.detach)
  fromTo('s', a.scale, b.scale)
  fromTo('K', a.subCenters, b.subCenters)
  if (a.margin.kind !== b.margin.kind) {
    fromTo('margin', MARGINS.get(a.margin.kind).name, MARGINS.get(b.margin.kind).name)
  } else {
    fromTo('ψ', a.margin.text ?? '', b.margin.text ?? '')
    for (const { id } of MARGINS.get(b.margin.kind).parameters) {
      fromTo(id, a.margin.parameters[id]!, b.margin.parameters[id]!)
    }
  }
  if (a.loss.kind !== b.loss.kind) {
    fromTo('loss', HEAD_LOSSES.get(a.loss.kind).name, HEAD_LOSSES.get(b.loss.kind).name)
  } else {
    for (const { id } of HEAD_LOSSES.get(b.loss.kind).parameters) {
      fromTo(id, a.loss.parameters[id]!, b.loss.parameters[id]!)
    }
  }
  changes.push(...termChanges(before.terms, after.terms))
  changes.push(...dataChanges(before.data, after.data))
  fromTo('batches', samplingName(before), samplingName(after))
  fromTo('optimizer', before.optimizer.kind, after.optimizer.kind)
  fromTo('rate', before.optimizer.rate.value, after.optimizer.rate.value)
  fromTo('schedule', before.optimizer.rate.kind, after.optimizer.rate.kind)
  fromTo('momentum', before.optimizer.momentum, after.optimizer.momentum)
  fromTo('decay', before.optimizer.weightDecay, after.optimizer.weightDecay)
  fromTo('clip', before.optimizer.clip ?? 'off', after.optimizer.clip ?? 'off')
  fromTo('batch', before.optimizer.batchSize, after.optimizer.batchSize)
  fromTo('epochs', before.epochs, after.epochs)
  const named = [identifyHead(a, before.terms), identifyHead(b, after.terms)]
  const [from, to] = named.map(({ preset }) => preset.name)
  // A change of several switches at once is a change of the loss.
  return changes.length > 2 && from !== to ? `${from!} → ${to!}` : changes.join(', ') || 'curriculum'
}

type Data = Experiment['data']

function dataChanges(before: Data, after: Data): string[] {
  const differ = (read: (data: Data) => unknown): boolean =>
    JSON.stringify(read(before)) !== JSON.stringify(read(after))
  const changes: string[] = []
  if (before.set !== after.set || before.file?.hash !== after.file?.hash) {
    changes.push(after.file?.name ?? DATASETS.find(after.set)?.name ?? after.set)
  }
  if (differ(({ classes, unseen }) => [classes, unseen])) changes.push('other classes')
  if (differ(({ imbalance }) => imbalance)) changes.push(`class sizes: ${sizesName(after)}`)
  if (differ(({ labelNoise }) => labelNoise)) {
    changes.push(`wrong labels ${percent(after.labelNoise ?? 0, 0)}`)
  }
  if (differ(({ corruption }) => corruption))
    changes.push(after.corruption ? 'corrupted images' : 'clean images')
  if (before.shifts !== after.shifts) changes.push(`shifts ${after.shifts ? 'on' : 'off'}`)
  return changes
}

function sizesName({ imbalance }: Data): string {
  if (!imbalance) return 'as they come'
  if (imbalance.kind === 'uniform') return 'equal'
  return `${imbalance.kind} 1:${imbalance.ratio}`
}

type Terms = Experiment['terms']

/** Terms that came or went, and the numbers of those that stayed. */
function termChanges(before: Terms, after: Terms): string[] {
  const find = (terms: Terms, kind: string) => terms.find((term) => term.kind === kind)
  const gone = before
    .filter(({ kind }) => !find(after, kind))
    .map(({ kind }) => `${TERMS.get(kind).name} off`)
  return after.reduce((changes, term) => {
    const spec = TERMS.get(term.kind)
    const { name, parameters } = spec
    const mined = spec.form === 'pairs' ? (spec.minings?.label ?? '') : ''
    const old = find(before, term.kind)
    if (!old) return [...changes, `${name} on`]
    const fromTo = (what: string, x: string | number, y: string | number): string[] =>
      x === y ? [] : [`${name}: ${what} ${x} → ${y}`]
    const onOff = (on: boolean): string => (on ? 'unit features' : 'raw features')
    return [
      ...changes,
      ...fromTo('λ', old.weight, term.weight),
      ...fromTo('on', onOff(old.normalized), onOff(term.normalized)),
      ...fromTo(mined, old.mining ?? '', term.mining ?? ''),
      ...parameters.flatMap(({ id }) => fromTo(id, old.parameters[id]!, term.parameters[id]!)),
    ]
  }, gone)
}

function samplingName({ data: { sampling } }: Experiment): string {
  return sampling.kind === 'pk' ? `${sampling.classes} × ${sampling.perClass}` : 'shuffled'
}
