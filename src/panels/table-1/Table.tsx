import { useEffect } from 'react'
import { withPreset } from '../../engine/preset-experiment'
import type { VerificationFile } from '../../io/verification-file'
import { identifyHead } from '../../losses/identify'
import { whole } from '../../render/format'
import { useLabSession, useRunView, useSession } from '../../session/context'
import { activeExperiment } from '../../session/state'
import { Rich } from '../../ui/Rich'
import { recordedNote } from '../verification/recorded-note'
import { measuredOf, tableRows, type Measured } from './rows'
import { askForVerified, useVerified } from './verified'
import './table-1.css'

/** Table 1 of the paper and the same losses here; a press on a row trains one. */
export function Table() {
  const { file, failure } = useVerified()
  useEffect(askForVerified, [])
  if (failure !== null) {
    return (
      <div className="table-1" role="alert">
        <p>The results can’t be shown: {failure}.</p>
        <button className="button" onClick={askForVerified}>
          Try again
        </button>
      </div>
    )
  }
  return file ? <Content file={file} /> : <p className="table-1">Loading …</p>
}

function Content({ file }: { readonly file: VerificationFile }) {
  const session = useLabSession()
  const experiment = useSession(activeExperiment)
  const current = identifyHead(experiment.head, experiment.terms).preset.id
  const rows = tableRows(file)
  const rates = file.rows[0]!.rates
  const begin = (preset: string): void => session.beginAnew(withPreset(session.experiment, preset))
  return (
    <div className="table-1" tabIndex={0} role="region" aria-label="Table of verification results">
      <table>
        <thead>
          <tr>
            <td />
            <th scope="colgroup" colSpan={2 + rates.length}>
              here: characters, %
            </th>
            <th scope="colgroup" colSpan={2}>
              the paper: faces, %
            </th>
          </tr>
          <tr>
            <th scope="col">loss</th>
            <th scope="col" title="Over ten folds, with the standard error between them.">
              accuracy ± SE
            </th>
            <th scope="col" title="Where as many are accepted falsely as are rejected falsely.">
              EER
            </th>
            {rates.map(({ far }) => (
              <th key={far} scope="col" title={`True accepts at a false accept rate of ${far}.`}>
                <Rich text={`TAR at $10^{${Math.round(Math.log10(far))}}$`} />
              </th>
            ))}
            <th scope="col">LFW</th>
            <th scope="col">YTF</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ preset, name, ours, paper }) => (
            // The button in it takes the keyboard; its click comes here too.
            <tr key={preset} aria-current={preset === current || undefined} onClick={() => begin(preset)}>
              <th scope="row">
                <button title={`Train ${name} here, from the start`}>{name}</button>
              </th>
              <Numbers of={ours} />
              <td title={paper?.note ?? undefined}>
                {paper?.lfw ?? '–'}
                {paper?.note != null && <sup>*</sup>}
              </td>
              <td>{paper?.ytf ?? '–'}</td>
            </tr>
          ))}
        </tbody>
        <ThisRun />
      </table>
      <p>
        {file.seeds.length === 1 ? `Seed ${file.seeds[0]}` : `Medians of ${file.seeds.length} seeds`},{' '}
        {file.dimension} features, {whole(file.rows[0]!.steps)} steps. Faces and characters can be compared in
        their order only.
        {rows.some(({ paper }) => paper?.note != null) && (
          <>
            {' '}
            <sup>*</sup> {rows.find(({ paper }) => paper?.note != null)?.paper?.note}
          </>
        )}
      </p>
    </div>
  )
}

/** The run on the stage, measured in the same way. */
function ThisRun() {
  const verification = useRunView((view) => view.verification)
  const playback = useSession((state) => state.playback)
  const dimension = useSession((state) => activeExperiment(state).network.dimension)
  const measured = measuredOf(verification?.result ?? null)
  if (!verification || !measured) return null
  const { step } = verification.source
  const when = recordedNote(playback, verification.source) ? 'its end' : `step ${whole(step ?? 0)}`
  return (
    <tfoot>
      <tr>
        <th scope="row">this run, {when}</th>
        <Numbers of={measured} />
        <td colSpan={2}>{dimension} features</td>
      </tr>
    </tfoot>
  )
}

function Numbers({ of: { accuracy, error, equalErrors, rates } }: { readonly of: Measured }) {
  return (
    <>
      <td>
        {accuracy} ± {error}
      </td>
      <td>{equalErrors}</td>
      {rates.map((rate, k) => (
        <td key={k}>{rate}</td>
      ))}
    </>
  )
}
