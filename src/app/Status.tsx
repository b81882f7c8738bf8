import { OwnFilesButton } from '../controls/OwnFiles'
import { DATASETS, DEFAULT_DATASET } from '../datasets/registry'
import { useLabSession, useSession } from '../session/context'
import { NO_CLASSES } from '../session/settings'
import type { RunState } from '../session/state'
import './Status.css'

/** Files that are being read. */
export function ImportStatus() {
  const session = useLabSession()
  const importing = useSession((state) => state.importing)
  if (!importing) return null
  return (
    <div className="status" role="status">
      <p>Reading {importing.name} …</p>
      <progress value={importing.share ?? undefined} aria-label={`Reading ${importing.name}`} />
      <p className="status-actions">
        <button className="button" onClick={() => session.files.cancel()}>
          Cancel
        </button>
      </p>
    </div>
  )
}

/** What stands in the way of a run, over its stage: loading, divergence, failure. Nothing while all is well. */
export function RunStatus({ run: { id, status } }: { readonly run: RunState }) {
  const session = useLabSession()
  const importing = useSession((state) => state.importing)
  const embeddings = useSession((state) => state.embeddings)
  const recorded = useSession((state) => state.playback !== null)
  // What holds up the run does not concern what is shown in its place.
  if (importing || embeddings || recorded) return null
  switch (status.kind) {
    case 'loading':
      return (
        <div className="status" role="status">
          <p>Loading {status.what} …</p>
          <progress value={status.fraction ?? undefined} aria-label={`Loading ${status.what}`} />
        </div>
      )
    case 'diverged':
      return (
        <div className="status" role="alert">
          <p>
            <strong>Training diverged at step {status.step}:</strong> the loss or its gradient is no longer
            finite. {status.cause}
          </p>
          <p className="status-actions">
            <button className="button" onClick={() => session.transport.rollBack(id)}>
              Roll back to step {status.lastGood}
            </button>
            <button className="button" onClick={() => session.transport.reset()}>
              Reset
            </button>
          </p>
        </div>
      )
    case 'failed':
      return (
        <div className="status" role="alert">
          <p>{status.message}</p>
          <p className="status-actions">
            {status.missing ? (
              <>
                <OwnFilesButton>Choose the file …</OwnFilesButton>
                <button
                  className="button"
                  onClick={() =>
                    session.settings.setData({ set: DEFAULT_DATASET, file: undefined, ...NO_CLASSES })
                  }
                >
                  Train on {DATASETS.get(DEFAULT_DATASET).name}
                </button>
              </>
            ) : (
              <button className="button" onClick={() => session.runs.of(id).retry()}>
                Try again
              </button>
            )}
          </p>
        </div>
      )
    default:
      return null
  }
}

/** Things to know that need no action. */
export function Notices() {
  const session = useLabSession()
  const notices = useSession((state) => state.notices)
  return (
    <div className="notices" role="status" aria-live="polite">
      {notices.map(({ id, text }) => (
        <p key={id} className="notice">
          {text}
          <button className="quiet" onClick={() => session.store.dismissNotice(id)} aria-label="Dismiss">
            ×
          </button>
        </p>
      ))}
    </div>
  )
}
