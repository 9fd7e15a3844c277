import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { buildBrowserModules } from './build-browser-modules.ts'
import { compressFiles } from './compress-files.ts'
import { runTool } from './run-tool.ts'

const root = resolve(import.meta.dirname, '..')

/** Everything the build is made of. Content is not: the running site reads it. */
const sources = [
  '{app,components,lib}/**/*',
  'tooling/{build,build-browser-modules,build-fonts,compress-files}.ts',
  '{next,postcss}.config.*',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
]

/** Next deletes this folder first and writes BUILD_ID last: an interrupted build has none. */
const buildDir = join(root, '.next')
const stampName = 'dateline-sources'

/**
 * Builds the site unless the build at hand was made of the same sources. Progress goes to standard
 * error. Answers 0, or the build's own exit code when it fails.
 */
export async function buildWhenStale(): Promise<number> {
  const stampFile = join(buildDir, stampName)
  const isBuilt = existsSync(join(buildDir, 'BUILD_ID')) && existsSync(stampFile)
  if (isBuilt && readFileSync(stampFile, 'utf8') === hashSources()) return 0

  console.error('Building …')
  const startedAt = Date.now()
  const env = { NODE_ENV: 'production' }
  const status = await runTool('next', 'next', ['build'], { env, output: 'stderr' })
  if (status !== 0) {
    console.error('The site could not be built: the reason is above.')
    return status
  }
  console.error(`Built in ${Math.round((Date.now() - startedAt) / 1000)} s.`)
  return 0
}

/**
 * What a build needs beside what Next makes, for the hook of next.config.ts: browser modules,
 * compressed copies of static files, and the stamp by which `buildWhenStale` knows the build.
 */
export async function completeBuild(buildDir: string, buildId: string): Promise<void> {
  await buildBrowserModules(buildDir, buildId)
  await compressFiles(join(buildDir, 'static'))
  writeFileSync(join(buildDir, stampName), hashSources())
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
