import { useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { brief } from '../../render/format'
import { themeSource } from '../../render/theme'
import { useLabSession, useSession } from '../../session/context'
import { isPlaying } from '../../session/state'
import { Rich } from '../../ui/Rich'
import { useRoving } from '../../ui/roving'
import { TEX } from '../common'
import './image-quality.css'
import { classNameOf, pointsByNorm, type Column } from './points-by-norm'
import { Picture } from './Picture'

/** Pictures of one length, one above the other. */
const ROWS = 2
/** The least width of a column, in rem: a number has room under it. */
const COLUMN_REM = 2
/** While it trains the order changes: this often it is looked at again, in milliseconds. */
const SORT_MS = 2000

interface GalleryProps {
  readonly chosen: number
  readonly onChoice: (point: number) => void
}

/** Pictures over an axis from the longest feature to the shortest; choosing one puts it under the sliders. */
export function Gallery({ chosen, onChoice }: GalleryProps) {
  const element = useRef<HTMLDivElement>(null)
  const columns = useSorted(useColumns(element))
  const { tabIndex, handlers } = useRoving(columns.length * ROWS)
  return (
    <div className="image-quality-gallery" ref={element}>
      <div
        className="image-quality-columns"
        role="group"
        aria-label="Pictures, from long features to short ones; arrow keys go through them"
        {...handlers}
      >
        {columns.map(({ points, norm }, column) => (
          // Places stay while pictures change, so that the focus does.
          <div key={column} className="image-quality-column">
            {points.map((point, row) => (
              <GalleryPicture
                key={row}
                point={point}
                chosen={point === chosen}
                tabIndex={tabIndex(ROWS * column + row)}
                onChoice={onChoice}
              />
            ))}
            <span className="image-quality-norm" aria-hidden="true">
              {brief(norm)}
            </span>
          </div>
        ))}
      </div>
      <p className="image-quality-ends" aria-hidden="true">
        <span>long</span>
        <Rich text={TEX.featureNorm} />
        <span>short</span>
      </p>
    </div>
  )
}

function GalleryPicture({
  point,
  chosen,
  tabIndex,
  onChoice,
}: {
  readonly point: number
  readonly chosen: boolean
  readonly tabIndex: number
  readonly onChoice: (point: number) => void
}) {
  const session = useLabSession()
  const picture = session.probe.picture(point)
  const length = brief(session.runs.view.norm[point]!)
  return (
    picture && (
      <button
        aria-pressed={chosen}
        aria-label={`${classNameOf(session.runs.view, point)}, length ${length}`}
        title={`${classNameOf(session.runs.view, point)}, length ${length}`}
        tabIndex={tabIndex}
        onClick={() => onChoice(point)}
      >
        <Picture pixels={picture} />
      </button>
    )
  )
}

/** How many columns the element has room for. */
function useColumns(element: RefObject<HTMLElement | null>): number {
  const [columns, setColumns] = useState(0)
  useLayoutEffect(() => {
    const measure = (): void => {
      setColumns(Math.floor(element.current!.clientWidth / (COLUMN_REM * themeSource.current.rem)))
    }
    measure()
    const sizes = new ResizeObserver(measure)
    sizes.observe(element.current!)
    return () => sizes.disconnect()
  }, [element])
  return columns
}

/** The points of the columns, sorted anew from time to time while it trains. */
function useSorted(columns: number): readonly Column[] {
  const session = useLabSession()
  const playing = useSession(isPlaying)
  const [points, setPoints] = useState<readonly Column[]>([])
  useLayoutEffect(() => {
    const sort = (): void => setPoints(pointsByNorm(session.runs.view, columns, ROWS))
    sort()
    // The last points of a look around come just after the status.
    const soon = setTimeout(sort, 300)
    const timer = playing ? setInterval(sort, SORT_MS) : undefined
    return () => {
      clearTimeout(soon)
      clearInterval(timer)
    }
  }, [session, playing, columns])
  return points
}
