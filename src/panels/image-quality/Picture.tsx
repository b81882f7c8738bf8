import { useLayoutEffect, useRef } from 'react'
import type { ImageSet } from '../../io/dataset-file'
import { themeSource } from '../../render/theme'
import { useLabSession } from '../../session/context'

/** A grey picture of the data's size, in the colours of the page. */
export function Picture({ pixels, className }: { readonly pixels: Uint8Array; readonly className?: string }) {
  const session = useLabSession()
  const canvas = useRef<HTMLCanvasElement>(null)
  useLayoutEffect(() => {
    const draw = (): void => paint(canvas.current!, session.runs.view.data, pixels)
    draw()
    return themeSource.subscribe(draw)
  }, [session, pixels])
  return <canvas ref={canvas} className={className} aria-hidden="true" />
}

function paint(canvas: HTMLCanvasElement, data: ImageSet | null, pixels: Uint8Array): void {
  const context = canvas.getContext('2d')
  if (!data || !context || pixels.length !== data.width * data.height) return
  canvas.width = data.width
  canvas.height = data.height
  const image = context.createImageData(data.width, data.height)
  context.fillStyle = themeSource.current.ink
  context.fillRect(0, 0, 1, 1)
  const [r, g, b] = context.getImageData(0, 0, 1, 1).data
  pixels.forEach((value, k) => image.data.set([r!, g!, b!, value], 4 * k))
  context.putImageData(image, 0, 0)
}
