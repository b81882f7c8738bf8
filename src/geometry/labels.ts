/** A label's box: centred at (x + dx, y + dy), in pixels. */
export interface LabelBox {
  /** Where it would like to be. */
  x: number
  y: number
  width: number
  height: number
  /** How far it was pushed. */
  dx: number
  dy: number
  /** How far it was pushed the time before. */
  beforeX: number
  beforeY: number
  /** Labels that are not shown push nobody. */
  alpha: number
  /** Others make room for it, it does not move. */
  fixed: boolean
}

export function newBox(): LabelBox {
  return {
    x: 0,
    y: 0,
    width: 0,
    height: 0,
    dx: 0,
    dy: 0,
    beforeX: 0,
    beforeY: 0,
    alpha: 0,
    fixed: false,
  }
}

const GAP = 2
const MOST_PASSES = 80
/** How much of an old push is kept at the start: labels return to their places, but don't jump. */
const KEPT = 0.8
/** Under this, a label counts as not shown. */
const LEAST_ALPHA = 0.04

/**
 * Pushes overlapping labels apart, each by half along the shorter way out. Deterministic; starts from where
 * they were pushed before. @returns the longest way that a label moved, in pixels
 */
export function repel(labels: readonly LabelBox[], count = labels.length): number {
  for (let i = 0; i < count; i++) {
    const label = labels[i]!
    label.beforeX = label.dx
    label.beforeY = label.dy
    label.dx *= KEPT
    label.dy *= KEPT
  }
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    let apart = true
    for (let i = 0; i < count; i++) {
      const a = labels[i]!
      if (a.alpha < LEAST_ALPHA) continue
      for (let j = i + 1; j < count; j++) {
        const b = labels[j]!
        if (b.alpha < LEAST_ALPHA || (a.fixed && b.fixed)) continue
        const x = b.x + b.dx - a.x - a.dx
        const y = b.y + b.dy - a.y - a.dy
        const overlapX = (a.width + b.width) / 2 + GAP - Math.abs(x)
        const overlapY = (a.height + b.height) / 2 + GAP - Math.abs(y)
        if (overlapX <= 0 || overlapY <= 0) continue
        apart = false
        // A little more than needed, or rounding lets them touch again.
        const sideways = overlapX < overlapY
        const push = (sideways ? overlapX : overlapY) + 0.01
        // Of two at the same place, the first goes left or up.
        const sign = (sideways ? x : y) < 0 ? -1 : 1
        const shareA = a.fixed ? 0 : b.fixed ? 1 : 0.5
        if (sideways) {
          a.dx -= sign * push * shareA
          b.dx += sign * push * (1 - shareA)
        } else {
          a.dy -= sign * push * shareA
          b.dy += sign * push * (1 - shareA)
        }
      }
    }
    if (apart) break
  }
  let moved = 0
  for (let i = 0; i < count; i++) {
    const { dx, dy, beforeX, beforeY } = labels[i]!
    moved = Math.max(moved, Math.abs(dx - beforeX), Math.abs(dy - beforeY))
  }
  return moved
}

/**
 * Moves positions along a line until neighbours are `gap` apart and all lie in [low, high] as far as they
 * fit, each as near to where it was as that allows, in the same order.
 */
export function spreadAlong(positions: readonly number[], gap: number, low: number, high: number): number[] {
  const order = positions.map((_, i) => i).sort((a, b) => positions[a]! - positions[b]! || a - b)
  // Groups of labels that touch; a group is centred on the mean of where its members want to be.
  const groups: { wanted: number; size: number }[] = []
  const first = ({ wanted, size }: { wanted: number; size: number }): number => {
    const start = wanted / size - ((size - 1) / 2) * gap
    return Math.max(low, Math.min(high - (size - 1) * gap, start))
  }
  for (const i of order) {
    let group = { wanted: positions[i]!, size: 1 }
    for (
      let last = groups.at(-1);
      last && first(last) + last.size * gap > first(group);
      last = groups.at(-1)
    ) {
      group = { wanted: last.wanted + group.wanted, size: last.size + group.size }
      groups.pop()
    }
    groups.push(group)
  }
  const result = positions.slice()
  let next = 0
  for (const group of groups) {
    for (let k = 0; k < group.size; k++) result[order[next++]!] = first(group) + k * gap
  }
  return result
}
