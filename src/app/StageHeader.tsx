import { Toggle } from '@base-ui/react/toggle'
import { ToggleGroup } from '@base-ui/react/toggle-group'
import type { PointSelection } from '../engine/frame'
import { MARGINS } from '../losses/margin-registry'
import { TERMS } from '../losses/term-registry'
import type { Stage } from '../render/stage/stage'
import { useLabSession, useSession } from '../session/context'
import { type RunState, activeRun, shownExperiment } from '../session/state'
import { MOST_RUNS } from '../session/moment'
import { SaveStages } from './SaveStages'
import './StageHeader.css'

/** The quiet strip above the stage: how features are shown, what is drawn with them, and which. */
export function StageHeader({
  shown,
  stages,
}: {
  readonly shown: readonly RunState[]
  readonly stages: ReadonlyMap<number, Stage>
}) {
  const session = useLabSession()
  const view = useSession((state) => state.view)
  const layers = useLayers()
  const embeddings = useSession((state) => state.embeddings !== null)
  return (
    <div className="stage-header">
      <ToggleGroup
        className="stage-segments"
        aria-label="Features"
        value={[view.space]}
        onValueChange={([next]) => next && session.store.setView({ space: next })}
      >
        <Toggle className="flat stage-segment" value="raw" title="Features as the network gives them">
          raw
        </Toggle>
        <Toggle className="flat stage-segment" value="normalized" title="Features divided by their norm">
          normalized
        </Toggle>
      </ToggleGroup>
      <ToggleGroup
        className="stage-layers"
        aria-label="Drawn with the points"
        multiple
        value={layers.map(({ key }) => key).filter((key) => view[key])}
        onValueChange={(on) =>
          session.store.setView(Object.fromEntries(layers.map(({ key }) => [key, on.includes(key)])))
        }
      >
        {layers.map(({ key, name, title }) => (
          <Toggle key={key} className="flat stage-layer" value={key} title={title}>
            {name}
          </Toggle>
        ))}
      </ToggleGroup>
      {!embeddings && <AddButton />}
      {!embeddings && <PointChoice />}
      <SaveStages shown={shown} stages={stages} />
    </div>
  )
}

interface Layer {
  readonly key: 'regions' | 'margins' | 'terms' | 'sizes'
  readonly name: string
  readonly title: string
}

const GROUND: readonly Layer[] = [
  { key: 'regions', name: 'regions', title: 'Tint each place with the class that wins there' },
  { key: 'margins', name: 'margin', title: 'Show where the margin wants each class to be' },
]

/** What the present loss has to show beside the points. */
function useLayers(): readonly Layer[] {
  const margin = useSession((state) => shownExperiment(state).head.margin.kind)
  const terms = useSession((state) => shownExperiment(state).terms)
  const layers = [...GROUND]
  const { individual } = MARGINS.get(margin)
  if (individual) {
    const title = `Draw points the larger, the greater their margin is. ${individual.help}`
    layers.push({ key: 'sizes', name: 'sizes', title })
  }
  const [name, ...others] = new Set(terms.flatMap(({ kind }) => TERMS.get(kind).drawing?.name ?? []))
  if (name !== undefined) {
    const title = 'Show what the terms of the loss act on now'
    layers.push({ key: 'terms', name: others.length > 0 ? 'terms' : name, title })
  }
  return layers
}

/** Another run beside those that there are. */
function AddButton() {
  const session = useLabSession()
  const full = useSession((state) => state.runs.length >= MOST_RUNS)
  return (
    <button
      className="flat stage-add"
      // The text may have no room.
      aria-label="+ add a run"
      onClick={() => session.addRun()}
      disabled={full}
      title={
        full
          ? `${MOST_RUNS} runs are the most.`
          : 'Another run beside this one: the same seed and batches, begun together. Then choose another loss for it.'
      }
    >
      + <span className="stage-add-text">add a run</span>
    </button>
  )
}

/** Which images are on the stage, and how many. */
function PointChoice() {
  const session = useLabSession()
  const points = useSession((state) => state.points)
  // Sizes of the splits are known from the first run on.
  useSession((state) => activeRun(state).run)
  const recorded = useSession((state) => state.playback !== null)
  const { data } = session.runs.view
  const test = data?.test ?? 2000
  const train = data?.train ?? 8000
  const choices: PointSelection[] = [
    ...[500, test].map((count) => ({ split: 'test' as const, count: Math.min(count, test) })),
    ...[500, 2000, train].map((count) => ({ split: 'train' as const, count: Math.min(count, train) })),
    { split: 'all', count: train + test },
  ]
  // What was asked for may be more than a small set of the user's own has.
  const all = { test, train, all: train + test }[points.split]
  const present = { split: points.split, count: Math.min(points.count, all) }
  return (
    <label className="stage-points">
      <span className="visually-hidden">Points on the stage</span>
      <select
        className="flat"
        value={recorded ? 'recorded' : keyOf(present)}
        onChange={({ target }) => {
          const choice = choices.find((each) => keyOf(each) === target.value)
          if (choice) session.selectPoints(choice)
        }}
      >
        {recorded && (
          <option value="recorded">{session.runs.view.count.toLocaleString('en')} recorded</option>
        )}
        {unique(choices, present).map((choice) => (
          <option key={keyOf(choice)} value={keyOf(choice)}>
            {nameOf(choice)}
          </option>
        ))}
      </select>
    </label>
  )
}

function keyOf({ split, count }: PointSelection): string {
  return `${split} ${count}`
}

function nameOf({ split, count }: PointSelection): string {
  const number = count.toLocaleString('en')
  return split === 'all' ? `all ${number}` : `${number} ${split === 'test' ? 'test' : 'training'}`
}

/** The choices without repetition, and with the present one even if it is none of them. */
function unique(choices: readonly PointSelection[], present: PointSelection): PointSelection[] {
  return [...new Map([...choices, present].map((choice) => [keyOf(choice), choice])).values()]
}
