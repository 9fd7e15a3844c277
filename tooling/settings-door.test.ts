import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listIngestSettings } from '#lib/ingest/settings/ingest-env.ts'
import { listSiteSettings } from '#lib/site/env.ts'

const root = resolve(import.meta.dirname, '..')

/** Adds the `.env` files before anybody reads a setting. */
const door = 'lib/site/read-environment.ts'

const exceptions = new Map([
  // Writes it before anybody reads it: --paper, and a path from where the command was typed.
  ['cli/dateline.ts', ['PAPER_DIR', 'whole']],
  ['cli/dateline.mjs', ['PAPER_DIR']],
  // Names the folders in the sentence about why the server cannot start, when they were read before.
  ['server/main.ts', ['CONTENT_DIR', 'DATA_DIR', 'whole']],
  // Not a setting: the configuration that one process hands to the next.
  ['lib/site/read-site.ts', ['whole']],
  ['lib/site/site.ts', ['whole']],
  ['lib/site/review-policy.ts', ['whole']],
  // Before the tests blank it: a server of somebody's for the tests of fleets.
  ['vitest.config.ts', ['DATABASE_URL']],
  // Writes: the sites of a test run start without a developer's settings.
  ['playwright.config.ts', ['whole']],
])

const settings = new Set([...listSiteSettings(), ...listIngestSettings()].map(({ name }) => name))

/** What code reads of the environment: names, or `whole` when it takes all of it for itself. */
function listReads(source: string): string[] {
  const given = /\.\.\.process\.env\b|blankSettings\([^;]*?process\.env\)/g
  const rest = source
    .replace(given, '')
    .replace(/\b(?:const|let) \{([^}]*)\} = process\.env\b/g, (_, names) =>
      names
        .split(',')
        .map((name: string) => `process.env.${name.trim().split(':')[0]}`)
        .join(' '),
    )
  return Array.from(
    rest.matchAll(/\bprocess(?:\.env\b|\[['"]env['"]\])(?:\?*\.(\w+)|\[['"](\w+)['"]\])?/g),
    ([, dotted, quoted]) => dotted ?? quoted ?? 'whole',
  )
}

const files = globSync(
  ['{app,bench,cli,components,deploy,e2e,lib,server,tooling}/**/*.{ts,tsx,mjs}', '*.ts'],
  { cwd: root },
)
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path !== door && path !== 'tooling/settings-door.test.ts')

describe('settings come through one door', () => {
  it('no other file reads one from process.env', () => {
    const findings = files.flatMap((file) =>
      listReads(readFileSync(resolve(root, file), 'utf8'))
        .filter((name) => name === 'whole' || settings.has(name))
        .filter((name) => !exceptions.get(file)?.includes(name))
        .map((name) => `${file} reads ${name}`),
    )
    expect(findings).toEqual([])
  })

  it.each([
    ['parseSiteEnv(process.env)', ['whole']],
    ['const { env } = process; process.env.PORT', ['PORT']],
    ["process.env['SITE_URL'] ?? process['env'].HOST", ['SITE_URL', 'HOST']],
    ['const { PORT, HOST: host } = process.env', ['PORT', 'HOST']],
    ['spawn(node, { env: { ...process.env, PORT: "1" } })', []],
  ])('sees what %s reads', (source, reads) => {
    expect(listReads(source)).toEqual(reads)
  })
})
