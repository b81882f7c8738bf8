import { Collapsible } from '@base-ui/react/collapsible'
import type { ReactNode } from 'react'
import './Section.css'

/** A titled part of the rail that folds. */
export function Section({
  title,
  open = true,
  children,
}: {
  readonly title: string
  readonly open?: boolean
  readonly children: ReactNode
}) {
  return (
    <Collapsible.Root className="section" defaultOpen={open} render={<section />}>
      <h2>
        <Collapsible.Trigger className="section-title">{title}</Collapsible.Trigger>
      </h2>
      <Collapsible.Panel className="section-body">{children}</Collapsible.Panel>
    </Collapsible.Root>
  )
}
