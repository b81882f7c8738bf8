import { Dialog as Base } from '@base-ui/react/dialog'
import { useState, type ReactNode } from 'react'
import './Dialog.css'

interface DialogProps {
  /** The button that opens it: what stands on it, and what it is called where that says too little. */
  readonly trigger: string
  readonly triggerLabel?: string
  readonly title: string
  readonly className?: string
  /** What is in it, told how to close it. */
  readonly children: (close: () => void) => ReactNode
}

/** A quiet button, and what it opens over the page. */
export function Dialog({ trigger, triggerLabel, title, className = '', children }: DialogProps) {
  const [open, setOpen] = useState(false)
  return (
    <Base.Root open={open} onOpenChange={setOpen}>
      <Base.Trigger className="quiet" aria-label={triggerLabel}>
        {trigger}
      </Base.Trigger>
      <Base.Portal>
        <Base.Backdrop className="backdrop" />
        <Base.Popup className={`popup dialog ${className}`}>
          <Base.Title className="dialog-title">{title}</Base.Title>
          {children(() => setOpen(false))}
          <Base.Close className="button">Close</Base.Close>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
