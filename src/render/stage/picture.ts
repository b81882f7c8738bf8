import type { StageLabel } from './labels'
import type { Theme } from '../theme'

/** How many picture pixels a CSS pixel becomes. */
export const PICTURE_SCALE = 2
const HALO = 3

/**
 * A picture of the stage with its labels, as PNG. @param drawn what was just drawn, at the picture's size
 */
export function paintPicture(
  drawn: HTMLCanvasElement,
  labels: readonly StageLabel[],
  theme: Theme,
): Promise<Blob> {
  const canvas = document.createElement('canvas')
  canvas.width = drawn.width
  canvas.height = drawn.height
  const context = canvas.getContext('2d')
  if (!context) return Promise.reject(new Error('this browser can not draw the picture'))
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
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be made'))))
  })
}
