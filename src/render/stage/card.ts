import { renderTex } from '../tex'
import type { Palette, Rgb } from './palette'
import type { ImageSource, StageData } from './stage-data'

/** Pixels between a point and its card, and between card and the stage's edge. */
const AWAY = 16
const EDGE = 6
/** To the right of a point, to its left, below and above. */
const SIDES = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const
/** A stage that is less wide is a phone's. */
const SMALL = 480

/** The card of one point: its image, what it is and what the net says, its angles and its norm. */
export class PointCard {
  readonly element = div('stage-card')
  private readonly canvas = document.createElement('canvas')
  private readonly title = div('stage-card-title')
  private readonly verdict = div('stage-card-verdict')
  private readonly target = row('\\theta')
  private readonly other = row('\\theta')
  private readonly norm = row('\\lVert x\\rVert')
  private image: ImageData | null = null
  private drawn = -1
  private drawnFrom: ImageSource | null = null
  private width = 0
  private height = 0
  private visible = false
  private point = -1
  private version = -1

  constructor() {
    const facts = div('stage-card-facts')
    const lines = div('stage-card-lines')
    lines.append(this.target.line, this.other.line, this.norm.line)
    facts.append(this.title, this.verdict, lines)
    this.element.append(this.canvas, facts)
    this.element.hidden = true
  }

  /** Shows point `i` as it is now. @param version counts changes of the data */
  update(data: StageData, i: number, version: number, { classes, ink }: Palette): void {
    if (this.visible && i === this.point && version === this.version) return
    this.point = i
    this.version = version
    const label = data.labels[i]!
    const said = data.predicted[i]!
    const other = data.otherClass[i]!
    const name = (j: number): string => data.classes[j] ?? String(j)
    this.draw(data, i, ink)
    this.title.textContent = name(label)
    this.verdict.textContent =
      said === label ? '' : data.data?.width === 0 ? `nearest is ${name(said)}` : `the net says ${name(said)}`
    this.target.set(`to ${name(label)}`, degrees(data.targetAngle[i]!), classes[label])
    this.other.set(`to ${name(other)}`, degrees(data.otherAngle[i]!), classes[other])
    this.norm.set('', threeDigits(data.norm[i]!), undefined)
    if (!this.visible) {
      this.visible = true
      this.element.hidden = false
    }
    this.width = this.element.offsetWidth
    this.height = this.element.offsetHeight
  }

  hide(): void {
    if (!this.visible) return
    this.visible = false
    this.element.hidden = true
  }

  /** Forgets the drawn image: the theme's ink is another. */
  restyle(): void {
    this.drawn = this.version = -1
  }

  /**
   * Puts the card beside (x, y), within width × height, on the side where there is room and that is farthest
   * from the middle, where arrows and angles are.
   */
  place(x: number, y: number, width: number, height: number): void {
    if (width < SMALL) {
      // On a phone it would cover everything: it goes to the edge that is further away.
      this.moveTo((width - this.width) / 2, y > height / 2 ? EDGE : height - EDGE - this.height)
      return
    }
    let farthest = -1
    let bestLeft = EDGE
    let bestTop = EDGE
    for (const [right, down] of SIDES) {
      const left = x + right * (AWAY + this.width / 2) - this.width / 2
      const top = y + down * (AWAY + this.height / 2) - this.height / 2
      const boundedLeft = Math.max(EDGE, Math.min(width - EDGE - this.width, left))
      const boundedTop = Math.max(EDGE, Math.min(height - EDGE - this.height, top))
      // Where it does not fit it would cover the point itself.
      if (right !== 0 ? left !== boundedLeft : top !== boundedTop) continue
      const middleX = boundedLeft + this.width / 2
      const middleY = boundedTop + this.height / 2
      const away = Math.hypot(middleX - width / 2, middleY - height / 2)
      if (away <= farthest) continue
      farthest = away
      bestLeft = boundedLeft
      bestTop = boundedTop
    }
    this.moveTo(bestLeft, bestTop)
  }

  private moveTo(left: number, top: number): void {
    this.element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`
  }

  private draw({ data, images, substitute }: StageData, point: number, ink: Rgb): void {
    if (!data) return
    const { width, height } = data
    // Features may come without images, and a recorded run is there before its images.
    this.canvas.hidden = data.pixels.length === 0
    if (this.canvas.hidden) return
    const size = width * height
    const index = images[point]!
    const own = substitute?.point === point ? substitute.pixels : null
    if (own === null && index === this.drawn && data === this.drawnFrom) return
    // Another picture comes with each look at it.
    this.drawn = own ? -1 : index
    this.drawnFrom = data
    const pixels = own ?? data.pixels.subarray(index * size, (index + 1) * size)
    const context = this.canvas.getContext('2d')
    if (!context) return
    if (!this.image || this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width
      this.canvas.height = height
      this.image = context.createImageData(width, height)
    }
    const [r, g, b] = ink.map((c) => 255 * c) as [number, number, number]
    for (let k = 0; k < size; k++) {
      this.image.data[4 * k] = r
      this.image.data[4 * k + 1] = g
      this.image.data[4 * k + 2] = b
      this.image.data[4 * k + 3] = pixels[k]!
    }
    context.putImageData(this.image, 0, 0)
  }
}

interface Row {
  readonly line: HTMLElement
  set(name: string, value: string, colour: Rgb | undefined): void
}

/** A symbol, what it is about, and its value. */
function row(tex: string): Row {
  const line = div('stage-card-line')
  const swatch = div('stage-card-swatch')
  const symbol = div('stage-card-symbol')
  const value = div('stage-card-value')
  const formula = document.createElement('span')
  const name = document.createElement('span')
  renderTex(formula, tex)
  symbol.append(formula, ' ', name)
  line.append(swatch, symbol, value)
  return {
    line,
    set(text, number, colour) {
      name.textContent = text
      value.textContent = number
      swatch.style.backgroundColor = colour ? `rgb(${colour.map((c) => Math.round(255 * c)).join(' ')})` : ''
    },
  }
}

function div(className: string): HTMLDivElement {
  const element = document.createElement('div')
  element.className = className
  return element
}

function degrees(radians: number): string {
  return `${((radians * 180) / Math.PI).toFixed(1)}°`
}

function threeDigits(value: number): string {
  return value >= 99.95 ? value.toFixed(0) : value.toPrecision(3)
}
