import {
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
  type Ref,
} from 'react'
import type { Picture } from '../render/export'
import { spokenText } from '../render/math-text'
import { renderRich } from '../render/rich-html'
import { useLabSession, useSession } from '../session/context'
import { Failure } from './Failure'
import { LiveFigure } from './live-figure'
import type { Empty, Panel, Readout } from './panel'
import './PanelFigure.css'

/** Pixels between the place that is read and the box with its values. */
const READOUT_GAP = 14
/** No class. */
const NONE = -1

/** What others may ask of a figure. */
export interface FigureHandle {
  /** The figure as it is now, for a file; null while there is none. */
  picture(): Picture | null
  /** Where its values are read by keyboard. */
  readonly element: HTMLElement | null
}

interface PanelFigureProps {
  readonly panel: Panel
  /** Of type and lines. */
  readonly scale?: number
  readonly ref?: Ref<FigureHandle>
  readonly onEmpty?: (empty: Empty | null) => void
}

/** The live drawing of a panel, with values on hover and by keyboard. */
export function PanelFigure({ panel, scale = 1, ref, onEmpty }: PanelFigureProps) {
  const session = useLabSession()
  const box = useRef<HTMLDivElement>(null)
  const svg = useRef<SVGSVGElement>(null)
  const emptyBox = useRef<HTMLDivElement>(null)
  const readoutBox = useRef<HTMLDivElement>(null)
  const announcer = useRef<HTMLDivElement>(null)
  const figure = useRef<LiveFigure | null>(null)
  const [empty, setEmpty] = useState<Empty | null>(null)
  const [error, setError] = useState<unknown>(null)
  const embeddings = useSession((state) => state.embeddings)
  const active = useSession((state) => state.active)

  useEffect(() => {
    const emptyText = emptyBox.current!
    const live = new LiveFigure(session, panel, svg.current!, scale, {
      empty: (next) => {
        sayEmpty(emptyText, next)
        setEmpty((now) => (now?.empty === next?.empty ? now : next))
      },
      failed: (cause) => {
        sayEmpty(emptyText, null)
        setError(cause)
      },
      read: (readout, width, height) => placeReadout(readoutBox.current!, readout, width, height),
    })
    figure.current = live
    const sizes = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect
      live.resize(Math.round(width), Math.round(height))
    })
    const sight = new IntersectionObserver(([entry]) => live.setVisible(entry!.isIntersecting))
    sizes.observe(box.current!)
    sight.observe(box.current!)
    return () => {
      sizes.disconnect()
      sight.disconnect()
      live.dispose()
      sayEmpty(emptyText, null)
      figure.current = null
    }
    // A figure is of what is shown when it begins.
  }, [session, panel, scale, embeddings, active])

  useImperativeHandle(
    ref,
    () => ({
      picture: () => figure.current?.picture() ?? null,
      get element() {
        return box.current
      },
    }),
    [],
  )
  useEffect(() => onEmpty?.(empty), [empty, onEmpty])

  const say = (text: string): void => {
    announcer.current!.textContent = spokenText(text)
  }
  /** The class that a finger finds already read. */
  const touched = useRef<number | null>(null)
  const dragging = useRef(false)
  const point = ({ clientX, clientY, pointerType }: PointerEvent): void => {
    const live = figure.current
    const { left, top } = box.current!.getBoundingClientRect()
    const x = clientX - left
    const y = clientY - top
    if (dragging.current) {
      live?.drag(x)
      return
    }
    box.current!.classList.toggle('on-handle', live?.handleAt(x, y, reachOf(pointerType)) != null)
    live?.readAt(x, y)
  }
  /** @returns whether there is something to drag here */
  const grasp = ({ clientX, clientY, pointerType, pointerId }: PointerEvent): boolean => {
    const { left, top } = box.current!.getBoundingClientRect()
    const handle = figure.current?.handleAt(clientX - left, clientY - top, reachOf(pointerType))
    if (!handle) return false
    dragging.current = true
    figure.current?.stopReading()
    box.current!.setPointerCapture(pointerId)
    return true
  }
  const release = (): void => {
    dragging.current = false
  }
  const key = (event: KeyboardEvent): void => {
    const live = figure.current
    if (!live) return
    if (event.key === 'Escape' && live.isReading) {
      live.stopReading()
      event.stopPropagation()
      return
    }
    if (event.key === 'Enter') {
      if (live.readClass !== null) session.store.focusClass(live.readClass)
      return
    }
    const by = stepOf(event.key, live.places)
    if (by === 0) return
    event.preventDefault()
    const readout = live.readOn(by)
    if (readout) say(readout.lines.join('; '))
  }

  const failed = error !== null
  return (
    <div
      ref={box}
      className="panel-figure"
      role="application"
      aria-roledescription="figure"
      aria-label={`${panel.title}. ${spokenText(panel.help)}`}
      tabIndex={failed || empty ? -1 : 0}
      onPointerMove={point}
      onPointerUp={release}
      onPointerCancel={release}
      onPointerDown={(event) => {
        if (grasp(event)) return
        touched.current = event.pointerType === 'mouse' ? null : (figure.current?.readClass ?? NONE)
        point(event)
      }}
      onPointerLeave={({ pointerType }) => {
        // A finger that is lifted leaves, too; what it pointed at stays until another place is touched.
        if (pointerType !== 'touch') figure.current?.stopReading()
      }}
      onClick={() => {
        const j = figure.current?.readClass ?? null
        // A first touch reads; a mouse has read by pointing.
        if (j !== null && (touched.current === null || touched.current === j)) session.store.focusClass(j)
      }}
      onKeyDown={key}
      onFocus={() => say(`${figure.current?.summary ?? ''} Arrow keys read values.`)}
      onBlur={() => figure.current?.stopReading()}
    >
      <svg ref={svg} className="panel-svg" aria-hidden="true" />
      <div ref={readoutBox} className="panel-readout" aria-hidden="true" hidden />
      <div ref={announcer} className="visually-hidden" aria-live="polite" />
      <div ref={emptyBox} className="panel-empty" hidden>
        <span />
      </div>
      {failed && (
        <Failure
          error={error}
          retry={() => {
            setError(null)
            figure.current?.retry()
          }}
        />
      )}
    </div>
  )
}

