import { useEffect, useState } from 'react'
import { brief } from '../../render/format'
import { runView } from '../../session/runs'
import { pictureOf } from '../../session/probe'
import { isPlaying, useSession } from '../../session/store'
import { classNameOf, pointsByNorm } from './points-by-norm'
import { Picture } from './Picture'

const SHOWN = 14
/** While it trains the order changes: this often it is looked at again, in milliseconds. */
const SORT_MS = 2000

/** Pictures from the longest feature to the shortest; choosing one puts it under the sliders. */
export function Gallery({
  chosen,
  onChoice,
}: {
  readonly chosen: number
  readonly onChoice: (point: number) => void
}) {
  const playing = useSession(isPlaying)
  const [points, setPoints] = useState(() => pointsByNorm(SHOWN))
  useEffect(() => {
    const sort = (): void => setPoints(pointsByNorm(SHOWN))
    // The last points of a look around come just after the status.
    const soon = setTimeout(sort, 300)
    const timer = playing ? setInterval(sort, SORT_MS) : undefined
    return () => {
      clearTimeout(soon)
      clearInterval(timer)
    }
  }, [playing])
  return (
    <div
      className="image-quality-gallery"
      role="group"
      aria-label="Pictures, from long features to short ones"
    >
      <span>long</span>
      {points.map((point) => {
        const picture = pictureOf(point)
        return (
          picture && (
            <button
              key={point}
              aria-pressed={point === chosen}
              aria-label={`${classNameOf(point)}, length ${brief(runView().norm[point]!)}`}
              title={`length ${brief(runView().norm[point]!)}`}
              onClick={() => onChoice(point)}
            >
              <Picture pixels={picture} />
            </button>
          )
        )
      })}
      <span>short</span>
    </div>
  )
}
