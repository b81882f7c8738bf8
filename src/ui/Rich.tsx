import { useLayoutEffect, useRef } from 'react'
import { renderRich } from '../render/rich-html'

interface RichProps {
  /** Text in which TeX stands between dollar signs. */
  readonly text: string
  readonly className?: string
}

/** Text with symbols set by KaTeX. */
export function Rich({ text, className }: RichProps) {
  const element = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => renderRich(element.current!, text), [text])
  return <span ref={element} className={className} />
}
