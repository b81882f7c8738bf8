import { PointCard } from './card'
import type { StageModel } from './model'
import { toPixelX, toPixelY } from './scene'
import type { StageData } from './stage-data'

/** The cards of the pinned point and of the one under the pointer. */
export class Cards {
  private readonly pinned = new PointCard()
  private readonly hovered = new PointCard()

  constructor(
    private data: StageData,
    private readonly model: StageModel,
  ) {}

  get elements(): readonly HTMLElement[] {
    return [this.hovered.element, this.pinned.element]
  }

  /** Shows other data from now on. */
  setData(data: StageData): void {
    this.data = data
  }

  /** Colours are others. */
  restyle(): void {
    this.pinned.restyle()
    this.hovered.restyle()
  }

  /** @param pinned @param hovered points, or −1 */
  update(pinned: number, hovered: number): void {
    this.updateCard(this.pinned, pinned)
    this.updateCard(this.hovered, hovered === pinned ? -1 : hovered)
  }

  private updateCard(card: PointCard, point: number): void {
    if (point < 0) {
      card.hide()
      return
    }
    const { scene, cloud } = this.model
    card.update(this.data, point, cloud.infoVersion, scene.palette)
    const { x, y } = this.model.placeOf(point)
    card.place(toPixelX(scene, x), toPixelY(scene, y), scene.width, scene.height)
  }
}
