import { z } from 'zod'
import { configError, experimentSchema, type Experiment } from '../engine/config'
import { withPresentNames } from '../engine/old-configuration'
import type { RecordedSet } from '../engine/recordings'
import { PAIR_KINDS } from '../geometry/pair-kinds'
import { inStepWith } from './differences'

/** How many runs there can be side by side. */
export const MOST_RUNS = 4
/**
 * Labels of points are bytes, and indices of images may be large; what is out of range is left out when it is shown.
 */
const MOST_CLASSES = 256
const MOST_IMAGES = 10_000_000

const index = (most: number) =>
  z
    .number()
    .int()
    .min(0)
    .max(most - 1)

const finite = (most: number) => z.number().min(-most).max(most)

/** See `CameraPlace`. */
const cameraSchema = z.object({
  azimuth: finite(1e6),
  elevation: finite(2),
  zoom: z.number().min(0.01).max(1000),
  panX: finite(1000),
  panY: finite(1000),
})

const viewSchema = z
  .object({
    space: z.enum(['raw', 'normalized']),
    regions: z.boolean(),
    margins: z.boolean(),
    terms: z.boolean(),
    sizes: z.boolean(),
    /** Places in the list of classes of the data set. */
    hiddenClasses: z.array(index(MOST_CLASSES)).max(MOST_CLASSES),
    focusedClass: index(MOST_CLASSES).nullable(),
    threshold: z.number().min(-1).max(1).nullable(),
    triplet: z.number().int().min(-1e9).max(1e9),
    pipeline: z.object({ point: index(MOST_IMAGES), kind: z.enum(PAIR_KINDS), pair: index(1e9) }),
    /** Which images are on the stage. */
    points: z.object({
      split: z.enum(['test', 'train', 'all']),
      count: z.number().int().min(1).max(MOST_IMAGES),
    }),
    /** Index in the data set of the image whose card stays open. */
    pinned: index(MOST_IMAGES).nullable(),
    /** From where one looks; null is the first view. */
    camera: cameraSchema.nullable(),
  })
  .partial()

const momentSchema = z
  .object({
    /** Side by side, in the order of their letters; all have the images and batches of the first. */
    runs: z
      .array(
        z.object({
          experiment: z.preprocess(withPresentNames, experimentSchema),
          /** Shown from this recording, `public/recordings/ID.bin`; without it the run begins live. */
          recording: z
            .string()
            .regex(/^[a-z0-9][a-z0-9-]{0,79}$/, 'is not the name of a recording')
            .optional(),
        }),
      )
      .min(1, 'there are no runs')
      .max(MOST_RUNS, `at most ${MOST_RUNS} runs can be side by side`),
    /** Where all runs are recorded: what they are, where the player is, and how fast it plays. */
    playback: z.object({
      name: z.string().max(200),
      step: z.number().int().min(0).max(1e9),
      speed: z.number().min(0.01).max(100),
    }),
    /** Whether what is shown plays. Live runs begin at rest where nothing is said, recordings play. */
    playing: z.boolean(),
    /** The place of the run that panels and settings are of. */
    active: index(MOST_RUNS),
    /** Whether settings are for all runs. */
    forAll: z.boolean(),
    /** Training steps a second; null is as fast as it goes. */
    speed: z.number().min(0.01).max(1e6).nullable(),
    view: viewSchema,
    panels: z.object({
      /** Ids of the panels, in their order; null for all that have something to show. */
      shown: z
        .array(z.string().max(80))
        .max(100)
        .refine((ids) => new Set(ids).size === ids.length, 'a panel is named twice')
        .nullable(),
    }),
    page: z.object({ lab: z.string().max(100).nullable() }).partial(),
  })
  .partial()

/**
 * What a person sees of a session, as one JSON value: runs, what is shown of them and how. What it does not name stays
 * as it is when it is shown. Classes and images are named by their place in the data set.
 */
export type Moment = z.output<typeof momentSchema>
export type MomentView = NonNullable<Moment['view']>

/**
 * A moment from anywhere. Keys that are not known are left out, as a link may be of a later version of the page; those
 * of an experiment are wrong, as it would train otherwise than it says.
 * @throws {ConfigError} naming the fields that are wrong
 */
export function parseMoment(value: unknown): Moment {
  const result = momentSchema.safeParse(value)
  if (!result.success) throw configError(result.error)
  const { runs, ...others } = result.data
  if (!runs) return others
  const { experiment: first } = runs[0]!
  return { ...others, runs: runs.map((run) => ({ ...run, experiment: inStepWith(first, run.experiment) })) }
}

/** Live runs of these experiments. */
export function momentOf(...experiments: readonly Experiment[]): Moment {
  return { runs: experiments.map((experiment) => ({ experiment })) }
}

/** A recorded set from its start, playing unless the reader wants little motion. */
export function momentOfRecorded({ name, specs }: RecordedSet): Moment {
  return {
    runs: specs.map(({ id, experiment }) => ({ experiment, recording: id })),
    playback: { name, step: 0, speed: 1 },
  }
}

/** The recordings that a moment shows; null where its runs are live. */
export function recordedIn({ runs = [], playback }: Moment): RecordedSet | null {
  const specs = runs.flatMap(({ experiment, recording }) =>
    recording === undefined ? [] : [{ id: recording, experiment, among: runs.length }],
  )
  const [first, ...others] = specs
  if (!playback || !first || specs.length < runs.length) return null
  return { name: playback.name, specs: [first, ...others] }
}
