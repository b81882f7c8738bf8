import { useSyncExternalStore } from 'react'
import { stageView } from '../session/shown'
import { focusClass, toggleClass, useSession } from '../session/store'
import { classColour, themeSource } from '../render/theme'

/** The classes in their colours: a click shows or hides one, a double click singles it out. */
export function ClassLegend() {
  const { hiddenClasses, focusedClass } = useSession((state) => state.view)
  // Names of the classes are known from the first run on.
  useSession((state) => state.run)
  useSession((state) => state.embeddings)
  const theme = useSyncExternalStore(
    (changed) => themeSource.subscribe(changed),
    () => themeSource.current,
  )
  const { classes } = stageView()
  return (
    <div className="class-legend" role="group" aria-label="Classes; Shift and Enter singles one out">
      {classes.map((name, j) => (
        <button
          key={j}
          className="class-chip"
          aria-pressed={!hiddenClasses.includes(j)}
          aria-keyshortcuts="Shift+Enter"
          aria-label={`class ${name}${focusedClass === j ? ', singled out' : ''}`}
          data-focused={focusedClass === j || undefined}
          data-faded={(focusedClass !== null && focusedClass !== j) || undefined}
          title="Click: show or hide. Double click or Shift: single out."
          onClick={({ shiftKey }) => (shiftKey ? focusClass(j) : toggleClass(j))}
          onDoubleClick={() => focusClass(j)}
        >
          <span
            className="class-swatch"
            ref={(swatch) => {
              if (swatch) swatch.style.backgroundColor = classColour(theme, j, classes.length)
            }}
          />
          {name}
        </button>
      ))}
    </div>
  )
}
