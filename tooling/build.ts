import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { runTool } from './run-tool.ts'

const root = resolve(import.meta.dirname, '..')

/** Everything the build is made of. Content is not: the running site reads it. */
const sources = [
  '{app,components,lib}/**/*',
  'tooling/{build-browser-modules,build-fonts,compress-files}.ts',
  '{next,postcss}.config.*',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
]

/**
 * Builds the site unless the build at hand was made of the same sources. Progress goes to standard
 * error. Answers 0, or the build's own exit code when it fails.
 */
export async function buildWhenStale(): Promise<number> {
  const stampFile = join(root, '.next/.dateline-built')
  const stamp = hashSources()
  const isBuilt = existsSync(join(root, '.next/BUILD_ID')) && existsSync(stampFile)
  if (isBuilt && readFileSync(stampFile, 'utf8') === stamp) return 0

  console.error('Building …')
  const startedAt = Date.now()
  // Written last, so that an interrupted build is repeated.
  rmSync(stampFile, { force: true })
  // Everything else that a build needs is made by hooks of next.config.ts.
  const env = { NODE_ENV: 'production' }
  const status = await runTool('next', 'next', ['build'], { env, output: 'stderr' })
  if (status !== 0) {
    console.error('The site could not be built: the reason is above.')
    return status
  }
  writeFileSync(stampFile, stamp)
  console.error(`Built in ${Math.round((Date.now() - startedAt) / 1000)} s.`)
  return 0
}

/** A digest of the sources' names and bytes and of the platform. */
function hashSources(): string {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}`)
  for (const path of listSources()) {
    const bytes = readFileSync(join(root, path))
    hash.update(`\n${path} ${bytes.length}\n`).update(bytes)
  }
  return hash.digest('hex')
}

function listSources(): string[] {
  return globSync(sources, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort()
}
