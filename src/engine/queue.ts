/** Runs asynchronous jobs one after the other. */
export class Queue {
  private tail: Promise<unknown> = Promise.resolve()

  /** Runs `job` when all jobs before it have ended, and gives its result; a failed job stops no other. */
  run<T>(job: () => Promise<T>): Promise<T> {
    const result = this.tail.then(job)
    this.tail = result.catch(() => undefined)
    return result
  }
}

/** Lets messages and timers in; unlike a timer of 0 ms, it is not slowed down when it is called often. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
