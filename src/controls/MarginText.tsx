import { useId, useState } from 'react'
import { ExpressionTextError, FUNCTION_NAMES } from '../io/expression-text'
import type { Head } from '../losses/head'
import { MARGINS } from '../losses/margin-registry'
import { useLabSession } from '../session/context'
import { Tex } from '../ui/Tex'
import './MarginText.css'

/** ψ as a text: what is right trains at once; what is wrong is marked, and the last right one goes on. */
export function MarginText({ head }: { readonly head: Head }) {
  const session = useLabSession()
  const id = useId()
  const { margin } = head
  const { text: rules } = MARGINS.get(margin.kind)
  const acting = margin.text ?? rules!.default
  const [draft, setDraft] = useState({ text: acting, of: acting })
  // A text from elsewhere, as from a link or an example, takes the place of the draft.
  const text = draft.of === acting ? draft.text : acting
  const error = errorOf(text, rules!.psi)

  const write = (next: string): void => {
    const right = errorOf(next, rules!.psi) === null
    setDraft({ text: next, of: right ? next : acting })
    if (right && next !== acting) session.settings.setHead({ margin: { ...margin, text: next } })
  }

  return (
    <>
      <label className="field-label" htmlFor={id}>
        <Tex>{String.raw`\psi(\theta)=`}</Tex>
      </label>
      <div className="margin-text">
        <textarea
          id={id}
          rows={2}
          value={text}
          spellCheck={false}
          autoCapitalize="off"
          aria-label="ψ as an expression of theta, m, k and s"
          aria-invalid={error !== null}
          aria-describedby={`${id}-state`}
          onChange={({ target }) => write(target.value)}
        />
        {error && <Underline text={text} error={error} />}
      </div>
      <p
        id={`${id}-state`}
        className="margin-text-state"
        data-error={error !== null || undefined}
        role="status"
      >
        {error
          ? `Character ${error.position + 1}: ${error.reason}. The run goes on with ${acting}.`
          : `theta, m, k, s, pi, e; + − * / ^; ${FUNCTION_NAMES.join(' ')}.`}
      </p>
    </>
  )
}

/** The text once more behind the field, with its wrong part underlined. */
function Underline({ text, error }: { readonly text: string; readonly error: ExpressionTextError }) {
  const { position } = error
  // What is missing is marked where it should stand.
  const end = position + Math.max(1, error.length)
  return (
    <div className="margin-text-mirror" aria-hidden>
      {text.slice(0, position)}
      <span className="margin-text-wrong">{text.slice(position, end).trim() || '\u00a0\u00a0'}</span>
      {text.slice(end)}
    </div>
  )
}

function errorOf(text: string, parse: (text: string) => unknown): ExpressionTextError | null {
  try {
    parse(text)
    return null
  } catch (error) {
    if (error instanceof ExpressionTextError) return error
    throw error
  }
}
