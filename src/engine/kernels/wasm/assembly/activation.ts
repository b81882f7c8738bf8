// Activations, where the pre-activation z is kept and the activation is applied by whoever reads it. A slope
// count of −1 means no activation, 0 a ReLU, and otherwise a PReLU with one slope for each of `count` channels.

// @ts-ignore: decorators on functions are AssemblyScript's
@inline
function slope(slopes: usize, count: i32, channel: i32): f32 {
  return count == 0 ? 0 : load<f32>(slopes + (<usize>channel << 2))
}

// @ts-ignore: decorators on functions are AssemblyScript's
@inline
export function activate(z: f32, slopes: usize, count: i32, channel: i32): f32 {
  return z > 0 ? z : z * slope(slopes, count, channel)
}

/** to = activation of `from`, `length` floats; `count` must divide `length`. */
export function activateAll(to: usize, from: usize, length: i32, slopes: usize, count: i32): void {
  const zero = f32x4.splat(0)
  if (count > 0 && (count & 3) == 0) {
    for (let i: i32 = 0; i < length; i += count) {
      for (let c: i32 = 0; c < count; c += 4) {
        const at = <usize>(i + c) << 2
        const z = v128.load(from + at)
        const scaled = f32x4.mul(z, v128.load(slopes + (<usize>c << 2)))
        v128.store(to + at, v128.bitselect(z, scaled, f32x4.gt(z, zero)))
      }
    }
    return
  }
  for (let i: i32 = 0; i < length; i++) {
    const at = <usize>i << 2
    store<f32>(to + at, activate(load<f32>(from + at), slopes, count, count > 0 ? i % count : 0))
  }
}

/**
 * dz = dy · activation′(z) for `rows` rows of `channels` floats; dz has rows of `width` ≥ channels floats, the
 * rest zero. Adds to dBias [channels] and, for a PReLU, to dSlopes [channels].
 */
export function activationBackward(
  dz: usize,
  width: i32,
  dy: usize,
  z: usize,
  rows: i32,
  channels: i32,
  slopes: usize,
  count: i32,
  dBias: usize,
  dSlopes: usize,
): void {
  const zero = f32x4.splat(0)
  const vectors = channels & ~3
  for (let i: i32 = 0; i < rows; i++) {
    let c: i32 = 0
    for (; c < vectors; c += 4) {
      const at = <usize>c << 2
      const dyc = v128.load(dy + at)
      let out = dyc
      if (count >= 0) {
        const zc = v128.load(z + at)
        const positive = f32x4.gt(zc, zero)
        const scaled = count == 0 ? zero : f32x4.mul(dyc, v128.load(slopes + at))
        out = v128.bitselect(dyc, scaled, positive)
        if (count > 0) {
          const s = dSlopes + at
          v128.store(s, f32x4.add(v128.load(s), v128.andnot(f32x4.mul(dyc, zc), positive)))
        }
      }
      v128.store(dz + at, out)
      v128.store(dBias + at, f32x4.add(v128.load(dBias + at), out))
    }
    for (; c < channels; c++) {
      const at = <usize>c << 2
      const dyc = load<f32>(dy + at)
      let out = dyc
      if (count >= 0) {
        const zc = load<f32>(z + at)
        if (!(zc > 0)) {
          out = dyc * slope(slopes, count, c)
          if (count > 0) store<f32>(dSlopes + at, load<f32>(dSlopes + at) + dyc * zc)
        }
      }
      store<f32>(dz + at, out)
      store<f32>(dBias + at, load<f32>(dBias + at) + out)
    }
    for (; c < width; c++) store<f32>(dz + (<usize>c << 2), 0)
    dz += <usize>width << 2
    dy += <usize>channels << 2
    z += <usize>channels << 2
  }
}
