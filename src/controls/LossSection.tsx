import type { ReactNode } from 'react'
import { symbols } from '../geometry/expression'
import { BENT, bentMargin } from '../losses/bend'
import { MOST_SUB_CENTERS, type ActiveHead, type Head } from '../losses/head'
import { HEAD_LOSSES } from '../losses/head-loss-registry'
import { defaultLoss, lossMadeFor } from '../losses/loss-setting'
import { identifyHead } from '../losses/identify'
import { defaultMargin, psiOf, strengthsOf } from '../losses/margin-setting'
import { MARGINS } from '../losses/margin-registry'
import type { ParameterSpec } from '../losses/parameter'
import type { Preset } from '../losses/preset-spec'
import { useLabSession, useSession } from '../session/context'
import { useActingHead } from '../session/use-acting-head'
import { activeExperiment, activeRun } from '../session/state'
import { ChoiceField } from '../ui/ChoiceField'
import { Section } from '../ui/Section'
import { SelectField } from '../ui/SelectField'
import { SliderField } from '../ui/SliderField'
import { SwitchField } from '../ui/SwitchField'
import { formatNumber, lossHighlight } from './equation'
import { EquationView } from './EquationView'
import { LossChoice } from './LossChoice'
import { MarginEditor } from './MarginEditor'
import { MarginMeter } from './MarginMeter'
import './LossSection.css'

/** The classifier head: by name, by switches, and as an equation. */
export function LossSection() {
  const session = useLabSession()
  const head = useSession((state) => activeExperiment(state).head)
  const terms = useSession((state) => activeExperiment(state).terms)
  const dimension = useSession((state) => activeExperiment(state).network.dimension)
  // The number of classes is known from the first run on.
  useSession((state) => activeRun(state).run)
  const classes = session.runs.view.classes.length
  const live = useActingHead()
  const identity = identifyHead(head, terms)
  const named = identity.differences.length === 0
  const margin = MARGINS.get(head.margin.kind)
  const written = margin.text && symbols(psiOf(head.margin))
  const unused = ({ id }: ParameterSpec): boolean => written !== undefined && !written.has(id)
  const parameter = (spec: ParameterSpec) => (
    <SliderField
      key={spec.id}
      label={spec.label}
      symbol={spec.symbol}
      help={spec.help}
      parameter={spec.id}
      disabled={unused(spec) ? `The formula has no ${spec.id}.` : undefined}
      value={head.margin.parameters[spec.id] ?? spec.default}
      min={spec.min}
      max={spec.max}
      step={spec.step}
      format={(value) => formatParameter(spec, value)}
      onChange={(value) => session.settings.setMarginParameter(spec.id, value)}
    />
  )
  const loss = HEAD_LOSSES.get(head.loss.kind)
  const lossField = (spec: ParameterSpec) => (
    <SliderField
      key={`loss ${spec.id}`}
      label={spec.label}
      symbol={spec.symbol}
      help={spec.help}
      parameter={lossHighlight(spec.id)}
      value={head.loss.parameters[spec.id] ?? spec.default}
      min={spec.min}
      max={spec.max}
      step={spec.step}
      format={(value) => formatParameter(spec, value)}
      onChange={(value) =>
        session.settings.setHead({
          loss: { ...head.loss, parameters: { ...head.loss.parameters, [spec.id]: value } },
        })
      }
    />
  )
  return (
    <Section title="Loss">
      <LossChoice
        preset={identity.preset}
        named={named}
        onChange={(id) => session.settings.choosePreset(id)}
      />
      <p className="identity">
        {named
          ? identity.preset.summary
          : `${identity.preset.name}, but ${identity.differences.map(({ text }) => text).join(', ')}.`}
      </p>
      {named && <About preset={identity.preset} />}
      <CurriculumNote live={live} />
      <EquationView head={{ ...head, ...live }} symbols={live.symbols} terms={terms} />
      <SwitchField
        label="bias"
        symbol="b_j"
        help="Moves each boundary away from the origin; without it only directions and lengths decide."
        checked={head.bias}
        onChange={(bias) => session.settings.setHead({ bias })}
      />
      <SwitchField
        label="unit class vectors"
        symbol={String.raw`\lVert W_j\rVert=1`}
        help="Every class vector gets length 1, so that no class is favoured by its length."
        checked={head.normalizeWeights}
        onChange={(normalizeWeights) => session.settings.setHead({ normalizeWeights })}
      />
      <SwitchField
        label="unit features"
        symbol={String.raw`\lVert x\rVert=1`}
        help="Every feature counts as a point on the circle or sphere, times the scale s."
        checked={head.normalizeFeatures}
        onChange={(normalizeFeatures) => session.settings.setHead({ normalizeFeatures })}
      />
      <SliderField
        label="scale"
        symbol="s"
        help={
          'Stands for the length of all features: with a small s no sample is ever ' +
          'certain, with a large s only those near a boundary still pull.'
        }
        parameter="scale"
        disabled={
          !head.normalizeFeatures
            ? 's acts only while features have unit length.'
            : margin.scale && 'This margin sets its scale itself.'
        }
        value={head.scale}
        min={1}
        max={64}
        step={0.5}
        format={formatNumber}
        onChange={(scale) => session.settings.setHead({ scale })}
      />
      <SelectField
        label="margin"
        symbol={String.raw`\psi(\theta)`}
        help="What the loss asks of the angle to the sample's own class."
        value={head.margin.kind}
        choices={MARGINS.all.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(kind) => session.settings.setHead(withMargin(head, kind))}
      />
      {(margin.text ?? margin.points) && <MarginEditor head={head} />}
      {usual(margin).map(parameter)}
      {classes > 0 && <MarginMeter head={head} classes={classes} dimension={dimension} />}
      <More of="margin">{advanced(margin).map(parameter)}</More>
      <SelectField
        label="loss"
        symbol="L"
        help="What the classifier makes of its logits."
        value={head.loss.kind}
        choices={HEAD_LOSSES.all.map(({ id, name, help }) => ({ value: id, label: name, detail: help }))}
        onChange={(kind) => session.settings.setHead({ loss: defaultLoss(kind) })}
      />
      {usual(loss).map(lossField)}
      <More of="loss">{advanced(loss).map(lossField)}</More>
      <ChoiceField
        label="sub-centres per class"
        symbol="K"
        help={
          'Vectors of each class, of which the one nearest to a feature counts: ' +
          'odd images may have one to themselves. Begins a new run.'
        }
        value={String(head.subCenters)}
        choices={subCenterChoices(head.subCenters)}
        onChange={(k) => session.settings.setHead({ subCenters: Number(k) })}
      />
      <ChoiceField
        label="class vectors start"
        help={
          'Evenly spread around the circle or sphere, or at random, ' +
          'which 2-D can rarely undo. Acts at the next reset.'
        }
        value={head.start}
        choices={[
          { value: 'even', label: 'evenly' },
          { value: 'random', label: 'at random' },
        ]}
        onChange={(start) => session.settings.setHead({ start })}
      />
    </Section>
  )
}

