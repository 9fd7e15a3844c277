import { existsSync } from 'node:fs'
import { run } from './run-tool.ts'

/** On Debian and its kin, as root. */
export function canInstallDebianPackages(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version')
}

/** Installs packages without what they only recommend. Returns whether all are installed. */
export async function installDebianPackages(packages: string[]): Promise<boolean> {
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  if ((await run('apt-get', ['update'], env)) !== 0) return false
  const install = ['install', '-y', '--no-install-recommends', ...packages]
  return (await run('apt-get', install, env)) === 0
}
