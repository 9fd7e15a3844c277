import { globSync, readFileSync } from 'node:fs'
import { dirname, posix, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')

const articleTypes = ['lib/content/article.ts', 'lib/content/article-with.ts']
const indexTypes = ['lib/article-index/article-index.ts']

/**
 * What each room may import of ours besides its own files, by the beginning of a path. A file belongs
 * to the first room that its path begins with. See the house's table of rooms.
 */
const rooms: [room: string, mayImport: string[]][] = [
  ['lib/site/', []],
  ['lib/node/', []],
  ['lib/ingest-report/', ['lib/node/']],
  ['lib/i18n/', ['lib/site/', 'lib/node/', ...articleTypes]],
  ['lib/covers/', ['lib/site/', 'lib/node/', ...articleTypes]],
  ['lib/markdown/', ['lib/i18n/', 'lib/site/', 'lib/node/', ...articleTypes]],
  ['lib/content/', ['lib/markdown/', 'lib/site/', 'lib/node/']],
  ['lib/article-index/', ['lib/content/', 'lib/site/', 'lib/node/']],
  ['lib/content-sync/', ['lib/article-index/', 'lib/content/', 'lib/site/', 'lib/node/']],
  [
    'lib/replication/',
    [
      'lib/content-sync/',
      'lib/article-index/',
      'lib/content/',
      'lib/ingest-report/',
      'lib/site/',
      'lib/node/',
      // The types of what ingest shares: ingest itself does not know how.
      'lib/ingest/ingest-lock.ts',
      'lib/ingest/state/shared-state.ts',
    ],
  ],
  [
    'lib/feeds/',
    ['lib/covers/', 'lib/i18n/', 'lib/markdown/', 'lib/site/', ...articleTypes, ...indexTypes],
  ],
  [
    'lib/seo/',
    ['lib/covers/', 'lib/i18n/', 'lib/markdown/', 'lib/site/', ...articleTypes, ...indexTypes],
  ],
  [
    'lib/ingest/',
    [
      'lib/article-index/',
      'lib/content/',
      'lib/content-sync/',
      'lib/covers/',
      'lib/i18n/',
      'lib/ingest-report/',
      'lib/markdown/',
      'lib/node/',
      'lib/site/',
    ],
  ],
  [
    'lib/desk/',
    [
      'lib/article-index/editor-index.ts',
      'lib/content/',
      'lib/i18n/',
      'lib/ingest/rewrite-for-editor.ts',
      'lib/ingest/publish/article-file.ts',
      'lib/ingest/settings/ingest-env.ts',
      'lib/ingest/state/',
      'lib/ingest-report/',
      'lib/markdown/',
      'lib/node/',
      'lib/site/',
    ],
  ],
  ['lib/import/', ['lib/ingest/', 'lib/content/', 'lib/node/', 'lib/site/']],
  [
    'components/',
    ['lib/covers/', 'lib/i18n/', 'lib/markdown/', 'lib/site/', ...articleTypes, ...indexTypes],
  ],
  ['app/', ['components/', 'lib/']],
  ['server/', ['lib/', 'tooling/']],
  ['cli/', ['lib/', 'server/', 'tooling/', 'bench/', 'deploy/']],
  ['tooling/', ['lib/', 'server/', 'cli/', 'deploy/']],
  ['bench/', ['lib/', 'server/', 'cli/', 'tooling/', 'deploy/']],
  ['deploy/', ['lib/', 'server/', 'tooling/']],
  ['e2e/', []],
]

/** What whole rooms may, and some of their files may not. */
const exceptions: [file: RegExp, mayNotImport: RegExp][] = [
  [/^(?:app|server)\//, /^lib\/ingest\//],
  // No request asks PostgreSQL: whoever serves has no way to it, and one machine never loads it.
  [/^(?:app|components|server)\//, /^lib\/replication\//],
  [/^lib\/(?!replication\/)/, /^lib\/replication\//],
  // What editors see, readers must not.
  [/^(?:app|components)\//, /^lib\/(?:desk\/|article-index\/editor-index)/],
  [/^components\//, /^lib\/site\/env\.ts$/],
  [/^components\/(?!offline\/worker\/service-worker).*\.browser\.ts$/, /(?<!\.browser\.ts)$/],
]

/** What every test may import: the servers and processes that stand for the world outside, and a contract. */
const forTests = [
  'bench/evals/test-servers/',
  'bench/faults/fleet-obstacles.ts',
  // The contract of the state of ingest, which PostgreSQL keeps as well.
  'lib/ingest/state/ingest-store',
  'bench/faults/ingest/',
  'bench/faults/mount.ts',
  'tooling/start-postgres.ts',
]
const isTest = /\.test\.tsx?$/

const files = globSync('{app,bench,cli,components,deploy,e2e,lib,server,tooling}/**/*.{ts,tsx}', {
  cwd: root,
})
  .map((path) => path.replaceAll('\\', '/'))
  .sort()

describe('rooms import what the table allows', () => {
  it.each(rooms)('%s', (room, mayImport) => {
    const findings = files
      .filter((file) => roomOf(file) === room)
      .flatMap((file) =>
        listImports(file)
          .filter((target) => !isAllowed(file, target, [room, ...mayImport]))
          .map((target) => `${file} imports ${target}`),
      )
    expect(findings).toEqual([])
  })

  it('every file has a room, and between rooms paths begin with #', () => {
    expect(files.filter((file) => !roomOf(file))).toEqual([])
    const relative = files.flatMap((file) =>
      listSpecifiers(file)
        .filter((specifier) =>
          /^\.\.\/.*\b(?:app|bench|cli|components|deploy|lib|server|tooling)\//.test(specifier),
        )
        .map((specifier) => `${file} imports ${specifier}`),
    )
    // A file of e2e names the one helper that it shares with the configuration.
    expect(relative).toEqual([])
  })

  it('no file passes on what another one exports: there is one address for each name', () => {
    const reExport = /^export (?:type )?(?:\{[^}]*\}|\*(?: as \w+)?) from '[#.]/m
    const findings = files.filter((file) =>
      reExport.test(readFileSync(resolve(root, file), 'utf8')),
    )
    expect(findings).toEqual([])
  })

  it('components do not touch Node', () => {
    const findings = files
      .filter((file) => file.startsWith('components/') && !/\.test\.tsx?$/.test(file))
      .filter((file) => listSpecifiers(file).some((specifier) => specifier.startsWith('node:')))
    expect(findings).toEqual([])
  })
})

/** What pages are made of. Code for the browser runs when a reader looks, so it may read the clock. */
const inPages = /^(?:app|components|lib\/(?:covers|feeds|i18n|markdown|seo))\//
const readsClock =
  /\bDate\.now\b|\bnew Date(?!\w|\()|\bDate\(\s*\)|\bperformance\.now\b|\bTemporal\.Now\b/

describe('only the index knows the time', () => {
  it.each([
    ['const now = Date.now()', true],
    ['const now = new Date()', true],
    ['const now = new Date', true],
    ['const text = Date()', true],
    ['const readClock = Date.now', true],
    ['const published = new Date(publishedAt)', false],
    ['const format = new DateFormat(locale)', false],
  ])('a clock in “%s”: %s', (code, isClock) => expect(readsClock.test(code)).toBe(isClock))

  // A page is kept until an answer of the index changes: what it took from a clock would stay as it was.
  it('no page reads a clock of its own', () => {
    const findings = files
      .filter((file) => inPages.test(file) && !/\.(?:browser|test|browser\.test)\.tsx?$/.test(file))
      .filter((file) => readsClock.test(readFileSync(resolve(root, file), 'utf8')))
    expect(findings).toEqual([])
  })
})

const roomOf = (file: string) => rooms.find(([room]) => file.startsWith(room))?.[0]

function isAllowed(file: string, target: string, allowed: string[]): boolean {
  if (isTest.test(file) && forTests.some((beginning) => target.startsWith(beginning))) return true
  const isForbidden = exceptions.some(([of, no]) => of.test(file) && no.test(target))
  return !isForbidden && allowed.some((beginning) => target.startsWith(beginning))
}

function listImports(file: string): string[] {
  return listSpecifiers(file).flatMap((specifier) => {
    if (specifier.startsWith('#')) return [specifier.slice(1)]
    if (!specifier.startsWith('.')) return []
    return [posix.join(dirname(file).replaceAll('\\', '/'), specifier)]
  })
}

/** Of `import … from`, `export … from`, `import(…)` and `import '…'`. */
function listSpecifiers(file: string): string[] {
  const source = readFileSync(resolve(root, file), 'utf8')
  const found = source.matchAll(/^(?:import|export|\}).*?from '([^']+)'|\bimport\(?\s*'([^']+)'/gm)
  return Array.from(found, ([, from, imported]) => from ?? imported ?? '')
}
