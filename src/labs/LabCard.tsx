import { useEffect, useId, useRef } from 'react'
import { PRESETS } from '../losses/preset-registry'
import { useLabSession } from '../session/context'
import { Rich } from '../ui/Rich'
import { Tex } from '../ui/Tex'
import type { Equation, Lab, Step } from './lab'
import { act, begin, closeLab, neighbour, openLab, useOpenLab } from './open-lab'
import './LabCard.css'

/** The open lab: what the paper says, what to try, what one sees. Nothing while none is open. */
export function LabCard() {
  const lab = useOpenLab()
  return lab && <Content key={lab.id} lab={lab} />
}

function Content({ lab }: { readonly lab: Lab }) {
  const session = useLabSession()
  const titleId = useId()
  const card = useRef<HTMLElement>(null)
  // The rail may have been scrolled down to its last settings.
  useEffect(() => {
    // In braces: newer browsers return a promise here, which React would take for the effect's end.
    card.current?.scrollIntoView({ block: 'start' })
  }, [])
  return (
    <section ref={card} className="lab" aria-labelledby={titleId}>
      <header className="lab-head">
        <p className="lab-figure">{lab.figure}</p>
        <Neighbour by={-1} name="Previous" />
        <Neighbour by={1} name="Next" />
        <button className="quiet" onClick={() => closeLab(session)}>
          Close
        </button>
      </header>
      <h2 id={titleId} className="lab-title">
        {lab.title}
      </h2>
      <h3>The paper</h3>
      <Paragraph text={lab.claim} />
      {lab.equations.length > 0 && (
        <div className="lab-equations">
          {lab.equations.map((equation) => (
            <EquationRow key={equation.number + equation.tex} equation={equation} />
          ))}
        </div>
      )}
      <h3>Try</h3>
      <ol className="lab-steps">
        {lab.steps.map((step) => (
          <StepRow key={step.text} lab={lab} step={step} />
        ))}
      </ol>
      <h3>What you see here</h3>
      <Paragraph text={lab.see} />
      <button className="button" onClick={() => begin(session, lab)}>
        Begin this lab again
      </button>
    </section>
  )
}

function Paragraph({ text }: { readonly text: string }) {
  return (
    <p>
      <Rich text={text} />
    </p>
  )
}

function Neighbour({ by, name }: { readonly by: 1 | -1; readonly name: string }) {
  const session = useLabSession()
  const lab = neighbour(useOpenLab(), by)
  return (
    <button
      className="quiet lab-neighbour"
      disabled={!lab}
      onClick={() => lab && openLab(session, lab)}
      aria-label={lab ? `${name} lab: ${lab.figure}, ${lab.title}` : `${name} lab`}
      title={lab ? `${lab.figure}: ${lab.title}` : undefined}
    >
      {by < 0 ? '‹' : '›'}
    </button>
  )
}

function StepRow({ lab, step: { text, action, Control } }: { readonly lab: Lab; readonly step: Step }) {
  const session = useLabSession()
  return (
    <li>
      <Rich text={text} />
      {action && (
        <button className="button lab-action" onClick={() => act(session, lab, action)}>
          <Rich text={action.label} />
        </button>
      )}
      {Control && <Control />}
    </li>
  )
}

function EquationRow({ equation: { number, tex, note, losses = [] } }: { readonly equation: Equation }) {
  const session = useLabSession()
  return (
    <div className="lab-equation">
      <div className="lab-formula">
        <Tex display>{tex}</Tex>
        {number !== '' && <span className="lab-number">({number})</span>}
      </div>
      {note !== undefined && (
        <p className="note">
          <Rich text={note} />
        </p>
      )}
      {losses.length > 0 && (
        <p className="lab-losses">
          {losses.map((id) => (
            <button key={id} className="button" onClick={() => session.settings.choosePreset(id)}>
              {PRESETS.find(id)?.name ?? id}
            </button>
          ))}
        </p>
      )}
    </div>
  )
}
