import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { run } from './run-tool.ts'

/** Debian asks this program whether it may start a service that was installed (invoke-rc.d(8)). */
const servicePolicy = '/usr/sbin/policy-rc.d'

/** On Debian and its kin, as root. */
export function canInstallDebianPackages(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version')
}

/**
 * Installs packages without what they only recommend; no service of theirs is started. Returns whether
 * all are installed.
 */
export async function installDebianPackages(packages: string[]): Promise<boolean> {
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  if ((await run('apt-get', ['update'], { env })) !== 0) return false
  const isOurs = !existsSync(servicePolicy)
  // 101: the action is forbidden.
  if (isOurs) writeFileSync(servicePolicy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    const install = ['install', '-y', '--no-install-recommends', ...packages]
    return (await run('apt-get', install, { env })) === 0
  } finally {
    if (isOurs) rmSync(servicePolicy, { force: true })
  }
}
