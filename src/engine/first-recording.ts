/** What the site starts with, `FIRST_RECORDING`: what is seen first must not wait for all that an experiment needs. */
export const FIRST_RECORDING_ID = 'arcface-2d'
