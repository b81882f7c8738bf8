import { MOST_RINGS } from '../rings'

/**
 * The ground that points lie on, in one pass: paper, decision regions, the margin's regions, circles and
 * graticule. Every pixel decides for itself from the class vectors, so that borders are exact at any zoom;
 * lines get their width from analytic gradients, as differences between neighbouring pixels would tear where
 * the winning class changes.
 *
 * What is not shown is left out by defines, not by conditions: software renderers run both sides of those.
 * GLOBE: 3-D. SEVERAL: vectors of each class. REGIONS, MARGINS: what is tinted. GROWS: ψ may exceed the cosine. RING:
 * the density ring.
 */
export const GROUND_VERTEX = /* glsl */ `
precision highp float;
uniform vec4 uFit; // scale and offset from stage units to clip space
in vec3 position;
out vec2 vStage;
void main() {
  vStage = (position.xy - uFit.zw) / uFit.xy;
  gl_Position = vec4(position.xy, 0.0, 1.0);
}`

export const GROUND_FRAGMENT = /* glsl */ `
precision highp float;
precision highp int;
precision highp sampler2D;

const float PI = 3.14159265;
const float DEGREE = PI / 180.0;

uniform sampler2D uClasses; // (colour, strength) by class; by vector (v W/‖W‖ in view space, b) and (v, 0, 0, 0)
#ifdef FEW_VECTORS
uniform vec4 uLogits[FEW_VECTORS]; // row 1 of it: software renderers read uniforms many times faster
#endif
uniform sampler2D uPsi;     // ψ over θ = 0 … π
uniform sampler2D uDensity; // heights of the density ring, in stage units
uniform int uCount;     // of classes
uniform int uSubCenters; // vectors of each class, which lie together
uniform float uFixedLength; // u where it is the same everywhere (s), else 0
uniform float uReach;       // ‖x‖ at the disc's radius in the raw view
uniform float uNorm;        // ‖x‖ that the normalized view asks about
uniform float uMorph;       // 0 raw … 1 normalized
uniform float uDisc;        // radius of disc or globe
uniform float uDial;        // radius of the dial
uniform float uPixel;       // stage units in a pixel of the device
uniform float uLine;        // width of a hairline in pixels of the device
uniform float uRatio;       // pixels of the device in a CSS pixel
uniform float uTint;
uniform float uWedge;
uniform float uRings[${MOST_RINGS}];   // radii of the circles of round norms
uniform int uRingCount;
uniform mat3 uRotation;     // columns: the feature axes in view space
uniform vec3 uPaper;
uniform vec3 uInk;
uniform vec3 uInk3;
uniform vec3 uHairline;

in vec2 vStage;
out vec4 outColour;

/** v W/‖W‖ and b of class vector j: its logit is u times the first's product with a direction, plus b. */
vec4 logitOf(int j) {
#ifdef FEW_VECTORS
  return uLogits[j];
#else
  return texelFetch(uClasses, ivec2(j, 1), 0);
#endif
}

/** v of class vector j. */
float lengthOf(int j) {
  return texelFetch(uClasses, ivec2(j, 2), 0).r;
}

/** Colour and strength of the class of vector j. */
vec4 lookOf(int j) {
#ifdef SEVERAL
  j /= uSubCenters;
#endif
  return texelFetch(uClasses, ivec2(j, 0), 0);
}

/** The vector that stands for class j at direction dir: the nearest. */
int vectorOf(int j, vec3 dir) {
#ifdef SEVERAL
  int nearest = j * uSubCenters;
  float highest = -1e30;
  for (int i = 0; i < uSubCenters; i++) {
    int row = j * uSubCenters + i;
    float cosine = dot(logitOf(row).xyz, dir) / max(lengthOf(row), 1e-12);
    nearest = cosine > highest ? row : nearest;
    highest = max(highest, cosine);
  }
  return nearest;
#else
  return j;
#endif
}

/** Coverage of a line of width w at distance d, in pixels. */
float stroke(float d, float w) {
  return clamp(0.5 * w + 0.5 - abs(d), 0.0, 1.0) * min(w, 1.0);
}

/** Gradient over the stage of h · dir, where dir is the direction that a pixel shows. */
vec2 directionGradient(vec3 h, vec3 dir, float r) {
#ifdef GLOBE
  return (h.xy - h.z * dir.xy / (abs(dir.z) < 1e-3 ? 1e-3 : dir.z)) / uDisc;
#else
  return (h.xy - dot(h, dir) * dir.xy) / max(r, 1e-6);
#endif
}

#ifdef MARGINS
float psiAt(float theta, out float slope) {
  float last = float(textureSize(uPsi, 0).x - 1);
  float place = clamp(theta / PI, 0.0, 1.0) * last;
  float left = min(floor(place), last - 1.0);
  float a = texelFetch(uPsi, ivec2(int(left), 0), 0).r;
  float b = texelFetch(uPsi, ivec2(int(left) + 1, 0), 0).r;
  slope = (b - a) * last / PI;
  return mix(a, b, place - left);
}
#endif

#if defined(REGIONS) || defined(MARGINS)
/** Paints regions, borders and wedges as they are seen at direction dir, with strength. */
vec3 paintSurface(vec3 colour, vec3 dir, float r, float strength) {
  // u at this pixel, and how it changes with the radius.
#ifdef GLOBE
  float rate = 0.0;
  float u = uFixedLength > 0.0 ? uFixedLength : mix(uReach, uNorm, uMorph);
#else
  float rate = uFixedLength > 0.0 ? 0.0 : (1.0 - uMorph) * uReach / uDisc;
  float u = uFixedLength > 0.0 ? uFixedLength : mix(uReach * r / uDisc, uNorm, uMorph);
#endif

  // Without branches, which cost software renderers most.
  float first = -1e30, second = -1e30, winnerAt = 0.0, runnerUpAt = 0.0;
  for (int j = 0; j < uCount; j++) {
    int row = vectorOf(j, dir);
    vec4 w = logitOf(row);
    float logit = u * dot(w.xyz, dir) + w.w;
    float wins = step(first, logit);
    float follows = step(second, logit);
    runnerUpAt = mix(mix(runnerUpAt, float(row), follows), winnerAt, wins);
    winnerAt = mix(winnerAt, float(row), wins);
    second = max(second, min(first, logit));
    first = max(first, logit);
  }
  int winner = int(winnerAt + 0.5), runnerUp = int(runnerUpAt + 0.5);
  vec4 a = logitOf(winner), b = logitOf(runnerUp);
  vec4 own = lookOf(winner);

#ifdef REGIONS
  vec3 h = a.xyz - b.xyz;
  vec2 slope = u * directionGradient(h, dir, r) + rate * dot(h, dir) * dir.xy;
  float border = (first - second) / max(length(slope) * uPixel, 1e-12);
  vec4 other = lookOf(runnerUp);
  vec4 both = mix(other, own, clamp(0.5 + border, 0.0, 1.0));
  colour = mix(colour, both.rgb, uTint * strength * both.a);
  colour = mix(colour, uInk, 0.2 * strength * stroke(border, uLine));
#endif

#ifdef MARGINS
  float lead = -1e30;
  vec2 leadSlope = vec2(1.0);
#ifdef GROWS
  for (int j = 0; j < uCount; j++) {
    int row = vectorOf(j, dir);
    vec4 w = logitOf(row);
    float rival = row == winner ? second : first;
    vec3 other = row == winner ? b.xyz : a.xyz;
#else
  {
    int row = winner;
    vec4 w = a;
    float rival = second;
    vec3 other = b.xyz;
#endif
    float v = lengthOf(row);
    float cosine = clamp(dot(w.xyz, dir) / max(v, 1e-12), -1.0, 1.0);
    float psiSlope;
    float psi = psiAt(acos(cosine), psiSlope);
    float ahead = u * v * psi + w.w - rival;
    if (ahead > lead) {
      lead = ahead;
      winner = ahead > 0.0 ? row : winner;
      float sine = sqrt(max(1.0 - cosine * cosine, 1e-8));
      leadSlope = -u * psiSlope / sine * directionGradient(w.xyz, dir, r)
        - u * directionGradient(other, dir, r)
        + rate * (v * psi - dot(other, dir)) * dir.xy;
    }
  }
#ifdef GROWS
  own = lookOf(winner);
#endif
  float edge = lead / max(length(leadSlope) * uPixel, 1e-12);
  float wedge = strength * own.a;
  colour = mix(colour, own.rgb, uWedge * wedge * clamp(0.5 + edge, 0.0, 1.0));
#ifndef GLOBE
  // Where all edges run together, in the middle, they would make a blot.
  wedge *= smoothstep(10.0, 44.0, r / uPixel / uRatio);
#endif
  colour = mix(colour, own.rgb, 0.85 * wedge * stroke(edge, uLine * 1.1));
#endif
  return colour;
}
#endif

#ifdef GLOBE
/** Meridians and parallels, every 30°. */
float graticule(vec3 dir) {
  float line = 0.0;
  vec3 pole = uRotation[1];
  float height = dot(pole, dir);
  for (int k = -2; k <= 2; k++) {
    float d = (height - sin(float(k) * 30.0 * DEGREE)) / (length(directionGradient(pole, dir, 0.0)) * uPixel);
    line = max(line, stroke(d, uLine) * (k == 0 ? 1.0 : 0.7));
  }
  // Twelve half circles would make a blot at the poles.
  float clear = 1.0 - smoothstep(0.955, 0.965, abs(height));
  for (int k = 0; k < 6; k++) {
    float angle = float(k) * 30.0 * DEGREE;
    vec3 normal = cos(angle) * uRotation[0] + sin(angle) * uRotation[2];
    float d = dot(normal, dir) / (length(directionGradient(normal, dir, 0.0)) * uPixel);
    line = max(line, clear * 0.7 * stroke(d, uLine));
  }
  return line;
}

#else
/** The circle of degrees: a tick every 10°, a longer one every 30°. */
vec3 paintDial(vec3 colour, float r, float angle) {
  float outside = (r - uDial) / uPixel / uRatio;
  float step10 = round(angle / (10.0 * DEGREE));
  bool major = abs(mod(step10 + 0.5, 3.0) - 0.5) < 0.1;
  float across = (angle - step10 * 10.0 * DEGREE) * r / uPixel;
  float reach = clamp((major ? 7.0 : 4.0) + 0.5 - outside, 0.0, 1.0);
  float tick = stroke(across, uLine) * clamp(outside + 0.5, 0.0, 1.0) * reach;
  colour = mix(colour, uInk3, 0.8 * tick);
  return mix(colour, uHairline, stroke(outside * uRatio, uLine));
}

#ifdef RING
float densityAt(float angle, out float slope) {
  int count = textureSize(uDensity, 0).x;
  float place = fract(angle / (2.0 * PI)) * float(count) - 0.5;
  int left = int(floor(place));
  float a = texelFetch(uDensity, ivec2((left + count) % count, 0), 0).r;
  float b = texelFetch(uDensity, ivec2((left + 1) % count, 0), 0).r;
  slope = (b - a) * float(count) / (2.0 * PI);
  return mix(a, b, place - floor(place));
}
#endif
#endif

void main() {
  float r = length(vStage);
  vec3 colour = uPaper;
  float inside = (uDisc - r) / uPixel;

  vec3 surface = colour;
#ifdef GLOBE
  vec2 plane = vStage / uDisc;
  float z = sqrt(max(1.0 - dot(plane, plane), 1e-5));
  vec3 back = vec3(plane, -z);
  vec3 front = vec3(plane, z);
  // In the raw view circles of norms tell more than the globe's own lines.
  float lines = mix(0.5, 1.0, uMorph);
  surface = mix(surface, uInk, 0.07 * lines * graticule(back));
#if defined(REGIONS) || defined(MARGINS)
  surface = paintSurface(surface, back, r, 0.3);
  surface = paintSurface(surface, front, r, 1.0);
#endif
  surface = mix(surface, uInk, 0.13 * lines * graticule(front));
#elif defined(REGIONS) || defined(MARGINS)
  surface = paintSurface(surface, r > 0.0 ? vec3(vStage / r, 0.0) : vec3(1.0, 0.0, 0.0), r, 1.0);
#endif
  colour = mix(colour, surface, clamp(inside + 0.5, 0.0, 1.0));

  float ring = 0.0;
  for (int k = 0; k < uRingCount; k++) ring = max(ring, stroke((r - uRings[k]) / uPixel, uLine));
#ifdef GLOBE
  colour = mix(colour, uInk3, 0.28 * (1.0 - uMorph) * ring);
#else
  colour = mix(colour, uInk3, 0.35 * (1.0 - uMorph) * ring);
#endif

#ifdef GLOBE
  colour = mix(colour, uInk3, 0.75 * stroke(inside, uLine));
#else
  colour = mix(colour, uInk3, 0.9 * stroke(inside, uLine));
  float angle = atan(vStage.y, vStage.x);
  colour = paintDial(colour, r, angle);
#ifdef RING
  float slope;
  float height = uMorph * densityAt(angle, slope);
  float d = (r - uDisc - height) / (length(vec2(1.0, uMorph * slope / max(r, 1e-3))) * uPixel);
  colour = mix(colour, uInk3, 0.4 * uMorph * smoothstep(0.0, 0.01, height) * stroke(d, uLine));
#endif
#endif
  outColour = vec4(colour, 1.0);
}`
