import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf } from '#lib/node/describe-error.ts'
import { writeWhole } from '#lib/node/write-whole.ts'

/**
 * Sources that an editor has switched off, by their keys. They stand in the content folder, in
 * `.ingest/sources-off.txt`, one a line: with what the model has cost, the only thing of ingest there
 * that is not derived. A source that is off is not asked; what it has published stays.
 */
const fileOf = (contentDir: string) => join(contentDir, '.ingest', 'sources-off.txt')

/** Empty when none is off. Throws what the file system does: what is unknown is not "on". */
export function readSourcesOff(contentDir: string): Set<string> {
  try {
    const lines = readFileSync(fileOf(contentDir), 'utf8').split('\n')
    return new Set(lines.map((line) => line.trim()).filter((line) => line !== ''))
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return new Set()
    throw cause
  }
}

export async function switchSource(contentDir: string, key: string, isOn: boolean): Promise<void> {
  const off = readSourcesOff(contentDir)
  if (isOn) off.delete(key)
  else off.add(key)
  mkdirSync(join(contentDir, '.ingest'), { recursive: true })
  await writeWhole(
    fileOf(contentDir),
    [...off]
      .sort()
      .map((one) => `${one}\n`)
      .join(''),
  )
}
