import { Component, type ReactNode } from 'react'
import { reasonOf } from '../io/reason'
import './PanelFrame.css'
import './Failure.css'

interface FailureProps {
  readonly error: unknown
  readonly retry: () => void
}

/** Stands in the place of a panel that failed; the others go on. */
export function Failure({ error, retry }: FailureProps) {
  const reason = reasonOf(error)
  return (
    <div className="panel-failure" role="alert">
      <p>This figure could not be drawn: {reason}.</p>
      <button type="button" className="text-button" onClick={retry}>
        Try again
      </button>
    </div>
  )
}

interface PanelBoundaryProps {
  readonly children: ReactNode
}

/** Keeps an error within one panel. */
export class PanelBoundary extends Component<PanelBoundaryProps, { readonly error: unknown }> {
  override state = { error: null as unknown }

  static getDerivedStateFromError(error: unknown): { readonly error: unknown } {
    return { error }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === null) return this.props.children
    return (
      <section className="panel">
        <Failure error={error} retry={() => this.setState({ error: null })} />
      </section>
    )
  }
}
