import { useEffect, useLayoutEffect, useRef } from 'react'
import type { Head } from '../losses/head'
import type { TermSetting } from '../losses/forms/base'
import { renderTex } from '../render/tex'
import { highlight, useHighlight } from '../ui/highlight'
import { equationOf, symbolClass } from './equation'
import './EquationView.css'

/** Smaller type can't be read; a longer equation scrolls. */
const SMALLEST_PX = 12

/**
 * The current loss with its live numbers. Pointing at a symbol lights its control, and the reverse.
 * @param symbols the values of the margin's symbols as they act now
 */
export function EquationView({
  head,
  symbols,
  terms,
}: {
  readonly head: Head
  readonly symbols: Record<string, number>
  readonly terms: readonly TermSetting[]
}) {
  const element = useRef<HTMLDivElement>(null)
  const { loss, target, other, lines, terms: added } = equationOf(head, symbols, terms)
  const row = (name: string, { symbols, numbers }: typeof target): string =>
    symbols === numbers ? `${name}&=${symbols}` : String.raw`${name}&=${symbols}\\&=${numbers}`
  const rest = [...lines, ...added].map((line) => String.raw`\\[0.35em]${align(line)}`).join('')
  const tex =
    String.raw`\begin{aligned}${align(loss)}\\[0.6em]${row('z_y', target)}` +
    String.raw`\\[0.35em]${row('z_j', other)}${rest}\end{aligned}`

  useLayoutEffect(() => {
    renderTex(element.current!, tex, true)
    return fitWidth(element.current!)
  }, [tex])

  const lit = useHighlight(({ id }) => id)
  useEffect(() => {
    for (const symbol of element.current!.querySelectorAll('.parameter')) {
      symbol.classList.toggle('lit', lit !== null && symbol.classList.contains(symbolClass(lit)))
    }
  }, [lit, tex])

  return (
    <div
      ref={element}
      className="equation"
      onPointerMove={({ target }) => {
        const symbol = (target as Element).closest('.parameter')
        const name = [...(symbol?.classList ?? [])].find((c) => c.startsWith(symbolClass('')))
        highlight(name?.slice(symbolClass('').length) ?? null)
      }}
      onPointerLeave={() => highlight(null)}
    />
  )
}

/** Lines stand below each other at what makes them equations; those of words begin there. */
function align(line: string): string {
  const sign = /=|\\leftarrow/.exec(line)
  return sign ? `${line.slice(0, sign.index)}&${line.slice(sign.index)}` : `&${line}`
}

/** Sets a long equation smaller, so that the rail shows all of it, however wide that is. @returns how to stop that */
function fitWidth(element: HTMLElement): () => void {
  const equation = element.firstElementChild as HTMLElement
  const fit = (): void => {
    equation.style.fontSize = ''
    const size = parseFloat(getComputedStyle(equation).fontSize)
    const part = element.clientWidth / element.scrollWidth
    if (part < 1) equation.style.fontSize = `${Math.max(SMALLEST_PX, Math.floor(size * part * 4) / 4)}px`
  }
  const observer = new ResizeObserver(fit)
  observer.observe(element)
  fit()
  return () => observer.disconnect()
}
