import type { Plot as Box } from '../../render/axes'
import { brief } from '../../render/format'
import { group, label, mark, smallType, type Mark } from '../../render/marks'
import type { Theme } from '../../render/theme'
import { dot } from '../common'
import { LAYER_OPACITY, type Digit } from './digit'
import type { TripletState } from './triplets'

/** Side of a sample's picture: this part of the figure, but not less or more, in pixels at the usual size of type. */
const PICTURE_SHARE = 0.11
const PICTURE_SIDES = [20, 44] as const
/** From the middle of a picture to its point, in its side. */
const AWAY = 0.85
/** The margin's ring is at least this part of the largest that there is room for. */
const LEAST_RING = 0.5
const DEGREE = Math.PI / 180

/** How a sample is drawn. */
export interface Look {
  readonly name: 'anchor' | 'positive' | 'negative'
  /** What its class is called, where it has no picture. */
  readonly glyph: string
  readonly digit: Digit | null
  readonly colour: string
  readonly ink: string
}

/** Radius of the outer edge of the margin: a negative beyond it is satisfied. */
export function marginRadius({ ap }: TripletState, margin: number): number {
  return Math.sqrt(ap + margin)
}

/** Pixels for a unit of features, at which the margin fills both pictures or leaves room for the negatives. */
export function unitOf(theme: Theme, box: Box, moments: readonly TripletState[], margin: number): number {
  const { across, up } = roomIn(theme, box)
  const rings = moments.map((moment) => marginRadius(moment, margin))
  const most = Math.max(1, Math.min(box.right - box.left, box.bottom - box.top) / 2 - 3) / Math.max(...rings)
  const fitting = moments.map((moment) => {
    const turn = turnOf(moment)
    return Math.min(across / Math.abs(Math.cos(turn)), up / Math.abs(Math.sin(turn))) / Math.sqrt(moment.an)
  })
  return Math.min(most, Math.max(LEAST_RING * most, ...[Math.min(...fitting)].filter(Number.isFinite)))
}

/** How far from the middle a negative may be drawn, so that its picture and letter have their places, too. */
function roomIn(theme: Theme, box: Box): { across: number; up: number } {
  const side = pictureSide(theme, box)
  return {
    across: Math.max(1, (box.right - box.left) / 2 - (AWAY + 0.5) * side - smallType(theme)),
    up: Math.max(1, (box.bottom - box.top) / 2 - (AWAY + 0.5) * side),
  }
}

function pictureSide({ rem }: Theme, { left, right, top, bottom }: Box): number {
  const [least, most] = PICTURE_SIDES
  const u = rem / 16
  return Math.max(least * u, Math.min(most * u, PICTURE_SHARE * Math.min(right - left, bottom - top)))
}

/** The negative's direction from the anchor, in radians from the right, where the positive is to the left. */
function turnOf(moment: TripletState): number {
  return Math.PI - angleAtAnchor(moment)
}

/**
 * A triplet as it lies, in the plane of its three features: the anchor in the middle, the positive to the left. The
 * inner circle goes through the positive, the ring around it is the margin.
 * @param unit pixels for a unit of features
 * @param looks of anchor, positive and negative
 */
