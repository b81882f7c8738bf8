import { smallestAngle } from '../../geometry/measure'
import { summarize } from '../../geometry/quantiles'
import { fixed } from '../../render/format'
import { TEX } from '../common'
import type { Compared } from '../panel'

const degrees = (angle: number): string => `${fixed((180 / Math.PI) * angle, 1)}°`

/** How far features are from the vectors of their own and of the nearest other class, and these from each other. */
export const compared: Compared = {
  columns: [`own ${TEX.theta}`, 'nearest other', 'two vectors'],
  values: (run, { subCenters }) => [
    degrees(summarize(run.targetAngle.slice(0, run.count)).median),
    degrees(summarize(run.otherAngle.slice(0, run.count)).median),
    degrees(smallestAngle(run.frame!.weights, run.dimension, subCenters)),
  ],
}
