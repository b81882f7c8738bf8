import { Random } from './random'

/** A batch of at most so many classes, and points of each. */
const BATCH_CLASSES = 10
export const BATCH_PER_CLASS = 6
/** The most points in a batch. */
export const BATCH_SIZE = BATCH_CLASSES * BATCH_PER_CLASS

/**
 * The batch on the stage is drawn from so many points: as many as recorded runs have at least, so that live ones have
 * the same.
 */
export const BATCH_POINTS = 400

/** The batch that the stage shows; parameters as below. */
export function stageBatch(
  labels: ArrayLike<number>,
  count: number,
  isShown: (label: number) => boolean,
  focus = -1,
): number[] {
  return drawBatch(labels, Math.min(count, BATCH_POINTS), isShown, focus)
}

/**
 * Draws a balanced batch (P × K) from the points on the stage; the same points give the same batch.
 * @param isShown whether points of a class may be drawn
 * @param focus a point that must be in it, or −1; it takes the place of another
 * @returns places among the points, class by class
 */
export function drawBatch(
  labels: ArrayLike<number>,
  count: number,
  isShown: (label: number) => boolean,
  focus = -1,
): number[] {
  const members = new Map<number, number[]>()
  for (let i = 0; i < count; i++) {
    const label = labels[i]!
    if (!isShown(label)) continue
    const own = members.get(label)
    if (own) own.push(i)
    else members.set(label, [i])
  }
  const random = new Random(1, 'batch on the stage')
  const chosen = random.shuffle([...members.keys()].sort((a, b) => a - b)).slice(0, BATCH_CLASSES)
  const focusLabel = focus < 0 ? -1 : labels[focus]!
  const among = focus >= 0 && members.has(focusLabel)
  if (among && !chosen.includes(focusLabel)) chosen[chosen.length - 1] = focusLabel
  return chosen
    .sort((a, b) => a - b)
    .flatMap((label) => {
      const own = members.get(label)!
      const some = new Random(label, 'points of a class').shuffle([...own]).slice(0, BATCH_PER_CLASS)
      if (among && label === focusLabel && !some.includes(focus)) some[0] = focus
      return some
    })
}
