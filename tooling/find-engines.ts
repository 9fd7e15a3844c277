import { existsSync, globSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { canInstallDebianPackages, installDebianPackages } from './debian-packages.ts'

/** The programs that browsers other than Chromium need; each `undefined` where one of them is missing. */
export type Engines = {
  firefox: { browser: string } | undefined
  /** WebKitGTK: its driver, the small browser that comes with it, and a display to draw on. */
  webkit: { driver: string; browser: string; display: string } | undefined
}

/** What is installed. */
export function findEngines(): Engines {
  const browser = findCommand('firefox-esr') ?? findCommand('firefox')
  const driver = findCommand('WebKitWebDriver')
  const display = findCommand('Xvfb')
  const [miniBrowser] = globSync('/usr/lib/*/webkit2gtk-4.*/MiniBrowser')
  return {
    firefox: browser === undefined ? undefined : { browser },
    webkit:
      driver && display && miniBrowser ? { driver, browser: miniBrowser, display } : undefined,
  }
}

/**
 * `findEngines`, after Debian's packages of what is missing were installed, as root on Debian and its
 * kin; elsewhere the journeys in these engines are skipped, and a line says so.
 */
export async function obtainEngines(): Promise<Engines> {
  const found = findEngines()
  if (found.firefox && found.webkit) return found
  if (canInstallDebianPackages()) {
    console.log('Installing Firefox and WebKit …')
    if (!found.firefox) await installDebianPackages(['firefox-esr'])
    if (!found.webkit) await installDebianPackages(['webkit2gtk-driver', 'xvfb'])
  }
  const { firefox, webkit } = findEngines()
  const missing = [...(firefox ? [] : ['Firefox']), ...(webkit ? [] : ['WebKitGTK'])]
  if (missing.length > 0) {
    console.log(`${missing.join(' and ')} cannot be installed here: journeys in it are skipped.`)
  }
  return { firefox, webkit }
}

function findCommand(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
}