export function tripletPicture(
  theme: Theme,
  box: Box,
  key: string,
  moment: TripletState,
  margin: number,
  unit: number,
  looks: readonly [Look, Look, Look],
): Mark {
  const x = (box.left + box.right) / 2
  const y = (box.top + box.bottom) / 2
  const far = Math.sqrt(moment.an)
  const inner = Math.sqrt(moment.ap) * unit
  const outer = marginRadius(moment, margin) * unit
  const turn = turnOf(moment)
  const side = pictureSide(theme, box)
  const { across, up } = roomIn(theme, box)
  const most = Math.min(across / Math.abs(Math.cos(turn)), up / Math.abs(Math.sin(turn)))
  const isBeyond = far * unit > most
  const shown = Math.min(far * unit, most)
  const px = x - inner
  const nx = x + shown * Math.cos(turn)
  const ny = y - shown * Math.sin(turn)
  const [anchor, positive, negative] = looks
  // The positive's picture makes room for a negative on the same side.
  const positiveSide = turn > 130 * DEGREE || inner > across ? 245 * DEGREE : Math.PI
  const negativeSide = Math.min(turn, 110 * DEGREE)
  const line = (look: Look, x2: number, y2: number): Mark =>
    mark('line', {
      x1: x,
      y1: y,
      x2,
      y2,
      stroke: look.colour,
      'stroke-width': 1.75 * theme.line,
      'stroke-dasharray': look === negative ? '5 3' : undefined,
    })
  return group(key, [
    mark('circle', {
      cx: x,
      cy: y,
      r: (inner + outer) / 2,
      fill: 'none',
      stroke: theme.accentLine,
      'stroke-opacity': 0.16,
      'stroke-width': outer - inner,
    }),
    mark('circle', { cx: x, cy: y, r: inner, fill: 'none', stroke: theme.ink3, 'stroke-width': theme.line }),
    mark('circle', {
      cx: x,
      cy: y,
      r: outer,
      fill: 'none',
      stroke: theme.accentLine,
      'stroke-width': 1.25 * theme.line,
    }),
    line(negative, nx, ny),
    line(positive, px, y),
    isBeyond ? arrow(theme, nx, ny, turn, negative.colour) : dot(theme, nx, ny, negative.colour, 4.5),
    dot(theme, px, y, positive.colour, 4.5),
    dot(theme, x, y, anchor.colour, 4.5),
    sample(theme, anchor, x, y, side, -55 * DEGREE),
    sample(theme, positive, px, y, side, positiveSide),
    // How far away it is stands on its line, or where that leads to the positive's side, beside its picture.
    sample(
      theme,
      negative,
      nx,
      ny,
      side,
      negativeSide,
      isBeyond && turn > negativeSide ? ` ${brief(far)}` : '',
    ),
    ...(isBeyond && turn <= negativeSide ? [distance(theme, nx, ny, turn, far)] : []),
  ])
}

/** The angle between the ways from the anchor to the positive and to the negative; right where one has no length. */
function angleAtAnchor({ ap, an, pn }: TripletState): number {
  const product = 2 * Math.sqrt(ap * an)
  return product > 0 ? Math.acos(Math.max(-1, Math.min(1, (ap + an - pn) / product))) : Math.PI / 2
}

/** Says that the negative is further away than there is room for. */
function arrow(theme: Theme, x: number, y: number, turn: number, colour: string): Mark {
  const size = 8 * Math.sqrt(theme.line)
  const corner = (by: number): string =>
    `${(x - size * Math.cos(turn + by)).toFixed(1)} ${(y + size * Math.sin(turn + by)).toFixed(1)}`
  return mark('path', {
    d: `M${x.toFixed(1)} ${y.toFixed(1)}L${corner(0.45)}L${corner(-0.45)}Z`,
    fill: colour,
  })
}

/** How far away it is, beside its line. */
function distance(theme: Theme, x: number, y: number, turn: number, far: number): Mark {
  const back = 1.6 * smallType(theme)
  const left = x - back * Math.cos(turn)
  const top = y + back * Math.sin(turn)
  const upright = Math.abs(Math.cos(turn)) < 0.6
  return label(theme, brief(far), left + (upright ? 7 : 0), top + (upright ? 0 : -6), {
    anchor: upright ? 'start' : 'middle',
    halo: true,
    colour: theme.ink,
    key: 'distance',
  })
}

/** The picture of a sample with its letter and `more`, away from its point in a direction. */
function sample(
  theme: Theme,
  { name, digit, glyph, ink }: Look,
  x: number,
  y: number,
  side: number,
  direction: number,
  more = '',
): Mark {
  const size = smallType(theme)
  const cx = x + AWAY * side * Math.cos(direction)
  const cy = y - AWAY * side * Math.sin(direction)
  const leftwards = Math.cos(direction) < -0.5
  const beside = (leftwards ? -1 : 1) * (0.5 * side + 1)
  const letter = label(theme, `$${name[0]!}$${more}`, cx + beside, cy + 0.34 * size, {
    anchor: leftwards ? 'end' : 'start',
    colour: theme.ink,
    halo: true,
    key: 'letter',
  })
  if (!digit) {
    const style = { anchor: 'middle', colour: ink, weight: 700, halo: true, size: 0.75 * side } as const
    return group(name, [label(theme, glyph, cx, cy + 0.26 * side, style), letter])
  }
  const scale = side / Math.max(digit.width, digit.height)
  const place = `translate(${(cx - side / 2).toFixed(1)} ${(cy - side / 2).toFixed(1)}) scale(${scale.toFixed(4)})`
  const layers = digit.layers.map((d) => mark('path', { d, fill: ink, 'fill-opacity': LAYER_OPACITY }))
  return group(name, [group('picture', layers, { transform: place }), letter])
}
