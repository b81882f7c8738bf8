import { Camera } from './camera'

/**
 * What stages side by side have in common: from where one looks at them, and the point that is pointed at. The same
 * point is the same image on all of them.
 */
export class StageLink {
  /** The point under the pointer, on whichever stage that is; −1 for none. */
  hovered = -1
  private readonly disc = new Camera(false)
  private readonly globe = new Camera(true)
  private readonly wakes = new Set<() => void>()

  camera(globe: boolean): Camera {
    return globe ? this.globe : this.disc
  }

  /** Calls `wake` when there is something new to draw, until the returned function is called. */
  join(wake: () => void): () => void {
    this.wakes.add(wake)
    return () => this.wakes.delete(wake)
  }

  wake(): void {
    for (const wake of this.wakes) wake()
  }

  point(at: number): void {
    if (at === this.hovered) return
    this.hovered = at
    this.wake()
  }

  set reducedMotion(reduced: boolean) {
    this.disc.reducedMotion = this.globe.reducedMotion = reduced
    this.wake()
  }
}
