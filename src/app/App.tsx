import { CSPProvider } from '@base-ui/react/csp-provider'
import { Tabs } from '@base-ui/react/tabs'
import { Tooltip } from '@base-ui/react/tooltip'
import { useEffect, useState } from 'react'
import { Group, Panel, Separator } from 'react-resizable-panels'
import { OfRun } from '../controls/EmbeddingsSection'
import { RunChoice } from '../controls/RunChoice'
import { LossSections, Rail, SetupSections } from '../controls/Rail'
import { LabCard } from '../labs/LabCard'
import { useOpenLab } from '../labs/open-lab'
import { useLabSession } from '../session/context'
import { Panels, SinglePanel, usePanels, WidePanels } from '../panels/Panels'
import { DropTarget } from './DropTarget'
import { useShortcuts } from './shortcuts'
import { StageView } from './StageView'
import { ImportStatus, Notices } from './Status'
import { Timeline } from './Timeline'
import { TopBar } from './TopBar'
import './app.css'

export function App() {
  useShortcuts()
  const narrow = useMedia('(max-width: 900px)')
  return (
    <CSPProvider disableStyleElements>
      <Tooltip.Provider delay={400}>
        <div className="app">
          <TopBar />
          <main>{narrow ? <NarrowLayout /> : <WideLayout />}</main>
          <Notices />
          <DropTarget />
        </div>
      </Tooltip.Provider>
    </CSPProvider>
  )
}

function Stage() {
  return (
    <div className="stage-area">
      <StageView />
      <ImportStatus />
    </div>
  )
}

function WideLayout() {
  return (
    <div className="wide">
      <Group className="columns" orientation="horizontal">
        <Panel defaultSize="21%" minSize={250} maxSize="32%">
          <section className="rail" aria-label="Settings">
            <LabCard />
            <Rail />
          </section>
        </Panel>
        <Separator className="separator" aria-label="Width of the settings" />
        <Panel minSize="35%">
          <div className="centre">
            <Stage />
            <Timeline />
          </div>
        </Panel>
        <Separator className="separator" aria-label="Width of the panels" />
        <Panel className="panels-column" defaultSize="27%" minSize={280} maxSize="45%">
          <Panels />
        </Panel>
      </Group>
      <WidePanels />
    </div>
  )
}

function NarrowLayout() {
  const panels = usePanels()
  const { store } = useLabSession()
  const lab = useOpenLab()
  const [tab, setTab] = useState(lab ? 'lab' : 'loss')
  // A lab that opens comes to the front.
  useEffect(
    () =>
      store.subscribe(({ lab: now }, { lab: before }) => {
        if (now !== null && now !== before) setTab('lab')
      }),
    [store],
  )
  const places = [...(lab ? ['lab'] : []), 'loss', 'setup', ...panels.map(({ id }) => id)]
  return (
    <div className="narrow">
      <div className="centre">
        <Stage />
        <Timeline />
      </div>
      <Tabs.Root
        className="tabs"
        value={places.includes(tab) ? tab : 'loss'}
        onValueChange={(next: string) => setTab(next)}
      >
        <Tabs.List className="tab-list" aria-label="Settings and panels">
          {lab && (
            <Tabs.Tab className="tab" value="lab">
              {lab.figure}
            </Tabs.Tab>
          )}
          <Tabs.Tab className="tab" value="loss">
            Loss
          </Tabs.Tab>
          <Tabs.Tab className="tab" value="setup">
            Setup
          </Tabs.Tab>
          {panels.map(({ id, title }) => (
            <Tabs.Tab key={id} className="tab" value={id}>
              {title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {lab && (
          <Tabs.Panel className="tab-panel rail" value="lab">
            <LabCard />
          </Tabs.Panel>
        )}
        <Tabs.Panel className="tab-panel rail" value="loss">
          <OfRun>
            <RunChoice />
            <LossSections />
          </OfRun>
        </Tabs.Panel>
        <Tabs.Panel className="tab-panel rail" value="setup">
          <OfRun>
            <RunChoice />
            <SetupSections />
          </OfRun>
        </Tabs.Panel>
        {panels.map((panel) => (
          <Tabs.Panel key={panel.id} className="tab-panel" value={panel.id}>
            <SinglePanel panel={panel} />
          </Tabs.Panel>
        ))}
      </Tabs.Root>
    </div>
  )
}

function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const media = matchMedia(query)
    const change = (): void => setMatches(media.matches)
    media.addEventListener('change', change)
    return () => media.removeEventListener('change', change)
  }, [query])
  return matches
}
