import { parseExperiment, type Experiment } from '../../src/engine/config'
import type { Frame } from '../../src/engine/frame'
import { withPreset } from '../../src/engine/preset-experiment'
import { activeHead } from '../../src/engine/schedule'
import { measure } from '../../src/geometry/measure'
import { Random } from '../../src/geometry/random'
import { KEPT_RATES } from '../../src/geometry/roc'
import { verify } from '../../src/geometry/verification'
import type { VerificationFile } from '../../src/io/verification-file'
import type { PanelContext } from '../../src/panels/panel'
import { legible, type Theme } from '../../src/render/theme'
import { History } from '../../src/session/history'
import { RunView, type VerificationView } from '../../src/session/run-view'
import type { ViewSettings } from '../../src/session/state'

const COLOURS = '2f7fc9 e08c00 bd1f01 7c8c8a 832db6 98573f e15a00 9c9149 5b5d69 3fa9b0'
  .split(' ')
  .map((hex) => `#${hex}`)

/** The light theme, as ui/tokens.css has it. */
export const THEME: Theme = {
  paper: '#fbfaf7',
  paperRaised: '#ffffff',
  ink: '#1c1d21',
  ink2: '#55565c',
  ink3: '#6f7077',
  hairline: '#dddad2',
  accent: '#b8500b',
  accentLine: '#e8731a',
  classes: COLOURS,
  classInks: COLOURS.map((colour) => legible(colour, '#fbfaf7', '#1c1d21')),
  line: 1,
  rem: 16,
  font: 'Source Sans 3 Variable',
  dark: false,
}

/** What to do where a snapshot is not as it was: the message of tests that compare with one. */
export const RENEW = 'npm run test:unit -- -u writes tests/unit/snapshots anew: see what has changed there'

const CLASSES = ['0', '1', '2', '3']
const TRAIN = 80
const POINTS = 120
const STEPS = 40

export const EXPERIMENT: Experiment = withPreset(parseExperiment({}), 'softmax')

const VIEW: ViewSettings = {
  space: 'raw',
  regions: true,
  margins: true,
  terms: true,
  sizes: true,
  hiddenClasses: [],
  focusedClass: null,
  threshold: null,
  triplet: 0,
  pipeline: { point: 0, kind: 'same', pair: 0 },
}

/** Four classes in 2-D, around class vectors of different lengths. */
export function frameAt(run: RunView, step: number, experiment = EXPERIMENT): Frame {
  const random = new Random(7, 'features')
  const labels = run.data!.labels.subarray(TRAIN)
  const weights = Float32Array.of(1, 0, 0, 1.4, -0.8, 0, 0.1, -1.2)
  const bias = Float32Array.of(0.2, -0.1, 0.05, -0.15)
  const features = Float32Array.from({ length: 2 * POINTS }, (_, i) => {
    const j = labels[i >> 1]!
    return (6 + 2 * j) * weights[2 * j + (i % 2)]! + 1.5 * random.normal()
  })
  const progress = step / 100
  const head = activeHead(experiment, progress, step)
  const classifier = { ...head, weights, bias, useBias: head.bias }
  return {
    run: 1,
    step,
    epochs: step / 10,
    progress,
    rate: 1e-3,
    head,
    terms: experiment.terms,
    dimension: 2,
    weights,
    bias,
    carried: {
      classMargins: Float32Array.of(0.1, 0.3, 0.2, 0.25),
      rarity: Float32Array.of(1, 0.5, 1 / 3, 0.25),
      states: Float32Array.of(12, 4, 0, 0),
    },
    termStates: new Float32Array(0),
    axes: null,
    steps: {
      firstStep: 0,
      losses: Float32Array.from(
        { length: step },
        (_, i) => 1.4 * Math.exp(-i / 12) + 0.1 + 0.05 * Math.sin(i),
      ),
      accuracies: Float32Array.from({ length: step }, (_, i) => 1 - 0.75 * Math.exp(-i / 8)),
    },
    points: {
      selection: { split: 'test', count: POINTS },
      first: 0,
      features,
      measures: measure(features, labels, 2, classifier),
    },
    test: { step, accuracy: 0.9375 },
    stepsPerSecond: 50,
  }
}

