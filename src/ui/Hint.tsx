import { Tooltip } from '@base-ui/react/tooltip'
import type { ReactElement } from 'react'
import './Hint.css'

/** Says in a sentence what a control does, when it is pointed at or focused. */
export function Hint({ text, children }: { readonly text: string; readonly children: ReactElement }) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner side="right" sideOffset={8} collisionPadding={8}>
          <Tooltip.Popup className="hint">{text}</Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
