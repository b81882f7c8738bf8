import { create } from 'zustand'

/** The parameter that is pointed at, in the equation or at its control; both light up. */
export const useHighlight = create<{ readonly id: string | null }>(() => ({ id: null }))

/** Lights up the parameter of that id, or (null) none. */
export function highlight(id: string | null): void {
  useHighlight.setState({ id })
}

/** Event handlers for whatever stands for a parameter. */
export function highlights(id: string | undefined) {
  if (id === undefined) return {}
  return {
    onPointerEnter: () => highlight(id),
    onPointerLeave: () => highlight(null),
    onFocus: () => highlight(id),
    onBlur: () => highlight(null),
  }
}
