import type { Experiment } from '../engine/config'
import { identifyHead } from '../losses/identify'
import { describeChange } from './describe-change'
import { differences } from './differences'

/** What a run is called, by its place among those side by side. */
export const letterOf = (place: number): string => String.fromCharCode(65 + place)

/** The loss of an experiment in a few words: "SphereFace, with a bias". */
export function lossName({ head, terms }: Experiment): string {
  const { preset, differences: more } = identifyHead(head, terms)
  return [preset.name, ...more.map(({ text }) => text)].join(', ')
}

/** The name of a run in a list that begins with `first`: its loss, and what else is another setting there. */
export function nameBeside(first: Experiment, experiment: Experiment): string {
  const name = lossName(experiment)
  return first === experiment ? name : `${name} · ${differsFrom(first, experiment)}`
}

/** The same in fewer words: its loss, or where that is the same the settings that differ. */
export function shortNameBeside(first: Experiment, experiment: Experiment): string {
  const name = lossName(experiment)
  return experiment === first || name !== lossName(first) ? name : differsFrom(first, experiment)
}

/** What is another setting in `experiment` than in the first run. */
export function differsFrom(first: Experiment, experiment: Experiment): string {
  return differences(first, experiment).length === 0 ? 'same as A' : describeChange(first, experiment)
}
