/** Something that is drawn now and then. */
export interface DrawTask {
  /** Not drawn before this time, in milliseconds as performance.now() counts. */
  notBefore: number
  draw(): void
}

/** Milliseconds of an animation frame that go into figures; what is left waits for the next. */
const BUDGET_MS = 5

/**
 * Draws what asked for it on the next animation frame, each once, and spreads many drawings over several
 * frames, so that what moves 60 times a second beside them never waits long.
 */
export class DrawScheduler {
  private readonly waiting = new Set<DrawTask>()
  private scheduled = false

  request(task: DrawTask): void {
    this.waiting.add(task)
    this.schedule()
  }

  cancel(task: DrawTask): void {
    this.waiting.delete(task)
  }

  private schedule(): void {
    if (this.scheduled || this.waiting.size === 0) return
    this.scheduled = true
    requestAnimationFrame(() => {
      this.scheduled = false
      this.drawSome()
      this.schedule()
    })
  }

  /** In the order in which they asked: none is passed over twice. */
  private drawSome(): void {
    const start = performance.now()
    for (const task of [...this.waiting]) {
      const now = performance.now()
      if (task.notBefore > start) continue
      if (now - start > BUDGET_MS) return
      this.waiting.delete(task)
      task.draw()
    }
  }
}

export const drawScheduler = new DrawScheduler()
