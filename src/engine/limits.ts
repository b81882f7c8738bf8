/** The most images in a batch, which is as many angles as a workgroup of the head's state keeps. */
export const MOST_BATCH = 512
