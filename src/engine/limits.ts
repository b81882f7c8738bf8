/** The largest seed: seeds are unsigned integers of 32 bits. */
export const MOST_SEED = 0xffffffff

/** The most images in a batch, which is as many angles as a workgroup of the head's state keeps. */
export const MOST_BATCH = 512
