import type { Spread, TableRow } from '../io/table-file'
import { PRESETS } from '../losses/preset-registry'

/** A column of numbers: median, and range over the seeds. */
export interface Column {
  readonly id: 'testAccuracy' | 'smallestAngle' | 'targetAngle' | 'intraToInter' | 'msPerStep'
  readonly title: string
  readonly help: string
  readonly unit: string
  readonly format: (value: number) => string
  /** Which end is the better one, and comes first. */
  readonly best: 'most' | 'least'
}

export const COLUMNS: readonly Column[] = [
  {
    id: 'testAccuracy',
    title: 'test accuracy',
    help: 'Held-out digits that are recognized.',
    unit: ' %',
    format: (value) => (100 * value).toFixed(1),
    best: 'most',
  },
  {
    id: 'smallestAngle',
    title: 'smallest angle',
    help: 'Between two class vectors.',
    unit: '°',
    format: (value) => value.toFixed(1),
    best: 'most',
  },
  {
    id: 'targetAngle',
    title: 'target angle',
    help: 'Mean angle between a held-out feature and its own class vector.',
    unit: '°',
    format: (value) => value.toFixed(1),
    best: 'least',
  },
  {
    id: 'intraToInter',
    title: 'intra / inter',
    help:
      'Mean distance to the class mean over the smallest distance of two class means, on the unit circle or ' +
      'sphere.',
    unit: '',
    format: (value) => value.toFixed(2),
    best: 'least',
  },
  {
    id: 'msPerStep',
    title: 'time of a step',
    help: 'Processor time, on the machine that trained the table.',
    unit: ' ms',
    format: (value) => value.toFixed(1),
    best: 'least',
  },
]

export interface Order {
  readonly by: Column['id'] | 'name'
  readonly descending: boolean
}

/** The order after a press on a column's title: its better end first, then the other way round. */
export function nextOrder(order: Order, by: Order['by']): Order {
  if (order.by === by) return { by, descending: !order.descending }
  return { by, descending: COLUMNS.find(({ id }) => id === by)?.best === 'most' }
}

/** What a named loss is called; its id where the page does not know it. */
export const nameOf = (preset: string): string => PRESETS.find(preset)?.name ?? preset

/** Rows by the median of a column, or by name; those given stay as they are. */
export function sortRows(rows: readonly TableRow[], { by, descending }: Order): TableRow[] {
  const ascending = (a: TableRow, b: TableRow): number =>
    by === 'name' ? nameOf(a.preset).localeCompare(nameOf(b.preset)) : a[by].median - b[by].median
  return [...rows].sort((a, b) => (descending ? -1 : 1) * ascending(a, b))
}

/** "97.4–98.1", or nothing where all seeds look the same. */
export function rangeOf({ least, most }: Spread, format: Column['format']): string {
  const from = format(least)
  const to = format(most)
  return from === to ? '' : `${from}–${to}`
}
