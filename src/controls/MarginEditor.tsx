import { useState } from 'react'
import { BENT, bentMargin, POINTS } from '../losses/bend'
import type { Head } from '../losses/head'
import type { MarginSetting } from '../losses/margin-function'
import { checkMargin, degrees, type MarginCheck } from '../losses/margin-check'
import { MARGIN_EXAMPLES } from '../losses/margin-examples'
import { defaultMargin } from '../losses/margin-setting'
import { MARGINS } from '../losses/margin-registry'
import { ChoiceField } from '../ui/ChoiceField'
import { useLabSession } from '../session/context'
import { MarginFigure } from './MarginFigure'
import { MarginText } from './MarginText'
import './MarginEditor.css'
import './MarginText.css'

const WRITTEN = MARGINS.all.find(({ text }) => text)!.id

/** ψ of the user's own, typed as a formula or bent by its points: seen at once, and trained with. */
export function MarginEditor({ head }: { readonly head: Head }) {
  const session = useLabSession()
  const { margin } = head
  const bends = margin.kind === BENT
  // Whoever bends a formula can come back to it.
  const [typed, setTyped] = useState<MarginSetting>(() => defaultMargin(WRITTEN))
  const choose = (way: 'type' | 'bend'): void => {
    if (way === 'type') session.settings.setHead({ margin: typed })
    else {
      setTyped(margin)
      session.settings.setHead({ margin: bentMargin(head) })
    }
  }
  return (
    <div className="margin-editor">
      <ChoiceField
        label="your own"
        symbol={String.raw`\psi(\theta)`}
        help="Type ψ as a formula, or take the curve that it has now and bend it by its points."
        value={bends ? 'bend' : 'type'}
        choices={[
          { value: 'type', label: 'Type it' },
          { value: 'bend', label: 'Bend it' },
        ]}
        onChange={choose}
      />
      {bends ? (
        <p className="margin-text-state">Drag a point up or down, or move it with the arrow keys.</p>
      ) : (
        <MarginText head={head} />
      )}
      <CheckedFigure check={checkMargin(head)} margin={margin} />
      {!bends && <Examples margin={margin} />}
    </div>
  )
}

/** The curve, what is wrong with it, and the points of one that is bent. */
function CheckedFigure({ check, margin }: { readonly check: MarginCheck; readonly margin: MarginSetting }) {
  const session = useLabSession()
  const points =
    margin.kind === BENT
      ? POINTS.map(({ degree, id }) => ({ degree, id, value: margin.parameters[id]! }))
      : undefined
  const { notDecreasing, aboveCosine, notFinite, overflows } = check
  const warnings = [
    notFinite.length > 0 && `Not finite at ${degrees(notFinite)}: training breaks there.`,
    overflows.length > 0 &&
      `Too large or too steep at ${degrees(overflows)}: gradients overflow, and training breaks there.`,
    notDecreasing.length > 0 &&
      `Not decreasing at ${degrees(notDecreasing)}: no pull towards the class there.`,
    aboveCosine.length > 0 &&
      `Above the cosine at ${degrees(aboveCosine)}: asks for less than softmax there.`,
  ].filter((warning) => warning !== false)
  return (
    <>
      <MarginFigure
        check={check}
        points={points}
        onBend={(id, value) => session.settings.setMarginParameter(id, value)}
      />
      {warnings.map((warning) => (
        <p key={warning} className="margin-warning">
          {warning}
        </p>
      ))}
    </>
  )
}

function Examples({ margin }: { readonly margin: MarginSetting }) {
  const session = useLabSession()
  return (
    <div className="margin-examples" role="group" aria-label="Examples">
      {MARGIN_EXAMPLES.map((example) => (
        <button
          key={example.name}
          type="button"
          title={`${example.text}. ${example.note}`}
          aria-pressed={margin.text === example.text}
          onClick={() =>
            session.settings.setHead({
              margin: { ...margin, text: example.text, parameters: { ...example.parameters } },
            })
          }
        >
          {example.name}
        </button>
      ))}
    </div>
  )
}
