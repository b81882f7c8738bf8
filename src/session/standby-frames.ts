import type { Frame } from '../engine/frame'

/** What an engine on standby reports of its run, while a recording of that run is shown in its place. */
export class StandbyFrames {
  /** The newest of each part of the points, by its first. */
  private readonly parts = new Map<number, Frame>()

  get frames(): Iterable<Frame> {
    return this.parts.values()
  }

  get empty(): boolean {
    return this.parts.size === 0
  }

  keep(frame: Frame): void {
    if (frame.points) this.parts.set(frame.points.first, frame)
  }

  /** The engine begins another run. */
  clear(): void {
    this.parts.clear()
  }
}
