import { useState, type FocusEvent, type KeyboardEvent } from 'react'

const ARROWS = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'])

interface Roving {
  /** Of the button at that place: one of all is reached with Tab. */
  readonly tabIndex: (place: number) => 0 | -1
  /** For the element that holds the buttons and nothing else that can have the focus. */
  readonly handlers: {
    readonly onFocus: (event: FocusEvent<HTMLElement>) => void
    readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
  }
}

/**
 * Many buttons that are one stop for Tab: arrows, Home and End go from one to the other, up and down to the nearest
 * in the line above or below.
 */
export function useRoving(count: number): Roving {
  const [current, setCurrent] = useState(0)
  const stop = Math.min(current, count - 1)
  return {
    tabIndex: (place) => (place === stop ? 0 : -1),
    handlers: {
      onFocus: ({ currentTarget, target }) => {
        const place = buttonsOf(currentTarget).indexOf(target as HTMLButtonElement)
        if (place >= 0) setCurrent(place)
      },
      onKeyDown: (event) => {
        if (!ARROWS.has(event.key)) return
        const buttons = buttonsOf(event.currentTarget)
        const from = buttons.indexOf(event.target as HTMLButtonElement)
        if (from < 0) return
        event.preventDefault()
        buttons[placeAfter(event.key, from, buttons)]?.focus()
      },
    },
  }
}

const buttonsOf = (element: HTMLElement): HTMLButtonElement[] => [...element.querySelectorAll('button')]

function placeAfter(key: string, from: number, buttons: readonly HTMLElement[]): number {
  const last = buttons.length - 1
  switch (key) {
    case 'Home':
      return 0
    case 'End':
      return last
    case 'ArrowLeft':
      return Math.max(0, from - 1)
    case 'ArrowRight':
      return Math.min(last, from + 1)
    default:
      return placeInLine(key === 'ArrowUp' ? -1 : 1, from, buttons)
  }
}

/** The nearest button of the next line that way; the same where there is none. */
function placeInLine(way: 1 | -1, from: number, buttons: readonly HTMLElement[]): number {
  const middle = ({ offsetLeft, offsetWidth }: HTMLElement): number => offsetLeft + offsetWidth / 2
  const start = buttons[from]!
  let nearest = from
  let line: number | null = null
  for (let place = from + way; place >= 0 && place < buttons.length; place += way) {
    const button = buttons[place]!
    if (button.offsetTop === start.offsetTop) continue
    line ??= button.offsetTop
    if (button.offsetTop !== line) break
    const isNearer =
      Math.abs(middle(button) - middle(start)) < Math.abs(middle(buttons[nearest]!) - middle(start))
    if (nearest === from || isNearer) nearest = place
  }
  return nearest
}