interface Parametrized {
  readonly parameters: readonly ParameterSpec[]
}

const usual = ({ parameters }: Parametrized) => parameters.filter((spec) => !spec.advanced)
const advanced = ({ parameters }: Parametrized) => parameters.filter((spec) => spec.advanced)

/** What few will change, folded away. */
function More({ of, children }: { readonly of: string; readonly children: readonly ReactNode[] }) {
  if (children.length === 0) return null
  return (
    <details className="advanced">
      <summary>More about this {of}</summary>
      {children}
    </details>
  )
}

/** A margin brings the loss that it was made for, where the loss is that of the margin before. */
function withMargin(head: Head, kind: string): Partial<Head> {
  const margin = kind === BENT ? bentMargin(head) : defaultMargin(kind)
  const made = lossMadeFor(kind)
  const follows = head.loss.kind === lossMadeFor(head.margin.kind) && head.loss.kind !== made
  return follows ? { margin, loss: defaultLoss(made) } : { margin }
}

/** K as it is, among usual ones. */
function subCenterChoices(now: number): { value: string; label: string }[] {
  const all = [...new Set([1, 2, 3, 5, MOST_SUB_CENTERS, now])].sort((a, b) => a - b)
  return all.map((k) => ({ value: String(k), label: String(k) }))
}

/** What to look for, and where to read more. */
function About({ preset: { watch, source } }: { readonly preset: Preset }) {
  return (
    <details className="about">
      <summary>What to look for</summary>
      <p>{watch}</p>
      <p className="note">
        {source.text}, {source.year}
      </p>
    </details>
  )
}

/** Why the equation does not yet show what the switches say. */
function CurriculumNote({ live }: { readonly live: ActiveHead }) {
  const { head, curriculum, epochs } = useSession(activeExperiment)
  const [strength] = strengthsOf(head.margin)
  const waits: string[] = []
  const epoch = (fraction: number): string => `epoch ${Number((fraction * epochs).toFixed(1))}`
  if (head.normalizeFeatures && !live.normalizeFeatures) {
    waits.push(`unit features come on at ${epoch(curriculum.normalizeFeaturesAt)}`)
  }
  const grows = strength && live.symbols[strength.id] !== head.margin.parameters[strength.id]
  // What is written by hand may grow out of the cosine as a whole.
  if (grows || (live.symbols.strength ?? 1) < 1) {
    waits.push(`the margin is complete at ${epoch(curriculum.margin.end)}`)
  }
  return waits.length === 0 ? null : <p className="note">By the curriculum, {waits.join(' and ')}.</p>
}

function formatParameter({ unit, step }: ParameterSpec, value: number): string {
  const digits = step < 1 ? Math.ceil(-Math.log10(step)) : 0
  const number = value.toFixed(digits)
  return unit === 'rad' ? `${number} rad = ${((180 / Math.PI) * value).toFixed(0)}°` : number
}
