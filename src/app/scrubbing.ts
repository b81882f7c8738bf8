import type { KeyboardEvent, PointerEvent } from 'react'
import type { Player } from '../session/player'

/** Keyframes that a key moves a recorded run by. */
const KEYS: ReadonlyMap<string, number> = new Map([
  ['ArrowRight', 1],
  ['ArrowUp', 1],
  ['ArrowLeft', -1],
  ['ArrowDown', -1],
  ['PageUp', 10],
  ['PageDown', -10],
  ['Home', -Infinity],
  ['End', Infinity],
])

/** Moves through a recorded run by keys, as a slider. */
export function scrubByKey(recorded: Player | null, event: KeyboardEvent): void {
  const by = KEYS.get(event.key)
  if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return
  event.preventDefault()
  recorded?.pause()
  recorded?.move(by)
}

/**
 * Handlers with which a track, `epochs` wide, is dragged through a recorded run. It holds meanwhile, and then plays on
 * if it did.
 */
export function scrubbing(player: () => Player | null, epochs: number) {
  let held = false
  let wasPlaying = false
  const seek = ({ clientX, currentTarget }: PointerEvent<HTMLElement>): void => {
    const { left, width } = currentTarget.getBoundingClientRect()
    player()?.seekEpoch((epochs * (clientX - left)) / width)
  }
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>): void => {
      const recorded = player()
      if (event.button !== 0 || !recorded) return
      event.currentTarget.setPointerCapture(event.pointerId)
      held = true
      wasPlaying = recorded.playing
      recorded.pause()
      seek(event)
    },
    onPointerMove: (event: PointerEvent<HTMLElement>): void => {
      if (held) seek(event)
    },
    onLostPointerCapture: (): void => {
      if (held && wasPlaying) player()?.play()
      held = false
    },
  }
}
