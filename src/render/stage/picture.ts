import type { StageLabel } from './labels'
import type { Theme } from '../theme'

/** How many picture pixels a CSS pixel becomes. */
export const PICTURE_SCALE = 2
const HALO = 3
/** Height of the line above each of several stages, in rem. */
const TITLE_REM = 1.75

/** A picture of a stage, with its place on the page in CSS pixels. */
export interface StagePicture {
  readonly canvas: HTMLCanvasElement
  readonly left: number
  readonly top: number
}

/** One of several, with its name: the bold one, and what belongs to it. */
export interface NamedPicture extends StagePicture {
  readonly letter: string
  readonly name: string
}

/**
 * A picture of the stage with its labels. @param drawn what was just drawn, at the picture's size
 */
export function paintPicture(
  drawn: HTMLCanvasElement,
  labels: readonly StageLabel[],
  theme: Theme,
): HTMLCanvasElement {
  const context = blank(drawn.width, drawn.height)
  context.drawImage(drawn, 0, 0)
  context.scale(PICTURE_SCALE, PICTURE_SCALE)
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.lineJoin = 'round'
  for (const { text, x, y, dx, dy, alpha, size, weight, colour } of labels) {
    if (alpha < 0.03) continue
    context.globalAlpha = alpha
    context.font = `${weight} ${size}px ${theme.font}`
    context.strokeStyle = theme.paper
    context.lineWidth = HALO
    context.strokeText(text, x + dx, y + dy)
    context.fillStyle = colour
    context.fillText(text, x + dx, y + dy)
  }
  return context.canvas
}

/** One picture of several stages, as they lie on the page, each with its name above. */
export function paintTogether(pictures: readonly NamedPicture[], theme: Theme): HTMLCanvasElement {
  const title = TITLE_REM * theme.rem
  const left = Math.min(...pictures.map((picture) => picture.left))
  const top = Math.min(...pictures.map((picture) => picture.top)) - title
  const right = Math.max(...pictures.map((picture) => picture.left + widthOf(picture)))
  const bottom = Math.max(...pictures.map((picture) => picture.top + heightOf(picture)))
  const context = blank(PICTURE_SCALE * (right - left), PICTURE_SCALE * (bottom - top))
  context.scale(PICTURE_SCALE, PICTURE_SCALE)
  context.fillStyle = theme.paper
  context.fillRect(0, 0, right - left, bottom - top)
  context.textBaseline = 'middle'
  for (const picture of pictures) {
    const x = picture.left - left
    const y = picture.top - top
    const width = widthOf(picture)
    const height = heightOf(picture)
    context.drawImage(picture.canvas, x, y, width, height)
    context.strokeStyle = theme.hairline
    context.strokeRect(x, y - title, width, height + title)
    paintName(context, picture, x + 0.5 * theme.rem, y - title / 2, width - theme.rem, theme)
  }
  return context.canvas
}

/** @throws where the browser has no memory for it */
export function toPng(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be made'))))
  })
}

const widthOf = ({ canvas }: StagePicture): number => canvas.width / PICTURE_SCALE
const heightOf = ({ canvas }: StagePicture): number => canvas.height / PICTURE_SCALE

function paintName(
  context: CanvasRenderingContext2D,
  { letter, name }: NamedPicture,
  x: number,
  y: number,
  room: number,
  theme: Theme,
): void {
  const size = (13 / 16) * theme.rem
  context.fillStyle = theme.ink
  context.font = `700 ${size}px ${theme.font}`
  context.fillText(letter, x, y)
  const away = context.measureText(letter).width + size / 2
  context.font = `400 ${size}px ${theme.font}`
  context.fillText(shortened(context, name, room - away), x + away, y)
}

/** The text, or as much of its beginning as has room. */
function shortened(context: CanvasRenderingContext2D, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text
  let length = text.length
  while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > room) length--
  return `${text.slice(0, length).trimEnd()}…`
}

function blank(width: number, height: number): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(width)
  canvas.height = Math.round(height)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('this browser can not draw the picture')
  return context
}
