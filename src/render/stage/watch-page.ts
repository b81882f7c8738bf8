export interface PageEvents {
  resized(): void
  /** Whether any of the element can be seen. */
  sight(seen: boolean): void
  reducedMotion(reduced: boolean): void
  /** Fonts have come, so that text has other widths. */
  fontsLoaded(): void
}

/** Follows what the page does to an element. @returns how to stop that */
export function watchPage(element: HTMLElement, events: PageEvents): () => void {
  const sizes = new ResizeObserver(() => events.resized())
  sizes.observe(element)
  const sight = new IntersectionObserver((entries) => {
    events.sight(entries[entries.length - 1]?.isIntersecting ?? true)
  })
  sight.observe(element)
  const motion = matchMedia('(prefers-reduced-motion: reduce)')
  const followMotion = (): void => events.reducedMotion(motion.matches)
  followMotion()
  motion.addEventListener('change', followMotion)
  let stopped = false
  void document.fonts.ready.then(() => {
    if (!stopped) events.fontsLoaded()
  })
  return () => {
    stopped = true
    sizes.disconnect()
    sight.disconnect()
    motion.removeEventListener('change', followMotion)
  }
}
