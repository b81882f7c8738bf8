import type { MarkPlace, TermMark, Tone } from '../../losses/drawings/term-drawing'
import { addRing } from './arcs'
import { addBorder } from './borders'
import { addCased, addDashed, addLine, addSquare, addTurnedSquare } from './lines'
import type { MarkPlaces } from './mark-places'
import type { Palette, Rgb } from './palette'
import { depthAlpha, discRadius, unitPixels, type Place, type Scene } from './scene'

/** Radius of a diamond, in CSS pixels; of paper around it, and of its colour within. */
const DIAMOND = { ink: 10, paper: 11.8, colour: 7.8 }
/** Of the squares at the ends of a line; large ones have so much paper around. */
const END = { small: 4, large: 8, paper: 2.5 }
const RING = { radius: 8, width: 1.75 }
/** How far a bar is from its line, in CSS pixels. */
const ASIDE = 7
const BAR_WIDTH = 1.6

type Line = Extract<TermMark, { shape: 'line' }>

const here: Place = { x: 0, y: 0, z: 0 }
const there: Place = { x: 0, y: 0, z: 0 }

/**
 * Adds what a term has drawn; what is nowhere is left out.
 * @param dimension number of features: of more than three the stage does not show true distances
 */
export function addMark(scene: Scene, mark: TermMark, places: MarkPlaces, dimension: number): void {
  switch (mark.shape) {
    case 'line':
      if (bothPlaced(mark, places)) addTermLine(scene, mark)
      break
    case 'bar':
      if (bothPlaced(mark, places)) addBar(scene, mark.length, places.normalized)
      break
    case 'border':
      if (dimension <= 3) addBorder(scene, mark.around, mark.square, places)
      break
    case 'ring': {
      const radius = RING.radius * Math.max(0.8, scene.pointSize / 4)
      if (places.place(mark.at, here)) addRing(scene, here, radius, RING.width)
      break
    }
    case 'diamond':
      if (places.place(mark.at, here)) addDiamond(scene, mark.class)
      break
  }
}

/** Whether both ends are anywhere: then they are `here` and `there`. */
function bothPlaced({ from, to }: { from: MarkPlace; to: MarkPlace }, places: MarkPlaces): boolean {
  return places.place(from, here) && places.place(to, there)
}

/** Lines and bars are as faint as the end that is further away. */
const farther = (scene: Scene): number => Math.min(depthAlpha(scene, here.z), depthAlpha(scene, there.z))

function addTermLine(scene: Scene, { tone, width, alpha: own = 1, dashed, fades, ends }: Line): void {
  const { palette, classes } = scene
  const alpha = own * farther(scene) * (fades === undefined ? 1 : classes.strength[fades]!)
  const style = { colour: colourOf(palette, tone), alpha, width: width * palette.theme.line }
  if (dashed) addDashed(scene, here, there, style)
  else addCased(scene, here, there, style)
  if (!ends) return
  for (const end of [here, there]) {
    if (ends === 'large') addSquare(scene, end, palette.paper, alpha, END.large + END.paper)
    addSquare(scene, end, palette.ink, alpha, END[ends])
  }
}

function colourOf({ ink, accent, classes }: Palette, tone: Tone): Rgb {
  if (tone === 'ink') return ink
  return tone === 'accent' ? accent : classes[tone.class]!
}

/** Adds a bar of this length of features beside the middle of a line, so that both can be seen. */
function addBar(scene: Scene, length: number, normalized: boolean): void {
  const { palette } = scene
  const now = Math.hypot(there.x - here.x, there.y - here.y, there.z - here.z)
  const shown = normalized ? 1 : 1 - scene.morph
  if (now === 0 || shown === 0) return
  const wanted = length * (normalized ? discRadius(scene) : discRadius(scene) / scene.reach)
  const half = wanted / now / 2
  const dx = half * (there.x - here.x)
  const dy = half * (there.y - here.y)
  const flat = Math.hypot(dx, dy) || 1
  const aside = ASIDE / unitPixels(scene)
  const nx = (-dy / flat) * aside
  const ny = (dx / flat) * aside
  const x = (here.x + there.x) / 2 + nx
  const y = (here.y + there.y) / 2 + ny
  const style = {
    colour: palette.accent,
    alpha: farther(scene) * shown,
    width: BAR_WIDTH * palette.theme.line,
  }
  addCased(scene, { x: x - dx, y: y - dy, z: 0 }, { x: x + dx, y: y + dy, z: 0 }, style)
  // An end mark at each side.
  for (const side of [-1, 1]) {
    const ex = x + side * dx
    const ey = y + side * dy
    const by = (sign: number): Place => ({ x: ex + sign * 0.7 * nx, y: ey + sign * 0.7 * ny, z: 0 })
    addLine(scene, by(-1), by(1), style)
  }
}

/** Adds a diamond in the colour of a class, with ink and paper around it. */
function addDiamond(scene: Scene, label: number): void {
  const { palette, classes } = scene
  const alpha = classes.strength[label]! * depthAlpha(scene, here.z)
  if (alpha === 0) return
  addTurnedSquare(scene, here, palette.paper, alpha, DIAMOND.paper)
  addTurnedSquare(scene, here, palette.ink, alpha, DIAMOND.ink)
  addTurnedSquare(scene, here, palette.classes[label]!, alpha, DIAMOND.colour)
}
