import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createProgram } from '#cli/dateline.ts'
import { authorSchema } from '#lib/content/author.ts'
import { pageSchema } from '#lib/content/page.ts'
import { parseContentFile } from '#lib/content/parse-content-file.ts'
import { mediaWidths } from '#lib/covers/media-image.ts'

const root = resolve(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const documents = globSync(['*.md', 'docs/**/*.md', 'deploy/*.md'], { cwd: root })
  .map((path) => path.replaceAll('\\', '/'))
  .sort()

const scripts = Object.keys(JSON.parse(read('package.json')).scripts)
const commands = createProgram(() => {}).commands

/** The anchors that GitHub gives the headings of a document. */
function listAnchors(text: string): string[] {
  return Array.from(text.matchAll(/^#+ (.*)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

/** Relative links that lead nowhere. Examples in code lead nowhere by nature. */
function listBrokenLinks(path: string, text: string): string[] {
  const prose = text.replace(/^ *```[\s\S]*?^ *```$|`[^`\n]*`/gm, '')
  return Array.from(prose.matchAll(/\]\((?![a-z]+:)([^)\s]+)\)/g), ([, link = '']) => link).filter(
    (link) => {
      const [file = '', anchor] = link.split('#')
      const target = file === '' ? path : join(dirname(path), decodeURIComponent(file))
      if (!existsSync(join(root, target))) return true
      const anchors = anchor === undefined ? [] : listAnchors(file === '' ? text : read(target))
      return anchor !== undefined && !anchors.includes(anchor)
    },
  )
}

/** Scripts, commands and flags in a text that do not exist. */
function listUnknownCommands(text: string): string[] {
  const unknown: string[] = []
  for (const [, script = ''] of text.matchAll(/\bnpm run ([a-z][\w:-]*)/g)) {
    if (!scripts.includes(script)) unknown.push(`npm run ${script}`)
  }
  // To the end of the line or of its code.
  for (const [, name = '', rest = ''] of text.matchAll(/\bdateline ([a-z][\w:]*)([^`\n#]*)/g)) {
    if (!new RegExp(`(?:npx |cli/|\`)dateline ${name}`).test(text)) continue
    const group = commands.find((one) => one.name() === name)
    const [word] = rest.trim().split(' ')
    const command = group?.commands.find((one) => one.name() === word) ?? group
    if (!command) unknown.push(`dateline ${name}`)
    const flags = [...(command?.options.map(({ long }) => long) ?? []), '--help', '--paper']
    for (const [flag] of rest.matchAll(/--[a-z-]+/g)) {
      if (!flags.includes(flag)) unknown.push(`dateline ${name} ${flag}`)
    }
  }
  return unknown
}

const rooms = [
  'app',
  'bench',
  'cli',
  'components',
  'deploy',
  'docs',
  'e2e',
  'lib',
  'server',
  'tooling',
]
const baseNames = new Set(
  globSync(['*.*', '.*', `{${rooms.join()}}/**/*.*`], { cwd: root }).map((path) => basename(path)),
)

/** Files and folders of the code that a text names and that do not exist. */
function listMissingFiles(text: string): string[] {
  const paths = text.matchAll(new RegExp(`\`((?:${rooms.join('|')})/[^\`\\s*<>{}…]*)\``, 'g'))
  const names = text.matchAll(/`([\w.-]+\.(?:browser\.)?(?:tsx?|mjs|css|sh))`/g)
  return [
    ...Array.from(paths, ([, path = '']) => path).filter((path) => !existsSync(join(root, path))),
    ...Array.from(names, ([, name = '']) => name).filter((name) => !baseNames.has(name)),
  ]
}

describe('the documents', () => {
  it.each(documents)('%s links to what is there and names commands that exist', (path) => {
    const text = read(path)
    expect(listBrokenLinks(path, text)).toEqual([])
    expect(listUnknownCommands(text)).toEqual([])
  })

  // The changelog also names what was there before.
  it.each(documents.filter((path) => path !== 'CHANGELOG.md'))(
    '%s names files that are there',
    (path) => {
      expect(listMissingFiles(read(path))).toEqual([])
    },
  )

  it('are all in the index', () => {
    const index = read('docs/README.md')
    const missing = globSync('docs/*.md', { cwd: root })
      .map((path) => path.replaceAll('\\', '/').slice('docs/'.length))
      .filter((name) => name !== 'README.md' && !index.includes(`](${name})`))
    expect(missing).toEqual([])
  })

  it('tell broken links and unknown commands from good ones', () => {
    expect(listBrokenLinks('docs/x.md', '[a](README.md) [b](nope.md) [c](run-it.md#nope)')).toEqual(
      ['nope.md', 'run-it.md#nope'],
    )
    expect(
      listUnknownCommands('`npm run nope` `npx dateline publish --json` `npx dateline pin x --up`'),
    ).toEqual(['npm run nope', 'dateline pin --up'])
    expect(
      listMissingFiles('`lib/nope.ts` `nope.ts` `lib/feeds/` `feed.ts` `site.config.ts`'),
    ).toEqual(['lib/nope.ts', 'nope.ts'])
  })
})

it('the page for editors names the fields of pages and authors, and the widths of pictures', () => {
  const guide = read('docs/write-an-article.md')
  for (const field of [...Object.keys(pageSchema.shape), ...Object.keys(authorSchema.shape)]) {
    expect(guide).toContain(`\`${field}\``)
  }
  expect(guide).toContain(`${mediaWidths.join(', ')} pixels`)
})

it('the tree in the README names what is there', () => {
  const [, tree = ''] = /```\n(site\.config\.ts[\s\S]*?)```/.exec(read('README.md')) ?? []
  let room = ''
  const missing = tree
    .trimEnd()
    .split('\n')
    .flatMap((line) => {
      const isBelow = line.startsWith('  ')
      const names = line.slice(0, 22).trim().split(/\s+/)
      if (!isBelow) room = names[0] ?? ''
      return names.map((name) => (isBelow ? room + name : name))
    })
    .filter((path) => !existsSync(join(root, path)))
  expect(tree).toContain('lib/')
  expect(missing).toEqual([])
})

describe('the examples of the page for editors', () => {
  const fences = read('docs/write-an-article.md').matchAll(/^```\w*\n([\s\S]*?)^```/gm)
  const examples = Array.from(fences, ([, text = '']) => text)
  /** Where each would lie, by words that it has and no other. */
  const whole = Object.entries({
    'articles/en/2026/11/exchange-opens-a-vault.md': 'category: BUSINESS',
    'articles/en/2026/11/sable-bridge-live.md': 'kind: live',
    'authors/olena.md': 'role: Markets editor',
    'pages/en/imprint.md': 'title: Imprint',
    'redirects.txt': '/old-page',
  }).map(([path, words]) => [path, examples.filter((text) => text.includes(words))] as const)

  it.each(whole)('%s passes the check', async (path, [text, ...more]) => {
    expect(more).toEqual([])
    const parsed = await parseContentFile({ path, bytes: new TextEncoder().encode(text) })
    expect(parsed.kind === 'article' ? parsed.warnings : parsed.problems).toEqual([])
    expect(parsed.kind === 'article' || parsed.entries.length > 0).toBe(true)
  })
})

it('decisions are numbered without gaps and listed in their index', () => {
  const names = globSync('docs/decisions/0*.md', { cwd: root })
    .map((path) => path.replaceAll('\\', '/').slice('docs/decisions/'.length))
    .sort()
  const index = read('docs/decisions/README.md')
  expect(names.map((name) => Number(name.slice(0, 4)))).toEqual(names.map((_, at) => at + 1))
  for (const [at, name] of names.entries()) {
    const text = read(`docs/decisions/${name}`)
    const title = new RegExp(`^# ${at + 1}\\. (.+)`).exec(text)?.[1]
    expect(index, name).toContain(`| ${at + 1} | [${title}](${name}) |`)
    // One that no longer holds says so in its first lines as well.
    const note = /^> (Holds in part|No longer holds)/m.exec(text)?.[1]?.toLowerCase() ?? 'holds |'
    expect(index, name).toContain(`](${name}) | ${note}`)
  }
})
