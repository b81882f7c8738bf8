import { CurriculumSection } from './CurriculumSection'
import { DataSection } from './DataSection'
import { LossSection } from './LossSection'
import { NetworkSection } from './NetworkSection'
import { OptimizerSection } from './OptimizerSection'
import { TermsSection } from './TermsSection'

/** The settings of a run, from what matters most to what is rarely touched. */
export function Rail() {
  return (
    <>
      <LossSection />
      <TermsSection />
      <SetupSections />
    </>
  )
}

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

export { LossSection, TermsSection }
