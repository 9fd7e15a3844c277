import { existsSync, readFileSync } from 'node:fs'
import { createRequire, registerHooks } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { NamedEntity } from './names.ts'
import { parseNames } from './parse-names.ts'
import { paperDir } from './read-environment.ts'
import { loadReviewPolicy } from './review-policy.ts'
import { type Given, type Site, siteVariable } from './site.ts'
import { parseSiteConfig } from './site-config.ts'

const engineDir = resolve(import.meta.dirname, '../..')

/** What the configuration files of a publication may import of the engine, wherever their folder is. */
const forPapers: Record<string, string> = {
  'dateline/site': 'lib/site/site-config.ts',
  'dateline/ingest': 'lib/ingest/settings/ingest-config.ts',
}

let isHooked = false

/** Lets the files of any publication import the engine by its name. */
function resolveEngine(): void {
  if (isHooked) return
  isHooked = true
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const file = forPapers[specifier]
      if (file === undefined) return nextResolve(specifier, context)
      return { url: pathToFileURL(join(engineDir, file)).href, shortCircuit: true }
    },
  })
}

/**
 * The publication that a folder holds, from its `site.config.ts` and, where there is one, its
 * `names.yaml`. Throws an `Error` in sentences when there is no configuration, when it cannot be run,
 * and for every setting and every name that is wrong.
 */
export function readSite(dir: string): Site {
  const file = join(dir, 'site.config.ts')
  if (!existsSync(file)) {
    throw new Error(`${file} does not exist. PAPER_DIR must be a folder that has it.`)
  }
  const site = { ...parseSiteConfig(runConfig(file)), names: readNames(dir) }
  if (site.logo !== undefined && !existsSync(join(dir, site.logo))) {
    throw new Error(`site.config.ts: logo: found "${site.logo}"; expected a file in ${dir}.`)
  }
  return site
}

/** Longest file of a publication's own names, in bytes: it passes through one environment variable. */
const mostBytesOfNames = 50_000

function readNames(dir: string): NamedEntity[] {
  const file = join(dir, 'names.yaml')
  if (!existsSync(file)) return []
  const bytes = readFileSync(file)
  if (bytes.length > mostBytesOfNames) {
    throw new Error(
      `names.yaml: found ${bytes.length} bytes; expected at most ${mostBytesOfNames}.`,
    )
  }
  return parseNames(bytes.toString('utf8'), 'names.yaml')
}

function runConfig(file: string): unknown {
  resolveEngine()
  try {
    return createRequire(file)(file).default
  } catch (error) {
    throw new Error(`${file} cannot be run: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    })
  }
}

/** The value of `siteVariable` for a publication. Throws like `readSite`. */
export const toSiteVariable = (dir: string): string =>
  JSON.stringify({ paperDir: dir, site: readSite(dir) } satisfies Given)

/**
 * Gives this process, and all that it starts, the publication of its publication. A process that inherited
 * one keeps it, unless it works for another publication than the process that started it. Throws like
 * `readSite`.
 */
export function loadSite(): void {
  const dir = paperDir()
  resolveEngine()
  const inherited = process.env[siteVariable]
  if (inherited?.startsWith(`{"paperDir":${JSON.stringify(dir)},`)) return
  process.env[siteVariable] = toSiteVariable(dir)
  // After the site: the settings of ingest ask for its languages.
  loadReviewPolicy(dir, runConfig)
}
