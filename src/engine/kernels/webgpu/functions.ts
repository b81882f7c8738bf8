/**
 * Functions that shaders need exactly. WGSL lets its own sin and cos be wrong by 5e-4 and atan by one part in
 * 2000, and leaves powers of negative numbers undefined; these are good to two units in the last place
 * (polynomials of Cephes, Moshier 1992) on any GPU, for angles up to some thousands.
 */
export const EXACT_FUNCTIONS = `
// The quadrant of x, and where in it x lies, from -π/4 to π/4; π/2 is taken away in three parts.
struct Quadrant { number: i32, x: f32 };
fn quadrantOf(x: f32) -> Quadrant {
  let n = round(x * ${2 / Math.PI});
  return Quadrant(i32(n), ((x - n * 1.5703125) - n * 4.8375129699707031e-4) - n * 7.549789948768648e-8);
}
fn sinNearZero(x: f32) -> f32 {
  let s = x * x;
  return x + x * s * (-1.6666654611e-1 + s * (8.3321608736e-3 + s * -1.9515295891e-4));
}
fn cosNearZero(x: f32) -> f32 {
  let s = x * x;
  return 1.0 - 0.5 * s + s * s * (4.166664568298827e-2 + s * (-1.388731625493765e-3 + s * 2.443315711809948e-5));
}
fn exactSin(x: f32) -> f32 {
  let q = quadrantOf(x);
  let value = select(sinNearZero(q.x), cosNearZero(q.x), (q.number & 1) == 1);
  return select(value, -value, (q.number & 2) == 2);
}
fn exactCos(x: f32) -> f32 {
  let q = quadrantOf(x);
  let value = select(cosNearZero(q.x), sinNearZero(q.x), (q.number & 1) == 1);
  return select(value, -value, ((q.number + 1) & 2) == 2);
}
// The angle of the point (x, y) in the first quadrant, which is not 0.
fn exactAngle(x: f32, y: f32) -> f32 {
  let ratio = min(x, y) / max(x, y);
  let far = ratio > ${Math.SQRT2 - 1};
  let t = select(ratio, (ratio - 1.0) / (ratio + 1.0), far);
  let s = t * t;
  let poly = -3.33329491539e-1 + s * (1.99777106478e-1 + s * (-1.38776856032e-1 + s * 8.05374449538e-2));
  let angle = select(0.0, ${Math.PI / 4}, far) + (t + t * s * poly);
  return select(angle, ${Math.PI / 2} - angle, y > x);
}
// As Math.pow: a negative base may have a whole exponent.
fn exactPow(base: f32, exponent: f32) -> f32 {
  if (exponent == 0.0) { return 1.0; }
  let size = exp2(exponent * log2(abs(base)));
  let odd = abs(exponent) % 2.0 == 1.0;
  return select(size, -size, base < 0.0 && odd);
}`

const OWN: Readonly<Record<string, string>> = { sin: 'exactSin', cos: 'exactCos', pow: 'exactPow' }

/** What a function of an expression is called in a shader with EXACT_FUNCTIONS. */
export const exactName = (name: string): string => OWN[name] ?? name
