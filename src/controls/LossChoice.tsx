import { Combobox } from '@base-ui/react/combobox'
import { useId } from 'react'
import { FAMILIES, type Family } from '../losses/families'
import { PRESETS } from '../losses/preset-registry'
import type { Preset } from '../losses/preset-spec'
import { Field, Label } from '../ui/Field'
import './LossChoice.css'

interface Group {
  readonly value: string
  readonly items: readonly Preset[]
}

/** By family, in each the newest first: those are the ones that people come for. */
const GROUPS: readonly Group[] = Object.entries(FAMILIES).flatMap(([family, value]) => {
  const items = PRESETS.all.filter((preset) => preset.family === (family as Family))
  items.sort((a, b) => b.source.year - a.source.year)
  return items.length === 0 ? [] : [{ value, items }]
})

const FIELD = {
  label: 'Named loss',
  help: 'A named loss is a point in the space that the switches below span.',
}

/** All named losses: a list that opens, by family, with a search over names, what they do and where they are from. */
export function LossChoice({
  preset,
  named,
  onChange,
}: {
  /** The loss, or the one nearest to what is set. */
  readonly preset: Preset
  readonly named: boolean
  readonly onChange: (id: string) => void
}) {
  const id = useId()
  return (
    <Field props={FIELD}>
      <Combobox.Root
        items={GROUPS}
        value={named ? preset : null}
        onValueChange={(next: Preset | null) => {
          if (next) onChange(next.id)
        }}
        itemToStringLabel={({ name }: Preset) => name}
        filter={matches}
        autoHighlight
      >
        <Label {...FIELD} id={id} />
        <Combobox.Trigger className="select-trigger" aria-labelledby={id}>
          <span>{named ? preset.name : `like ${preset.name}`}</span>
          <Combobox.Icon className="select-icon">▾</Combobox.Icon>
        </Combobox.Trigger>
        <Combobox.Portal>
          <Combobox.Positioner className="popup-layer" sideOffset={4}>
            <Combobox.Popup className="popup select-popup searched" aria-label="Named losses">
              <Combobox.Input className="select-search" placeholder="Search: cosine, 2019, norm …" />
              <Combobox.Empty className="select-empty">No loss is described by that.</Combobox.Empty>
              <Combobox.List className="select-list">
                {(group: Group) => (
                  <Combobox.Group key={group.value} items={group.items}>
                    <Combobox.GroupLabel className="select-group">{group.value}</Combobox.GroupLabel>
                    <Combobox.Collection>
                      {(item: Preset) => (
                        <Combobox.Item key={item.id} value={item} className="select-item">
                          {item.name} <span className="select-year">{item.source.year}</span>
                          <span className="select-detail">{item.summary}</span>
                        </Combobox.Item>
                      )}
                    </Combobox.Collection>
                  </Combobox.Group>
                )}
              </Combobox.List>
            </Combobox.Popup>
          </Combobox.Positioner>
        </Combobox.Portal>
      </Combobox.Root>
    </Field>
  )
}

/** Whether a loss is described by every word of the query. */
function matches({ name, summary, watch, source, family }: Preset, query: string): boolean {
  const text = [name, summary, watch, source.text, source.year, FAMILIES[family]].join(' ').toLowerCase()
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
