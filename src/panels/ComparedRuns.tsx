import { useEffect, useState } from 'react'
import { actingHead } from '../session/acting-head'
import { letterOf, shortNameBeside } from '../session/run-names'
import { useLabSession, useSession } from '../session/context'
import type { RunView } from '../session/run-view'
import type { RunState } from '../session/state'
import { Rich } from '../ui/Rich'
import type { Compared } from './panel'
import './ComparedRuns.css'

/** Numbers in text change at most this often, in milliseconds. */
const TEXT_MS = 400

/** The numbers of a figure for each of the runs side by side. A click on a row shows the figure of that run. */
export function ComparedRuns({ compared }: { readonly compared: Compared }) {
  const session = useLabSession()
  const runs = useSession((state) => state.runs)
  const embeddings = useSession((state) => state.embeddings !== null)
  const active = useSession((state) => state.active)
  useTicks()
  if (runs.length < 2 || embeddings) return null
  return (
    <table className="compared">
      <thead>
        <tr>
          <th scope="col">run</th>
          {compared.columns.map((column) => (
            <th key={column} scope="col" className="compared-number">
              <Rich text={column} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {runs.map((run, place) => {
          const name = shortNameBeside(runs[0]!.experiment, run.experiment)
          return (
            <tr key={run.id} data-active={run.id === active || undefined}>
              <th scope="row">
                <button
                  className="compared-run"
                  aria-pressed={run.id === active}
                  title={name}
                  onClick={() => session.store.activate(run.id)}
                >
                  <strong>{letterOf(place)}</strong> <span>{name}</span>
                </button>
              </th>
              {valuesOf(session.runs.of(run.id).view, run, compared).map((value, k) => (
                <td key={compared.columns[k]} className="compared-number">
                  <Rich text={value} />
                </td>
              ))}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function valuesOf(view: RunView, { experiment }: RunState, { columns, values }: Compared): readonly string[] {
  const { frame, count } = view
  if (!frame || count === 0) return columns.map(() => '')
  return values(view, actingHead(experiment, view))
}

/** Renders anew now and then, as runs that are not the active one come on, too. */
function useTicks(): void {
  const several = useSession((state) => state.runs.length > 1)
  const [, setTick] = useState(0)
  useEffect(() => {
    if (!several) return
    const timer = setInterval(() => setTick((tick) => tick + 1), TEXT_MS)
    return () => clearInterval(timer)
  }, [several])
}
