import { CurriculumSection } from './CurriculumSection'
import { DataSection } from './DataSection'
import { OfRun } from './EmbeddingsSection'
import { LossSection } from './LossSection'
import { NetworkSection } from './NetworkSection'
import { OptimizerSection } from './OptimizerSection'
import { RunChoice } from './RunChoice'
import { TermsSection } from './TermsSection'

/** The settings of a run, from what matters most to what is rarely touched. */
export function Rail() {
  return (
    <OfRun>
      <RunChoice />
      <LossSections />
      <SetupSections />
    </OfRun>
  )
}

/** What is trained for: the loss of the head, and terms. */
export function LossSections() {
  return (
    <>
      <LossSection />
      <TermsSection />
    </>
  )
}

/** What is trained, and how. */
export function SetupSections() {
  return (
    <>
      <DataSection />
      <NetworkSection />
      <CurriculumSection />
      <OptimizerSection />
    </>
  )
}
