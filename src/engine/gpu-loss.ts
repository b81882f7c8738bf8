import { onDeviceLost } from './backends'
import { sleep } from './queue'

/** How long the message that a device is lost may take. */
const LOSS_MS = 500

/** Why the GPU device was lost, until somebody sees to it. */
export class GpuLoss {
  /** Ends the watch. */
  readonly end: () => void
  private reason: string | null = null

  /** @param lost is told when it happens */
  constructor(lost: () => void) {
    this.end = onDeviceLost((reason) => {
      this.reason = reason
      lost()
    })
  }

  /** Whether something failed since the device is lost: what is read from one may fail just before the loss is told. */
  async explains(): Promise<boolean> {
    if (this.reason === null) await sleep(LOSS_MS)
    return this.reason !== null
  }

  /** Why it was lost, which is seen to now; null where it was not, or that has been done. */
  take(): string | null {
    const { reason } = this
    this.reason = null
    return reason
  }
}
