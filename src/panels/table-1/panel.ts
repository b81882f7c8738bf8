import type { Panel } from '../panel'
import { CurvesDrawing } from './drawing'
import { Table } from './Table'
import { askForVerified, useVerified, type Verified } from './verified'

export const panel: Panel<Verified> = {
  id: 'table-1',
  after: 'pipeline',
  title: 'Results',
  subtitle: 'of verification, beside the paper’s; press a row to train that loss here, from the start',
  help:
    'Press a row to train that loss. The curves have the share of same pairs that are accepted over that of ' +
    'different ones, for all thresholds: those of the table, and of the run on the stage.',
  needs: [],
  share: 1,
  wide: true,
  // It is there where it is asked for.
  concerns: () => false,
  Controls: Table,
  watch: (changed, { verifier }) => {
    askForVerified()
    const ends = [verifier.watch(), useVerified.subscribe(changed)]
    return () => ends.forEach((end) => end())
  },
  data: () => useVerified.getState(),
  create: () => new CurvesDrawing(),
}
