import type { LabelBox } from '../../geometry/labels'

/** Pixels between two labels, so that names side by side don't read as words. */
const GAP = 4

/** Hides labels for which there is no room. Those that had it the time before go first, so that none flickers. */
export class Thinning {
  private placed: LabelBox[] = []
  private before: LabelBox[] = []

  /**
   * Of `labels`, hides all that are fainter than `least` or would touch one that has its place already.
   * @param first have theirs in any case
   */
  apply(labels: readonly LabelBox[], first: readonly LabelBox[], least: number): void {
    const { before } = this
    this.before = this.placed
    this.placed = before
    this.placed.length = 0
    for (const label of first) if (label.alpha > 0) this.placed.push(label)
    for (const label of this.before) this.place(label, first, least)
    for (const label of labels) this.place(label, first, least)
  }

  private place(label: LabelBox, first: readonly LabelBox[], least: number): void {
    const { placed } = this
    if (first.includes(label) || placed.includes(label)) return
    label.dx = label.dy = 0
    if (label.alpha < least || placed.some((other) => touch(label, other))) label.alpha = 0
    else placed.push(label)
  }
}

function touch(a: LabelBox, b: LabelBox): boolean {
  return (
    Math.abs(a.x + a.dx - b.x - b.dx) < (a.width + b.width) / 2 + GAP &&
    Math.abs(a.y + a.dy - b.y - b.dy) < (a.height + b.height) / 2 + GAP
  )
}
