import { isReachable } from '../../geometry/demanded-region'
import { twoDigits } from '../../geometry/two-digits'
import type { MarginTable } from '../../losses/margin-table'
import type { ClassVectors } from './class-vectors'
import type { Fit } from './fit'
import type { StageData, StageSettings } from './stage-data'

const MOST_NAMED = 4

/** The classes for which no direction satisfies the margin. */
export function unreachableClasses(classes: ClassVectors, margin: MarginTable, globe: boolean): number[] {
  if (!margin.active) return []
  const none: number[] = []
  for (let j = 0; j < classes.count; j++) {
    if (!isReachable(classes, margin.psi, j, globe)) none.push(j)
  }
  return none
}

/**
 * What a viewer must know to read the picture right, in sentences; the most urgent first.
 * @param more what is drawn beside points, vectors and regions
 */
export function captionsFor(
  data: StageData,
  settings: StageSettings,
  unreachable: readonly number[],
  fit: Fit,
  more: readonly string[] = [],
): string[] {
  // Before a run's first frame there is nothing that could be misread.
  if (data.count === 0) return []
  const { head, space, regions, margins } = settings
  const lines: string[] = []
  const drawable = data.dimension <= 3
  if (head.subCenters > 1) {
    lines.push(`Each class has ${head.subCenters} vectors; the thick one is nearest to most of its images.`)
  }
  if (margins && unreachable.length > 0) lines.push(pastTheBound(unreachable, data.classes))
  lines.push(...more)
  if (data.dimension > 3) {
    const why = regions || margins ? ` Regions take all ${data.dimension}, so none are drawn.` : ''
    lines.push(`${data.dimension} features, seen along their three main directions.${why}`)
  }
  if (drawable && regions && head.bias && !head.normalizeFeatures) {
    const globe = data.dimension > 2
    if (space === 'normalized') lines.push(`Regions hold for the median norm, ${twoDigits(fit.median)}.`)
    else if (globe) lines.push(`Regions on the globe hold for features of its norm, ${twoDigits(fit.reach)}.`)
  }
  if (space === 'normalized' && data.dimension === 2) {
    lines.push('The height of the ring is how many features point that way; the angle of each is exact.')
  }
  if (settings.note !== null) lines.push(settings.note)
  return lines
}

function pastTheBound(unreachable: readonly number[], names: readonly string[]): string {
  if (unreachable.length === names.length) {
    return 'No direction satisfies this margin for any class: it is past the bound.'
  }
  const named = unreachable.slice(0, MOST_NAMED).map((j) => names[j])
  const more = unreachable.length - named.length
  const list = more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ')
  const word = unreachable.length === 1 ? 'class' : 'classes'
  return `No direction satisfies this margin for ${word} ${list}: it is past the bound.`
}
