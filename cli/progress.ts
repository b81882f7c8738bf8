const WIDTH = 24

/** A progress bar on a terminal; elsewhere nothing. */
export class ProgressBar {
  private readonly stream: NodeJS.WriteStream | null

  constructor(stream: NodeJS.WriteStream | null) {
    this.stream = stream?.isTTY ? stream : null
  }

  /** @param fraction from 0 to 1 */
  show(fraction: number, text: string): void {
    const full = Math.round(WIDTH * Math.min(1, fraction))
    this.stream?.write(`\r\x1b[2K${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${text}`)
  }

  end(): void {
    this.stream?.write('\r\x1b[2K')
  }
}
