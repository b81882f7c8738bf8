import { TestPage } from '../tests/browser/browser'
import type * as Training from '../tests/browser/page/training'
import type * as Plain from './page/plain'
import type * as Steps from './page/steps'
import { spread, table } from './results'
import { reasonOf } from '../src/io/reason'

/** Steps of a run, and runs of each kind, one after the other in turn. */
const STEPS: Readonly<Record<string, number>> = { mlp: 60, compact: 20 }
const RUNS = 7

/** One step of training beside the same network as one writes it with TensorFlow.js alone, in one page. */
export async function measurePlain(): Promise<string> {
  const page = await TestPage.open()
  try {
    const plain = page.module<typeof Plain>('bench/page/plain')
    const ours = page.module<typeof Steps>('bench/page/steps')
    const training = page.module<typeof Training>('tests/browser/page/training')
    const rows: string[][] = []
    for (const [network, steps] of Object.entries(STEPS)) {
      const task = {
        experiment: { network: { kind: network } },
        preset: 'softmax',
        data: { digits: 2048 },
      }
      const { dispatches } = await training.callsPerStep(task)
      const plainDispatches = await plain.plainDispatches(network)
      const ratios: number[] = []
      let missing: string | null = null
      for (let run = 0; run < RUNS && missing === null; run++) {
        try {
          const [theirs] = await plain.plainStepTimes('wasm', network, steps, 1)
          const [own] = await ours.stepTimes('wasm', task, steps, 1)
          ratios.push(theirs! / own!)
        } catch (error) {
          missing = reasonOf(error)
        }
      }
      const times =
        missing === null
          ? spread(ratios, (x) => x.toFixed(1))
          : `none: ${missing.split('\n')[0]!.replace(/^.*Error: /, '')}`
      rows.push([network, times, String(plainDispatches), String(dispatches)])
      console.log(rows[rows.length - 1]!.join('   '))
    }
    return table(
      ['network', 'time of a step on wasm, as a multiple of ours', 'dispatches of a WebGPU step', 'of ours'],
      rows,
    )
  } finally {
    await page.close()
  }
}
