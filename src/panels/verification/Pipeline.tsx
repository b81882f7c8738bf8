import { useMemo, useState, useSyncExternalStore } from 'react'
import { fixed, percent, whole } from '../../render/format'
import { runView } from '../../session/runs'
import { panelView } from '../../session/shown'
import { setView, useSession } from '../../session/store'
import type { VerificationView } from '../../session/run-view'
import type { Verification } from '../../geometry/verification'
import { Rich } from '../Rich'
import { PAIR_KINDS, pairsOfKind, type PairKind } from './choose-pair'
import { CosineScale, FeatureBars, Glyph, WeightMap } from './pictures'
import './pipeline.css'

/** The steps from training to an answer, each with the numbers of the run as it is (the paper's figure 2). */
export function Pipeline() {
  const run = useSession(panelView)
  const view = useSyncExternalStore(
    (changed) => run.subscribe(changed),
    () => run.verification,
  )
  if (!view?.result) return null
  return <Steps view={view} result={view.result} />
}

interface StepsProps {
  readonly view: VerificationView
  readonly result: Verification
}

function Steps({ view, result }: StepsProps) {
  const [kind, setKind] = useState<PairKind>('same')
  const [place, setPlace] = useState(0)
  const chosen = useSession((state) => state.view.threshold)
  const pairs = useMemo(() => pairsOfKind(result, kind), [result, kind])
  const pair = pairs[place % pairs.length]!
  const samples = [result.pairs.first[pair]!, result.pairs.second[pair]!] as const
  const cosine = result.scores[pair]!
  const threshold = chosen ?? result.threshold
  const accepted = cosine >= threshold
  const right = accepted === (result.pairs.same[pair] === 1)
  return (
    <section className="pipeline" aria-label="From training to an answer">
      <div className="pipeline-controls">
        <fieldset>
          <legend>Pair</legend>
          {PAIR_KINDS.map(({ id, label }) => (
            <label key={id}>
              <input
                type="radio"
                name="pair kind"
                checked={kind === id}
                onChange={() => {
                  setKind(id)
                  setPlace(0)
                }}
              />
              {label}
            </label>
          ))}
          <button type="button" onClick={() => setPlace((place + 1) % pairs.length)}>
            Next pair
          </button>
        </fieldset>
        <label className="pipeline-threshold">
          Threshold {fixed(threshold, 2)}
          <input
            type="range"
            min={-1}
            max={1}
            step={0.01}
            value={threshold}
            onChange={({ target }) => setView({ threshold: Number(target.value) })}
          />
        </label>
        <button type="button" disabled={chosen === null} onClick={() => setView({ threshold: null })}>
          {result.accuracy ? 'Threshold of the folds' : 'Threshold of equal errors'}
        </button>
      </div>
      <ol className="pipeline-steps">
        <TrainingStep view={view} />
        <li>
          <h3>{view.source.run === null ? 'Two of them' : 'Two pictures of unseen identities'}</h3>
          <div className="pipeline-pair">
            {samples.map((sample, k) => (
              <figure key={k}>
                <Glyph view={view} sample={sample} />
                <figcaption>{nameOf(view, sample)}</figcaption>
              </figure>
            ))}
          </div>
        </li>
        <li>
          <h3>Their features, {view.source.dimension} numbers each</h3>
          {samples.map((sample, k) => (
            <FeatureBars key={k} view={view} sample={sample} />
          ))}
        </li>
        <li>
          <h3>Cosine between them</h3>
          <p className="pipeline-number">{fixed(cosine, 3)}</p>
          <CosineScale cosine={cosine} threshold={threshold} />
        </li>
        <li aria-live="polite">
          <h3>{chosen === null ? thresholdName(result) : 'Your threshold'}</h3>
          <p>
            <Rich text={`${fixed(cosine, 3)} ${accepted ? String.raw`$\ge$` : '<'} ${fixed(threshold, 3)}`} />
          </p>
          <p className="pipeline-number">{accepted ? 'same' : 'different'}</p>
          <p className="pipeline-verdict" data-right={right}>
            {right ? '✓ right' : '✗ wrong'}
          </p>
        </li>
      </ol>
    </section>
  )
}

function thresholdName({ accuracy }: Verification): string {
  return accuracy ? `Threshold of ${accuracy.thresholds.length} folds` : 'Threshold of equal errors'
}

function TrainingStep({ view: { source } }: Pick<StepsProps, 'view'>) {
  const { frame, data } = runView()
  if (source.run === null || !frame || !data) {
    return (
      <li>
        <h3>Features from a file</h3>
        <p>{whole(source.labels.length)} embeddings; how they were trained, the file does not say.</p>
      </li>
    )
  }
  return (
    <li>
      <h3>Training by classes</h3>
      <WeightMap weights={frame.weights} dimension={frame.dimension} />
      <p>
        <Rich
          text={`$W$: ${frame.weights.length / frame.dimension} class vectors, step ${whole(source.step ?? 0)}`}
        />
        {frame.test && `, ${percent(frame.test.accuracy)} of test pictures right`}
      </p>
    </li>
  )
}

function nameOf({ source }: VerificationView, sample: number): string {
  const label = source.labels[sample]!
  return source.names[label] ?? String(label)
}
