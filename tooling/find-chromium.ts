import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'
import { canInstallDebianPackages, installDebianPackages } from './debian-packages.ts'
import { runTool } from './run-tool.ts'

/** The headless shell comes first: a new window of it costs a third of a whole browser's. */
const commands = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
]

const applications = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/**
 * The path of a Chromium that starts: the one that `CHROMIUM_PATH` names and no other, else an
 * installed one or Playwright's own. `undefined` when there is none.
 */
export function findChromium(): string | undefined {
  const named = process.env.CHROMIUM_PATH
  if (named) return starts(named) ? named : undefined
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const inPath = commands.flatMap((command) => folders.map((folder) => join(folder, command)))
  return [...inPath, ...applications, chromium.executablePath()].find(starts)
}

/**
 * `findChromium`, and when that finds none: installs Debian's as root on Debian and its kin, else
 * Playwright's. Answers `undefined`, and has said what to do, when neither succeeds.
 */
export async function obtainChromium(): Promise<string | undefined> {
  const found = findChromium()
  if (found) return found
  if (process.env.CHROMIUM_PATH) {
    console.error(`No Chromium starts from CHROMIUM_PATH, which is ${process.env.CHROMIUM_PATH}.`)
    return undefined
  }
  console.log('Installing Chromium …')
  const installed = canInstallDebianPackages() && (await installDebianChromium())
  if (installed) return installed
  const withLibraries = process.getuid?.() === 0 ? ['--with-deps'] : []
  await runTool('@playwright/test', 'playwright', ['install', ...withLibraries, 'chromium'])
  const downloaded = findChromium()
  if (downloaded) return downloaded
  console.error(
    'The browser tests need Chromium and it could not be installed: install it and try again, or ' +
      'name its executable in CHROMIUM_PATH.',
  )
  return undefined
}

/** Ubuntu and older releases of Debian have no package of the headless shell alone. */
async function installDebianChromium(): Promise<string | undefined> {
  for (const name of ['chromium-headless-shell', 'chromium']) {
    await installDebianPackages([name, 'fonts-liberation'])
    const installed = findChromium()
    if (installed) return installed
  }
  return undefined
}

/** On Linux a command of that name may be a stub that only says where to find the real one. */
function starts(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
  } catch {
    return false
  }
  return process.platform !== 'linux' || spawnSync(path, ['--version']).status === 0
}
