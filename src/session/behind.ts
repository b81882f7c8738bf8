import type { Frame } from '../engine/frame'

/** What an engine tells of its run while a recording of that run is shown in its place. */
export class Behind {
  /** The newest of each part of the points, by its first. */
  private readonly parts = new Map<number, Frame>()

  get frames(): Iterable<Frame> {
    return this.parts.values()
  }

  get empty(): boolean {
    return this.parts.size === 0
  }

  take(frame: Frame): void {
    if (frame.points) this.parts.set(frame.points.first, frame)
  }

  /** Another run begins behind the recording. */
  clear(): void {
    this.parts.clear()
  }
}
