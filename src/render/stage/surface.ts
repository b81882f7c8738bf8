import type { Scene, StageScene } from './scene'

/** A scene and the part of the surface that it is drawn on, in CSS pixels from the top left corner. */
export interface PlacedScene<S extends Scene = StageScene> {
  readonly scene: S
  readonly left: number
  readonly top: number
}

/** What stages are drawn on. One surface may carry several, side by side. */
export interface Surface {
  /** @param width CSS pixels @param pixelRatio pixels of the device in one of them */
  resize(width: number, height: number, pixelRatio: number): void
  draw(stages: readonly PlacedScene[]): void
  /** @returns when what has been drawn so far is done, which a graphics card does later than it is asked to */
  finished(): Promise<void>
  dispose(): void
}
