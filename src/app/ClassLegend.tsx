import { useEffect, useRef, useSyncExternalStore } from 'react'
import { classColour, themeSource } from '../render/theme'
import { useLabSession, useSession } from '../session/context'
import { activeRun } from '../session/state'
import { useRoving } from '../ui/roving'
import './ClassLegend.css'

/** With more classes than these their names are set closely. */
const FEW = 20

/**
 * The classes in their colours: a click shows or hides one, a double click singles it out. Many take a few lines, which
 * scroll and fade where there are more.
 */
export function ClassLegend() {
  const session = useLabSession()
  const { hiddenClasses, focusedClass } = useSession((state) => state.view)
  // Names of the classes are known from the first run on.
  useSession((state) => activeRun(state).run)
  useSession((state) => state.embeddings)
  const theme = useSyncExternalStore(
    (changed) => themeSource.subscribe(changed),
    () => themeSource.current,
  )
  const { classes } = session.stageView
  const { tabIndex, handlers } = useRoving(classes.length)
  const lines = useFadedEnds(classes)
  return (
    <div
      className="class-legend"
      ref={lines}
      data-many={classes.length > FEW || undefined}
      role="group"
      aria-label="Classes; arrow keys go through them, Shift and Enter singles one out"
      {...handlers}
    >
      {classes.map((name, j) => (
        <button
          key={j}
          className="flat class-chip"
          tabIndex={tabIndex(j)}
          aria-pressed={!hiddenClasses.includes(j)}
          aria-keyshortcuts="Shift+Enter"
          aria-label={`class ${name}${focusedClass === j ? ', singled out' : ''}`}
          data-focused={focusedClass === j || undefined}
          data-faded={(focusedClass !== null && focusedClass !== j) || undefined}
          title={`${name}. Click: show or hide. Double click or Shift: single out.`}
          onClick={({ shiftKey }) => (shiftKey ? session.store.focusClass(j) : session.store.toggleClass(j))}
          onDoubleClick={() => session.store.focusClass(j)}
        >
          <span
            className="class-swatch"
            ref={(swatch) => {
              if (swatch) swatch.style.backgroundColor = classColour(theme, j, classes.length)
            }}
          />
          <span className="class-name">{name}</span>
        </button>
      ))}
    </div>
  )
}

/**
 * Marks an element that scrolls with where there is more of it: above, below.
 * @param contents what changes its height
 */
function useFadedEnds(contents: unknown) {
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const { current } = element
    if (!current) return
    const mark = (): void => {
      const { scrollTop, scrollHeight, clientHeight } = current
      current.toggleAttribute('data-above', scrollTop > 1)
      current.toggleAttribute('data-below', scrollTop + clientHeight < scrollHeight - 1)
    }
    mark()
    current.addEventListener('scroll', mark, { passive: true })
    const sizes = new ResizeObserver(mark)
    sizes.observe(current)
    return () => {
      current.removeEventListener('scroll', mark)
      sizes.disconnect()
    }
  }, [contents])
  return element
}
