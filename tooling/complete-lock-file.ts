import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { completeLockFile, listMissingPackages, parseLockFile } from './lock-file.ts'

/**
 * `npm run lock:complete`, after every `npm install` that changes a version: adds to
 * `package-lock.json` the builds for other platforms that the registry at hand did not offer, so
 * that `npm ci` passes on Linux, macOS and Windows from one lock file.
 */
const path = resolve(import.meta.dirname, '../package-lock.json')
const lock = parseLockFile(await readFile(path, 'utf8'))
const missing = listMissingPackages(lock)
if (missing.length > 0) {
  await writeFile(path, `${JSON.stringify(completeLockFile(lock), undefined, 2)}\n`)
}
for (const { name, version } of missing) console.log(`added ${name}@${version}`)
console.log(`${missing.length} added to package-lock.json`)
