import { useEffect, useRef, useSyncExternalStore, type RefObject } from 'react'
import { brief, fixed } from '../../render/format'
import { themeSource } from '../../render/theme'
import { runView } from '../../session/runs'
import type { VerificationView } from '../../session/run-view'
import { Rich } from '../Rich'
import { rgb } from 'd3'

interface SampleProps {
  readonly view: VerificationView
  readonly sample: number
}

/** A picture of an identity, as the network gets it. */
export function Glyph({ view: { source }, sample }: SampleProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { firstImage } = source
  const { data } = runView()
  const image = firstImage === null ? null : firstImage + sample
  useEffect(() => {
    if (!data || image === null) return
    const size = data.width * data.height
    const pixels = data.pixels.subarray(image * size, (image + 1) * size)
    paint(canvas, data.width, data.height, (at) => [255, 255, 255].map((full) => full - pixels[at]!))
  }, [data, image])
  if (!data || image === null) return null
  return <canvas ref={canvas} width={data.width} height={data.height} className="pipeline-picture" />
}

interface WeightMapProps {
  /** Rows of `dimension` numbers, a row for each class vector. */
  readonly weights: Float32Array
  readonly dimension: number
}

/** All class vectors: a row for each, blue above 0 and red below, strong where large. */
export function WeightMap({ weights, dimension }: WeightMapProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const rows = weights.length / dimension
  const theme = useSyncExternalStore(
    (changed) => themeSource.subscribe(changed),
    () => themeSource.current,
  )
  useEffect(() => {
    const { paper, classes } = theme
    const [none, above, below] = [paper, classes[0]!, classes[2]!].map(channels) as [
      number[],
      number[],
      number[],
    ]
    let most = 1e-12
    for (const value of weights) most = Math.max(most, Math.abs(value))
    paint(canvas, dimension, rows, (at) => {
      const share = weights[at]! / most
      const full = share > 0 ? above : below
      return none.map((start, k) => start + Math.abs(share) * (full[k]! - start))
    })
  }, [weights, dimension, rows, theme])
  return (
    <canvas
      ref={canvas}
      className="pipeline-weights"
      width={dimension}
      height={rows}
      role="img"
      aria-label={`${rows} class vectors of ${dimension} numbers`}
    />
  )
}

/** A feature vector as bars up and down from 0. */
export function FeatureBars({ view: { source }, sample }: SampleProps) {
  const { dimension } = source
  const values = source.features.subarray(sample * dimension, (sample + 1) * dimension)
  let [most, square] = [1e-12, 0]
  for (const value of values) {
    most = Math.max(most, Math.abs(value))
    square += value * value
  }
  let path = ''
  values.forEach((value, k) => (path += `M${k + 0.5} 0V${fixedHyphen(-value / most)}`))
  const norm = brief(Math.sqrt(square))
  return (
    <div className="pipeline-feature">
      <svg
        viewBox={`0 -1.05 ${dimension} 2.1`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Feature of length ${norm}`}
      >
        <path d={`M0 0H${dimension}`} className="zero" vectorEffect="non-scaling-stroke" />
        <path d={path} className="bars" />
      </svg>
      <Rich text={String.raw`$\lVert x\rVert$ = ${norm}`} />
    </div>
  )
}

interface CosineScaleProps {
  readonly cosine: number
  readonly threshold: number
}

/** Where the cosine lies, and the threshold, between −1 and 1. */
export function CosineScale({ cosine, threshold }: CosineScaleProps) {
  const x = (value: number): number => 60 + 50 * value
  return (
    <svg viewBox="0 0 120 30" className="pipeline-scale" aria-hidden="true">
      <path d="M10 14H110M10 11v6M60 11v6M110 11v6" className="zero" />
      <path d={`M${x(threshold)} 5v18`} className="threshold" />
      <circle cx={x(cosine)} cy={14} r={4} />
      {[-1, 0, 1].map((value) => (
        <text key={value} x={x(value)} y={28} textAnchor="middle">
          {fixed(value, 0)}
        </text>
      ))}
    </svg>
  )
}

/** For path data, which knows no minus sign. */
function fixedHyphen(value: number): string {
  return value.toFixed(3)
}

function channels(colour: string): number[] {
  const { r, g, b } = rgb(colour)
  return [r, g, b]
}

function paint(
  canvas: RefObject<HTMLCanvasElement | null>,
  width: number,
  height: number,
  colour: (at: number) => readonly number[],
): void {
  const context = canvas.current?.getContext('2d')
  if (!context) return
  const image = context.createImageData(width, height)
  for (let at = 0; at < width * height; at++) image.data.set([...colour(at), 255], 4 * at)
  context.putImageData(image, 0, 0)
}
