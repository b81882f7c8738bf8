/**
 * How much of the way from (ax, ay) to (bx, by) the last place within a rectangle is: 1 if the end lies
 * within, or if the way never passes through (Liang and Barsky 1984).
 */
export function clippedEnd(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  left: number,
  right: number,
  top: number,
  bottom: number,
): number {
  let enters = 0
  let leaves = 1
  const cut = (way: number, room: number): void => {
    if (way === 0) {
      if (room < 0) leaves = -1
    } else if (way < 0) enters = Math.max(enters, room / way)
    else leaves = Math.min(leaves, room / way)
  }
  cut(ax - bx, ax - left)
  cut(bx - ax, right - ax)
  cut(ay - by, ay - top)
  cut(by - ay, bottom - ay)
  return leaves >= enters ? leaves : 1
}
