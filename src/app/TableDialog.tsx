import { useEffect, useMemo, useState } from 'react'
import { presetExperiment } from '../engine/preset-experiment'
import { reasonOf } from '../io/reason'
import type { LossTable, TableRow } from '../io/table-file'
import { PRESETS } from '../losses/preset-registry'
import { useLabSession } from '../session/context'
import { loadTable } from '../session/table'
import { Dialog } from '../ui/Dialog'
import { Segments } from '../ui/Segments'
import { COLUMNS, nameOf, nextOrder, rangeOf, sortRows, type Order } from './table-columns'
import { TablePicture } from './TablePicture'
import './TableDialog.css'

/** All named losses as they were trained beforehand, side by side; a click takes one. */
export function TableDialog() {
  return (
    <Dialog trigger="Compare" title="All losses, trained" className="table-dialog">
      {(close) => <Content onChoice={close} />}
    </Dialog>
  )
}

function Content({ onChoice }: { readonly onChoice: () => void }) {
  const [loaded, setLoaded] = useState<{ table: LossTable } | { failure: string } | null>(null)
  useEffect(() => {
    let wanted = true
    void loadTable().then(
      (table) => wanted && setLoaded({ table }),
      (error: unknown) => wanted && setLoaded({ failure: reasonOf(error) }),
    )
    return () => {
      wanted = false
    }
  }, [])
  if (!loaded) return <p className="note">Loading …</p>
  if ('failure' in loaded) return <p role="alert">The losses can’t be compared: {loaded.failure}.</p>
  return <Comparison table={loaded.table} onChoice={onChoice} />
}

function Comparison({ table, onChoice }: { readonly table: LossTable; readonly onChoice: () => void }) {
  const session = useLabSession()
  const dimensions = useMemo(() => [...new Set(table.rows.map((row) => row.dimension))].sort(), [table])
  const [dimension, setDimension] = useState(dimensions[0] ?? 2)
  const [order, setOrder] = useState<Order>({ by: 'testAccuracy', descending: true })
  // A table may be older or newer than the page.
  const rows = table.rows.filter((row) => row.dimension === dimension && PRESETS.has(row.preset))
  const steps = [...new Set(rows.map((row) => row.steps))].map((n) => n.toLocaleString('en')).join(' or ')
  const seeds =
    table.seeds.length === 1 ? 'one seed' : `${table.seeds.length} seeds: the median, and below it the range`
  const take = ({ preset }: TableRow): void => {
    session.open(presetExperiment(preset, dimension))
    onChoice()
  }
  return (
    <>
      <p className="note">
        Compact network, {steps} steps, {seeds}. Press a row to train that loss here.
      </p>
      <Segments
        label="Number of features"
        value={String(dimension)}
        choices={dimensions.map((d) => ({ value: String(d), label: `${d}-D` }))}
        onChange={(next) => setDimension(Number(next))}
      />
      <div className="table-scroll" tabIndex={0} role="region" aria-label="Table of losses">
        <table className="loss-table">
          <thead>
            <tr>
              <SortHead title="loss" by="name" order={order} onOrder={setOrder} />
              <th scope="col">in 2-D</th>
              {COLUMNS.map(({ id, title, help }) => (
                <SortHead key={id} title={title} help={help} by={id} order={order} onOrder={setOrder} />
              ))}
            </tr>
          </thead>
          <tbody>
            {sortRows(rows, order).map((row) => {
              const picture = table.pictures.get(row.preset)
              return (
                // The button in it takes the keyboard; its click comes here too.
                <tr key={row.preset} onClick={() => take(row)}>
                  <th scope="row">
                    <button className="table-choice">{nameOf(row.preset)}</button>
                  </th>
                  <td>{picture && <TablePicture picture={picture} />}</td>
                  {COLUMNS.map(({ id, unit, format }) => (
                    <td key={id} className="table-number">
                      {format(row[id].median)}
                      {unit}
                      {table.seeds.length > 1 && <span className="note">{rangeOf(row[id], format)}</span>}
                    </td>
                  ))}
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      <details className="note table-notes">
        <summary>What the columns are</summary>
        <ul>
          {COLUMNS.map(({ id, title, help }) => (
            <li key={id}>
              <b>{title}</b>: {help}
            </li>
          ))}
        </ul>
      </details>
    </>
  )
}

function SortHead({
  title,
  help,
  by,
  order,
  onOrder,
}: {
  readonly title: string
  readonly help?: string
  readonly by: Order['by']
  readonly order: Order
  readonly onOrder: (order: Order) => void
}) {
  const sorted = order.by === by ? (order.descending ? 'descending' : 'ascending') : undefined
  return (
    <th scope="col" aria-sort={sorted} className={by === 'name' ? undefined : 'table-number'}>
      <button className="table-sort" title={help} onClick={() => onOrder(nextOrder(order, by))}>
        {title}
        <span aria-hidden="true">{sorted && (sorted === 'descending' ? '↓' : '↑')}</span>
      </button>
    </th>
  )
}
