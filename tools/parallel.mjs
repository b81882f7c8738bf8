// Finds GNU parallel for the test that spreads the table with it.
import { spawnSync } from 'node:child_process'
import { findPrograms, installDebianPackage } from './programs.mjs'

/** The path of GNU parallel, or null. The package moreutils has another program of that name. */
export function findParallel() {
  const isGnu = (path) =>
    /GNU parallel/.test(spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout ?? '')
  return findPrograms('parallel').find(isGnu) ?? null
}

/** Installs Debian's package if need be and possible. */
export function ensureParallel() {
  if (findParallel() === null) installDebianPackage('parallel')
}
