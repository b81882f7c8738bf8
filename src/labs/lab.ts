import type { ComponentType } from 'react'
import type { Experiment } from '../engine/config'
import type { ViewSettings } from '../session/state'

/**
 * A figure, table or equation of the paper as a state of the page. Adding one is adding a file to `paper/` whose name
 * is its id; nothing else changes. Text is plain or has TeX between dollar signs.
 */
export interface Lab {
  /** The name of its file, and of its link: #lab=fig-5. */
  readonly id: string
  /** The lab that it stands behind, as in the paper; null for the first. */
  readonly after: string | null
  /** Where it is in the paper: "Fig. 5, § 3.2". */
  readonly figure: string
  readonly title: string
  /** What the paper says there, in our words. */
  readonly claim: string
  /** What to do, from top to bottom. */
  readonly steps: readonly Step[]
  /** What one sees here, with measured numbers, also where it differs from the paper. */
  readonly see: string
  readonly equations: readonly Equation[]
  readonly experiment: Experiment
  /** Experiments of runs beside the first, with the same images, seed and batches. */
  readonly beside?: readonly Experiment[]
  /** Ids of the panels that show it, from top to bottom. */
  readonly panels: readonly string[]
  readonly view: Partial<
    Pick<ViewSettings, 'space' | 'regions' | 'margins' | 'terms' | 'sizes' | 'hiddenClasses'>
  >
  /** Whether it starts from recorded runs of its experiments, `public/recordings/ID.bin`, `ID-b.bin` and so on. */
  readonly recorded?: true
}

export interface Step {
  /** What to do or look for, in a sentence. */
  readonly text: string
  /** A button that does it. */
  readonly action?: Action
  /** Settings to do it with. */
  readonly Control?: ComponentType
}

export interface Action {
  readonly label: string
  readonly change?: (experiment: Experiment) => Experiment
  /** Begins a new run with the changed experiment; else the run goes on with it. */
  readonly anew?: true
  readonly view?: Partial<ViewSettings>
  /** Opens these runs, recorded, in place of those that there are. */
  readonly row?: Row
}

/** Runs side by side in a lab, recorded as `LAB-ID.bin`, `LAB-ID-b.bin` and so on. */
export interface Row {
  readonly id: string
  readonly name: string
  readonly experiments: readonly [Experiment, ...Experiment[]]
}

/** An equation of the paper, in the form that is right. */
export interface Equation {
  /** Its number in the paper; '' for what the paper does not number. */
  readonly number: string
  readonly tex: string
  /** What the symbols are, or what was corrected. */
  readonly note?: string
  /** Named losses that realise it. */
  readonly losses?: readonly string[]
}
