import { individualMarginOf } from '../../losses/individual-margins'
import type { Drawing, Empty, PanelContext, Figure } from '../panel'
import { ClassMargins } from './class-margins'
import { SampleMargins } from './sample-margins'

/** The margins that a loss gives to samples or to classes. */
export class IndividualMarginDrawing implements Drawing {
  private readonly samples = new SampleMargins()
  private readonly classes = new ClassMargins()

  draw(context: PanelContext): Figure | Empty {
    const own = individualMarginOf(context.head)
    if (!own) return { empty: 'This loss asks the same margin of every sample.', small: true }
    return own.byClass ? this.classes.draw(context, own) : this.samples.draw(context, own)
  }
}
