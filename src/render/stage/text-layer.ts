import { renderTex } from '../tex'
import type { StageLabel } from './labels'

/** What was last written into an element, so that only changes touch the page. */
interface Written {
  readonly element: HTMLDivElement
  text: string
  style: string
  x: number
  y: number
  alpha: number
}

/** Puts labels on the page: an element each, moved by transforms. */
export class TextLayer {
  readonly element = document.createElement('div')
  private readonly context = document.createElement('canvas').getContext('2d')
  private readonly widths = new Map<string, number>()
  private written: Written[] = []
  private generation = -1
  private family = ''

  constructor() {
    this.element.className = 'stage-labels'
    this.element.setAttribute('aria-hidden', 'true')
  }

  /** Widths depend on the font: forget them when it changes or has loaded. */
  setFont(family: string): void {
    this.family = family
    this.widths.clear()
  }

  /** The width of a text in CSS pixels. */
  readonly measure = (text: string, size: number, weight: number): number => {
    const key = `${weight} ${size}px ${text}`
    let width = this.widths.get(key)
    if (width === undefined) {
      if (this.context) this.context.font = `${weight} ${size}px ${this.family}`
      width = this.context?.measureText(text).width ?? text.length * size * 0.55
      // Angles and norms change all the time: a bound keeps their texts from piling up.
      if (this.widths.size > 2000) this.widths.clear()
      this.widths.set(key, width)
    }
    return width
  }

  /** @param generation of `labels`; another one has other labels */
  setLabels(labels: readonly StageLabel[], generation: number): void {
    if (generation !== this.generation) {
      this.generation = generation
      this.element.replaceChildren()
      this.written = labels.map(({ kind }) => {
        const element = document.createElement('div')
        element.className = 'stage-label'
        element.dataset.kind = kind
        this.element.append(element)
        return { element, text: '', style: '', x: NaN, y: NaN, alpha: -1 }
      })
    }
    labels.forEach((label, i) => this.write(this.written[i]!, label))
  }

  private write(written: Written, label: StageLabel): void {
    const { element } = written
    const alpha = label.alpha < 0.03 ? 0 : Math.round(label.alpha * 50) / 50
    if (alpha !== written.alpha) {
      written.alpha = alpha
      element.style.opacity = String(alpha)
      element.style.visibility = alpha === 0 ? 'hidden' : 'visible'
    }
    if (alpha === 0) return
    const style = `${label.weight} ${label.size}px ${label.colour}`
    if (style !== written.style) {
      written.style = style
      element.style.fontSize = `${label.size}px`
      element.style.fontWeight = String(label.weight)
      element.style.color = label.colour
    }
    if (label.text !== written.text) {
      written.text = label.text
      if (label.tex === null) element.textContent = label.text
      else renderTex(element, label.tex)
    }
    const x = Math.round((label.x + label.dx) * 4) / 4
    const y = Math.round((label.y + label.dy) * 4) / 4
    if (x === written.x && y === written.y) return
    written.x = x
    written.y = y
    element.style.transform = `translate(${x}px, ${y}px) translate(-50%, -50%)`
  }
}
