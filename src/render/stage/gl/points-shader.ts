import { LARGEST_POINT, SMALLEST_POINT } from '../point-size'

/** Points: where they are shown, as `placeFeature` of scene.ts says it for one, and how they look. */
export const POINTS_VERTEX = /* glsl */ `
precision highp float;
precision highp int;
precision highp sampler2D;

const float PI = 3.14159265;
const float SMALLEST = ${SMALLEST_POINT.toFixed(2)};
const float LARGEST = ${LARGEST_POINT.toFixed(2)};

uniform sampler2D uClasses;
uniform sampler2D uDensity;
uniform vec4 uFit;
uniform mat3 uRotation;
uniform float uReach;
uniform float uMorph;
uniform float uDisc;
uniform float uSize;    // diameter in pixels of the device
uniform float uOpacity;
uniform bool uGlobe;
uniform int uPass;      // 0 far half, 1 near and right, 2 near and wrong

in vec4 position;       // feature, and the part of its norm that is shown
in vec4 info;           // class, wrong, place in the density ring, 0 or size

out vec4 vColour;
out float vWrong;
out float vDiameter;

float densityAt(float angle) {
  int count = textureSize(uDensity, 0).x;
  float place = fract(angle / (2.0 * PI)) * float(count) - 0.5;
  int left = int(floor(place));
  float a = texelFetch(uDensity, ivec2((left + count) % count, 0), 0).r;
  float b = texelFetch(uDensity, ivec2((left + 1) % count, 0), 0).r;
  return mix(a, b, place - floor(place));
}

void main() {
  float norm = length(position.xyz);
  float unit = uDisc * position.w / max(norm, 1e-12);
  if (!uGlobe && uMorph > 0.0 && norm > 0.0) {
    unit *= 1.0 + densityAt(atan(position.y, position.x)) * (info.z + 0.5) / 256.0 / uDisc;
  }
  vec3 place = uRotation * position.xyz * mix(uDisc / uReach, unit, uMorph);
  int own = int(info.x + 0.5);
  vec4 look = texelFetch(uClasses, ivec2(own, 0), 0);
  float strength = look.a;
  bool far = uGlobe && place.z < 0.0;
  bool wrong = info.y > 0.5;
  int group = far ? 0 : wrong ? 2 : 1;
  if (group != uPass || strength == 0.0) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    gl_PointSize = 1.0;
    return;
  }
  float depth = uGlobe ? mix(0.22, 1.0, smoothstep(-0.45, 0.45, place.z / uDisc)) : 1.0;
  vColour = vec4(look.rgb, uOpacity * strength * depth);
  vWrong = wrong ? 1.0 : 0.0;
  float size = info.w > 0.5 ? mix(SMALLEST, LARGEST, (info.w - 1.0) / 254.0) : 1.0;
  vDiameter = size * uSize * (uGlobe ? mix(0.85, 1.05, smoothstep(-1.0, 1.0, place.z / uDisc)) : 1.0);
  gl_PointSize = (wrong ? 2.1 * vDiameter : vDiameter) + 2.0;
  gl_Position = vec4(place.xy * uFit.xy + uFit.zw, 0.0, 1.0);
}`

export const POINTS_FRAGMENT = /* glsl */ `
precision highp float;

uniform vec3 uInk;
uniform float uLine;
uniform float uRing;

in vec4 vColour;
in float vWrong;
in float vDiameter;
out vec4 outColour;

void main() {
  float size = (vWrong > 0.5 ? 2.1 * vDiameter : vDiameter) + 2.0;
  float d = length(gl_PointCoord - 0.5) * size;
  float disc = clamp(0.5 * vDiameter + 0.5 - d, 0.0, 1.0);
  float ring = vWrong * clamp(0.5 * uLine + 0.5 - abs(d - 1.05 * vDiameter + 0.5 * uLine), 0.0, 1.0);
  float alpha = max(disc, ring * uRing) * vColour.a;
  if (alpha < 0.004) discard;
  outColour = vec4(mix(vColour.rgb, uInk, disc > ring ? 0.0 : 1.0), alpha);
}`
