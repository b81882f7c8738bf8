import { memo } from 'react'
import type { Picture } from '../io/table-file'
import './TablePicture.css'

/** Length of the longest class vector; 1 is half of the picture. */
const REACH = 0.92

/** A final 2-D geometry, small: held-out features and class vectors in the colours of their classes. */
export const TablePicture = memo(function TablePicture({ picture }: { readonly picture: Picture }) {
  const { points, vectors, subCenters } = picture
  const classes = Array.from({ length: vectors.length / subCenters }, (_, j) => j)
  return (
    <svg className="table-picture" viewBox="-1 -1 2 2" aria-hidden="true">
      {classes.map((j) => {
        const colour = `var(--class-${j % 10})`
        // A line of no length with round ends is a dot; a class is one element, as there are many pictures.
        const dots = points
          .filter(({ label }) => label === j)
          .map(({ x, y }) => `M${x.toFixed(3)} ${(-y).toFixed(3)}h0`)
        return (
          <g key={j} stroke={colour}>
            {vectors.slice(j * subCenters, (j + 1) * subCenters).map(({ x, y }, k) => (
              <line key={k} x2={REACH * x} y2={-REACH * y} />
            ))}
            <path d={dots.join('')} />
          </g>
        )
      })}
    </svg>
  )
})