/** How near to a handle a pointer must be, in pixels. */
function reachOf(pointerType: string): number {
  return pointerType === 'mouse' ? 6 : 18
}

/** How far a key reads on; Home and End go past the ends, where reading stops. */
function stepOf(key: string, places: number): number {
  const page = Math.max(2, Math.round(places / 12))
  const steps: Record<string, number> = {
    ArrowRight: 1,
    ArrowUp: 1,
    ArrowLeft: -1,
    ArrowDown: -1,
    PageUp: page,
    PageDown: -page,
    Home: -places,
    End: places,
  }
  return steps[key] ?? 0
}

/**
 * Says why there is nothing to draw, in the same moment in which the drawing goes: React, which has its own time,
 * would leave the text over the next drawing for as long as the page is busy.
 */
function sayEmpty(box: HTMLElement, empty: Empty | null): void {
  box.hidden = empty === null
  if (empty) renderRich(box.firstElementChild as HTMLElement, empty.empty)
}

/** Shows the values beside the place that they are of, where there is room. */
function placeReadout(box: HTMLElement, readout: Readout | null, width: number, height: number): void {
  box.hidden = readout === null
  if (!readout) return
  const lines = readout.lines.join('\n')
  if (box.dataset.lines !== lines) {
    box.dataset.lines = lines
    box.replaceChildren(
      ...readout.lines.map((text) => {
        const line = document.createElement('div')
        renderRich(line, text)
        return line
      }),
    )
  }
  const { style } = box
  const toRight = readout.x < width / 2
  style.left = toRight ? `${readout.x + READOUT_GAP}px` : ''
  style.right = toRight ? '' : `${width - readout.x + READOUT_GAP}px`
  style.top = `${Math.max(0, Math.min(height - box.offsetHeight, readout.y - box.offsetHeight / 2))}px`
}
