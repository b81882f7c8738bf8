import { useEffect, useLayoutEffect, useRef } from 'react'
import type { Head } from '../losses/head'
import { renderTex } from '../render/tex'
import { equationOf, symbolClass } from './equation'
import { highlight, useHighlight } from './highlight'

/**
 * The current loss with its live numbers. Pointing at a symbol lights its control, and the reverse.
 * @param symbols the values of the margin's symbols as they act now
 */
export function EquationView({
  head,
  symbols,
}: {
  readonly head: Head
  readonly symbols: Record<string, number>
}) {
  const element = useRef<HTMLDivElement>(null)
  const { loss, target, other } = equationOf(head, symbols)
  const row = (name: string, { symbols, numbers }: typeof target): string =>
    symbols === numbers ? `${name}&=${symbols}` : String.raw`${name}&=${symbols}\\&=${numbers}`
  const tex = String.raw`\begin{aligned}${loss.replace('=', '&=')}\\[0.6em]${row('z_y', target)}\\[0.35em]${row('z_j', other)}\end{aligned}`

  useLayoutEffect(() => {
    renderTex(element.current!, tex, true)
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
