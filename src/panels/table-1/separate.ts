/**
 * Moves places along a line so that neighbours are at least `gap` apart and all are within [low, high], each as near to
 * where it was as the order allows; evenly where there is no room.
 */
export function separate(places: readonly number[], gap: number, low: number, high: number): number[] {
  const order = places.map((_, k) => k).sort((a, b) => places[a]! - places[b]!)
  const apart = Math.min(gap, (high - low) / Math.max(1, places.length - 1))
  const moved = [...places]
  let least = low
  for (const k of order) {
    moved[k] = Math.max(least, moved[k]!)
    least = moved[k] + apart
  }
  let most = high
  for (const k of order.reverse()) {
    moved[k] = Math.min(most, moved[k]!)
    most = moved[k] - apart
  }
  return moved
}
