/** A rectangle, in pixels. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/**
 * Moves labels so that they cover neither each other nor any point, each staying near its own. Labels start
 * from where they were (offsets of 0 start above right), so that they drift with moving points and don't jump.
 * @param offsets of each label's centre from its point, x and y in pixels; changed in place.
 * @param points x and y in pixels.
 * @param size width and height of a label.
 */
export function repelLabels(
  offsets: Float32Array,
  points: ArrayLike<number>,
  [width, height]: readonly [number, number],
  bounds: Box,
  rounds = 40,
): void {
  const n = offsets.length / 2
  // Distances count in label heights across and along, so that wide labels keep further apart sideways.
  const stretch = width / height
  const rest = 0.85 * height
  for (let i = 0; i < n; i++) {
    if (offsets[2 * i] === 0 && offsets[2 * i + 1] === 0) {
      offsets[2 * i] = 0.6 * rest * stretch
      offsets[2 * i + 1] = -0.8 * rest
    }
  }
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < n; i++) {
      let x = offsets[2 * i]!
      let y = offsets[2 * i + 1]!
      const px = points[2 * i]!
      const py = points[2 * i + 1]!
      const push = (fromX: number, fromY: number, distance: number): void => {
        const dx = (px + x - fromX) / stretch
        // Two at the same place part by their index, or they would stay together.
        const dy = py + y - fromY || 1e-3 * (i + 1)
        const length = Math.hypot(dx, dy)
        if (length >= distance) return
        const step = (0.4 * (distance - length)) / length
        x += step * dx * stretch
        y += step * dy
      }
      for (let k = 0; k < n; k++) {
        push(points[2 * k]!, points[2 * k + 1]!, rest)
        if (k !== i) push(points[2 * k]! + offsets[2 * k]!, points[2 * k + 1]! + offsets[2 * k + 1]!, height)
      }
      const length = Math.hypot(x / stretch, y)
      const pull = length > rest ? 1 - (0.15 * (length - rest)) / length : 1
      x = clamp(px + x * pull, bounds.left + width / 2, bounds.right - width / 2) - px
      y = clamp(py + y * pull, bounds.top + height / 2, bounds.bottom - height / 2) - py
      offsets[2 * i] = x
      offsets[2 * i + 1] = y
    }
  }
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

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value))
}
