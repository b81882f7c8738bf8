// Optimizer steps over the whole parameter vector. The vector's length is a multiple of four floats. The
// gradient is multiplied by `factor`, which clips it.

/** The squared norm, in double precision from lane sums of at most 256 terms. */
export function squaredNorm(values: usize, size: i32): f64 {
  let sum: f64 = 0
  for (let from: i32 = 0; from < size; from += 1024) {
    const to = min(from + 1024, size)
    let lanes = f32x4.splat(0)
    for (let i: i32 = from; i < to; i += 4) {
      const x = v128.load(values + ((<usize>i) << 2))
      lanes = f32x4.add(lanes, f32x4.mul(x, x))
    }
    sum +=
      <f64>f32x4.extract_lane(lanes, 0) +
      <f64>f32x4.extract_lane(lanes, 1) +
      <f64>f32x4.extract_lane(lanes, 2) +
      <f64>f32x4.extract_lane(lanes, 3)
  }
  return sum
}

export function adam(
  parameters: usize,
  gradients: usize,
  first: usize,
  second: usize,
  size: i32,
  decayed: i32,
  stepSize: f32,
  secondCorrection: f32,
  // Their differences to 1 are rounded last: 1 − 0.999 in floats is off by 1.3e-5 of itself.
  beta1: f64,
  beta2: f64,
  epsilon: f32,
  decay: f32,
  factor: f32,
): void {
  const clip = f32x4.splat(factor)
  const b1 = f32x4.splat(<f32>beta1)
  const c1 = f32x4.splat(<f32>(1 - beta1))
  const b2 = f32x4.splat(<f32>beta2)
  const c2 = f32x4.splat(<f32>(1 - beta2))
  const rate = f32x4.splat(stepSize)
  const correction = f32x4.splat(secondCorrection)
  const eps = f32x4.splat(epsilon)
  for (let i: i32 = 0; i < size; i += 4) {
    const at = (<usize>i) << 2
    const g = f32x4.mul(clip, v128.load(gradients + at))
    const p = v128.load(parameters + at)
    const m = f32x4.add(f32x4.mul(b1, v128.load(first + at)), f32x4.mul(c1, g))
    const v = f32x4.add(f32x4.mul(b2, v128.load(second + at)), f32x4.mul(c2, f32x4.mul(g, g)))
    v128.store(first + at, m)
    v128.store(second + at, v)
    const denominator = f32x4.add(f32x4.sqrt(f32x4.mul(v, correction)), eps)
    const change = f32x4.div(f32x4.mul(rate, m), denominator)
    const shrink = f32x4.mul(f32x4.splat(i < decayed ? decay : 0), p)
    v128.store(parameters + at, f32x4.sub(p, f32x4.add(change, shrink)))
  }
}

export function sgd(
  parameters: usize,
  gradients: usize,
  velocity: usize,
  size: i32,
  decayed: i32,
  rate: f32,
  momentum: f32,
  decay: f32,
  factor: f32,
): void {
  const clip = f32x4.splat(factor)
  const mu = f32x4.splat(momentum)
  const step = f32x4.splat(rate)
  for (let i: i32 = 0; i < size; i += 4) {
    const at = (<usize>i) << 2
    const p = v128.load(parameters + at)
    const shrink = f32x4.mul(f32x4.splat(i < decayed ? decay : 0), p)
    const g = f32x4.add(f32x4.mul(clip, v128.load(gradients + at)), shrink)
    const v = f32x4.add(f32x4.mul(mu, v128.load(velocity + at)), g)
    v128.store(velocity + at, v)
    v128.store(parameters + at, f32x4.sub(p, f32x4.mul(step, v)))
  }
}
