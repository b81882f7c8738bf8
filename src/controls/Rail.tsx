import { CurriculumSection } from './CurriculumSection'
import { DataSection } from './DataSection'
import { LossSection } from './LossSection'
import { OptimizerSection } from './OptimizerSection'

/** The settings of a run, from what matters most to what is rarely touched. */
export function Rail() {
  return (
    <>
      <LossSection />
      <SetupSections />
    </>
  )
}

export function SetupSections() {
  return (
    <>
      <DataSection />
      <CurriculumSection />
      <OptimizerSection />
    </>
  )
}

export { LossSection }
