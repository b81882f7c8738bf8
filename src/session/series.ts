/** A curve that grows: values at steps, in two arrays that double when they are full. */
export class Series {
  length = 0
  steps = new Float64Array(1024)
  values = new Float32Array(1024)

  push(step: number, value: number): void {
    if (this.length === this.steps.length) {
      const steps = new Float64Array(2 * this.length)
      const values = new Float32Array(2 * this.length)
      steps.set(this.steps)
      values.set(this.values)
      Object.assign(this, { steps, values })
    }
    this.steps[this.length] = step
    this.values[this.length] = value
    this.length++
  }

  get last(): number | null {
    return this.length > 0 ? this.values[this.length - 1]! : null
  }

  /** Forgets everything after `step`. */
  truncate(step: number): void {
    while (this.length > 0 && this.steps[this.length - 1]! > step) this.length--
  }
}
