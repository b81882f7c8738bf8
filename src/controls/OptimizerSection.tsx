import type { Experiment, Rate } from '../engine/config'
import { useLabSession, useSession } from '../session/context'
import { activeExperiment } from '../session/state'
import { ChoiceField } from '../ui/ChoiceField'
import { Section } from '../ui/Section'
import { SliderField } from '../ui/SliderField'
import { SwitchField } from '../ui/SwitchField'

/** The norm that clipping starts with when it is switched on. */
const DEFAULT_CLIP = 1

const BATCH_SIZES = [16, 32, 64, 128, 256].map((n) => ({ value: String(n), label: String(n) }))

/** How the weights follow the gradient. All of it may change while the run goes on. */
export function OptimizerSection() {
  const session = useLabSession()
  const experiment = useSession(activeExperiment)
  const { optimizer, epochs } = experiment
  const { sampling } = experiment.data
  const set = (change: Partial<Experiment['optimizer']>): void => {
    session.settings.setExperiment({ ...experiment, optimizer: { ...optimizer, ...change } })
  }
  return (
    <Section title="Optimizer" open={false}>
      <ChoiceField
        label="method"
        help={
          "Adam scales each weight's step by itself; SGD with momentum " +
          'is plainer and wants a rate about ten times as large.'
        }
        value={optimizer.kind}
        choices={[
          { value: 'adam', label: 'Adam' },
          { value: 'sgd', label: 'SGD' },
        ]}
        onChange={(kind) => set({ kind })}
      />
      <SliderField
        label="learning rate"
        symbol={String.raw`\eta`}
        help="How far a step goes. Too large tears the classes apart and the loss explodes."
        logarithmic
        value={optimizer.rate.value}
        min={1e-5}
        max={10}
        step={0.05}
        format={(value) => value.toPrecision(2)}
        onChange={(value) => set({ rate: { ...optimizer.rate, value } })}
      />
      <ChoiceField
        label="over the run"
        help="Constant; in steps down; or one cycle: up for a while, then down to almost nothing."
        value={optimizer.rate.kind}
        choices={[
          { value: 'constant', label: 'constant' },
          { value: 'step', label: 'steps' },
          { value: 'one-cycle', label: 'one cycle' },
        ]}
        onChange={(kind) => set({ rate: rateOf(kind, optimizer.rate.value) })}
      />
      <SliderField
        label="momentum"
        symbol={optimizer.kind === 'adam' ? String.raw`\beta_1` : String.raw`\mu`}
        help="How much of the last step goes on into the next."
        value={optimizer.momentum}
        min={0}
        max={0.99}
        step={0.01}
        format={(value) => value.toFixed(2)}
        onChange={(momentum) => set({ momentum })}
      />
      <SliderField
        label="weight decay"
        help="Pulls all weights towards 0, and with them the lengths of class vectors and features."
        value={optimizer.weightDecay}
        min={0}
        max={0.02}
        step={0.0005}
        format={(value) => value.toFixed(4)}
        onChange={(weightDecay) => set({ weightDecay })}
      />
      <SwitchField
        label="clip the gradient"
        help={
          'A step that would go too far is shortened. Rates may then ' +
          'be larger, and no single batch tears the classes apart.'
        }
        checked={optimizer.clip !== null}
        onChange={(on) => set({ clip: on ? DEFAULT_CLIP : null })}
      />
      {optimizer.clip !== null && (
        <SliderField
          label="longest gradient"
          symbol={String.raw`\lVert g \rVert_{\max}`}
          help="The norm that the gradient of all weights together is shortened to."
          logarithmic
          value={optimizer.clip}
          min={0.01}
          max={100}
          step={0.05}
          format={(value) => value.toPrecision(2)}
          onChange={(clip) => set({ clip })}
        />
      )}
      <ChoiceField
        label="batch size"
        help="Images in a step: smaller is noisier and gives more steps an epoch."
        disabled={
          sampling.kind === 'pk'
            ? `Balanced batches decide: P · K = ${sampling.classes} · ${sampling.perClass} ` +
              `= ${sampling.classes * sampling.perClass} images.`
            : undefined
        }
        value={String(optimizer.batchSize)}
        choices={BATCH_SIZES}
        onChange={(size) => set({ batchSize: Number(size) })}
      />
      <SliderField
        label="planned length"
        help="The run that rates and curriculum are planned over, in epochs."
        value={epochs}
        min={1}
        max={100}
        step={1}
        format={(value) => `${value} epochs`}
        onChange={(next) => session.settings.setExperiment({ ...experiment, epochs: next })}
      />
    </Section>
  )
}

function rateOf(kind: Rate['kind'], value: number): Rate {
  switch (kind) {
    case 'constant':
      return { kind, value }
    case 'step':
      return { kind, value, factor: 0.3, every: 0.3 }
    case 'one-cycle':
      return { kind, value, warmUp: 0.3 }
  }
}
