/** Diameters of the points with the least and the greatest margin, in those of a point without one. */
export const SMALLEST_POINT = 0.55
export const LARGEST_POINT = 2.2

/** The size of a point, as the cloud keeps it, in diameters of a usual one: 0 is usual, 1 … 255 from small to large. */
export function pointScale(size: number): number {
  return size === 0 ? 1 : SMALLEST_POINT + ((size - 1) / 254) * (LARGEST_POINT - SMALLEST_POINT)
}
