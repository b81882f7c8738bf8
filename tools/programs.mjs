// Finds programs that tests need, and installs Debian's packages of them.
import { execFileSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The paths of the programs of these names that PATH has, in the order of the names. */
export function findPrograms(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).filter(isExecutable)
}

/** Installs a Debian package where that is possible; elsewhere nothing happens. */
export function installDebianPackage(name) {
  try {
    console.log(`Installing the Debian package ${name}.`)
    for (const args of [['update'], ['install', '-y', '--no-install-recommends', name]]) {
      execFileSync('apt-get', args, {
        stdio: 'inherit',
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      })
    }
  } catch {
    // Not Debian, not root, or no network: whoever needs the program says what to do.
  }
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