/** A run before its first frame. */
export function emptyRun(classes: readonly string[] = CLASSES): RunView {
  const run = new RunView()
  // More images of later classes: n_j from 8 to 32.
  const labels = Uint8Array.from({ length: TRAIN + POINTS }, (_, i) =>
    i < TRAIN ? [3, 2, 3, 1, 3, 2, 3, 0, 2, 1][i % 10]! : i % classes.length,
  )
  const pixels = new Uint8Array(labels.length)
  const size = { width: 1, height: 1 }
  run.data = { name: 'fixture', ...size, classes: [...classes], train: TRAIN, test: POINTS, labels, pixels }
  run.reset({ split: 'test', count: POINTS }, 2, new History())
  return run
}

/** Features of 24 identities, around a direction each, and what verification makes of them. */
export function verification(identities = 24, each = 12): VerificationView {
  const random = new Random(11, 'unseen')
  const dimension = 8
  const labels = Uint8Array.from(
    { length: identities * each },
    (_, i) => CLASSES.length + Math.floor(i / each),
  )
  const directions = Float32Array.from({ length: identities * dimension }, () => random.normal())
  const features = Float32Array.from({ length: labels.length * dimension }, (_, i) => {
    const identity = labels[Math.floor(i / dimension)]! - CLASSES.length
    return directions[identity * dimension + (i % dimension)]! + 0.5 * random.normal()
  })
  const names = Array.from({ length: CLASSES.length + identities }, (_, j) => `identity ${j}`)
  const source = { features, dimension, labels, names, firstImage: null, run: 1, step: STEPS }
  return { source, result: verify(features, dimension, labels, { each: 1200 }) }
}

/** Verification results of three losses, and of one that no page knows. */
export function verifiedFile(): VerificationFile {
  const spread = (median: number) => ({ median, least: median, most: median })
  const paper = [{ lfw: 97.88, ytf: 93.1 }, { lfw: 98.7, ytf: 93.4, note: 'triplet alone' }, null, null]
  return {
    version: 1,
    seeds: [1, 2, 3],
    machine: 'a sample',
    dimension: 64,
    identities: 50,
    pairs: 12000,
    rows: ['softmax', 'softmax-triplet', 'arcface', 'of-another-page'].map((preset, k) => ({
      preset,
      steps: 1860,
      accuracy: spread(0.95 + 0.01 * k),
      standardError: 0.006,
      equalErrorRate: spread(0.03),
      testAccuracy: spread(0.99),
      paper: paper[k]!,
      rates: [
        { far: 0.01, tar: spread(0.93) },
        { far: 0.001, tar: spread(0.78) },
      ],
      curve: KEPT_RATES.map((far) => Math.min(1, 0.9 + 0.02 * k + 0.04 * Math.log10(far))),
    })),
  }
}

/** A run after 40 steps. */
export function trainedRun(experiment = EXPERIMENT): RunView {
  const run = emptyRun()
  run.verification = verification()
  run.receive(frameAt(run, STEPS, experiment))
  return run
}

interface ContextChanges {
  readonly run?: RunView
  readonly experiment?: Experiment
  readonly view?: Partial<ViewSettings>
  readonly pinned?: number
  readonly setView?: PanelContext['setView']
  readonly width?: number
  readonly height?: number
  readonly data?: unknown
}

/** What panels draw from, at the size that they have beside the stage. */
export function panelContext({
  run,
  experiment = EXPERIMENT,
  view,
  pinned,
  setView = () => undefined,
  width = 366,
  height = 128,
  data,
}: ContextChanges = {}): PanelContext {
  const shown = run ?? trainedRun(experiment)
  return {
    run: shown,
    data,
    session: {
      experiment,
      status: { kind: 'paused' },
      playback: null,
      pinned: pinned ?? null,
      view: { ...VIEW, ...view },
    },
    head: activeHead(experiment, shown.frame?.progress ?? 0, shown.frame?.step ?? 0),
    setView,
    width,
    height,
    theme: THEME,
  }
}
