import { useLayoutEffect, useRef } from 'react'
import { renderTex } from '../render/tex'

/** A formula, typeset by KaTeX. */
export function Tex({
  children,
  display = false,
}: {
  readonly children: string
  readonly display?: boolean
}) {
  const element = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    renderTex(element.current!, children, display)
  }, [children, display])
  return <span ref={element} />
}
