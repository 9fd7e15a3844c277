import { execFile } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { faultSections } from '#bench/faults/faults.ts'
import { benchSections } from '#bench/speed/bench.ts'
import { ingestBenchSections } from '#bench/speed/ingest-bench.ts'
import { createProgram, runCommandLine } from './dateline.ts'

const path = 'articles/en/2026/11/oslo-wins.md'
const original = `---
# By the editor
title: "Oslo wins"
publishedAt: 2026-11-01T09:00:00Z   # as announced
category: MARKETS
tags: [OSLO]
---
Oslo has won.
`

/** A content folder with one article. Each command line runs in a process of its own, as users do. */
function open(files: Record<string, string> = { [path]: original }) {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-command-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const contentDir = join(folder, 'content')
  mkdirSync(contentDir)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(contentDir, name, '..'), { recursive: true })
    writeFileSync(join(contentDir, name), text)
  }
  const env = {
    ...process.env,
    CONTENT_DIR: contentDir,
    DATA_DIR: join(folder, 'data'),
    SITE_URL: 'https://news.example',
    PUBLISH_SECRET: '',
  }
  return {
    contentDir,
    read: (name: string) => readFileSync(join(contentDir, name), 'utf8'),
    list: () =>
      readdirSync(contentDir, { recursive: true, withFileTypes: true })
        // A name with a dot is no content: a lock.
        .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
        .map((entry) => join(entry.parentPath, entry.name).slice(contentDir.length + 1))
        .sort(),
    run: (...parameters: string[]) =>
      new Promise<{ code: number; out: string; err: string }>((done) => {
        const child = execFile(
          process.execPath,
          ['cli/dateline.ts', ...parameters],
          { env },
          (_error, out, err) => done({ code: child.exitCode ?? -1, out, err }),
        )
      }),
  }
}

/** Runs in this process what does not get as far as its command. */
async function runHere(...parameters: string[]) {
  const [out, err]: [string[], string[]] = [[], []]
  const code = await runCommandLine(parameters, {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
  })
  return { code, out: out.join(''), err: err.join('') }
}

const commands = createProgram(() => {}).commands

describe('every command', () => {
  it.each(commands.map((command) => [command.name(), command] as const))(
    '%s explains itself, with examples and a sentence for each flag',
    async (name, command) => {
      const { code, out, err } = await runHere(name, '--help')
      expect([code, err]).toEqual([0, ''])
      expect(out).toContain(`Usage: dateline ${name}`)
      expect(out).toContain(`\nExamples:\n  $ `)
      expect(command.description()).toMatch(/^[A-Z].*\.$/)
      for (const { flags, description, mandatory } of command.options) {
        expect(description.length, flags).toBeGreaterThan(10)
        const shown = out.replace(/\s+/g, ' ').split(`${flags} `)[1]?.split(' --')[0]
        expect(shown?.includes('(required)'), flags).toBe(mandatory)
      }
    },
  )

  it.each(commands.map((command) => command.name()))(
    '%s refuses a flag that it does not have and does nothing',
    async (name) => {
      const required =
        { schedule: ['--at', 'x'], correct: ['--note', 'x'], init: ['--name', 'x'] }[name] ?? []
      const { code, out, err } = await runHere(name, ...required, '--froce', 'x', 'y')
      expect([code, out]).toEqual([2, ''])
      expect(err).toContain("unknown option '--froce'")
      expect(err).toContain(`See: dateline ${name} --help`)
    },
  )

  it('takes the sections that its measurement has', () => {
    const flagsOf = (name: string) =>
      commands
        .find((command) => command.name() === name)
        ?.options.find(({ long }) => long === '--only')?.description
    expect(flagsOf('bench')).toContain(`of ${benchSections.join(',')}`)
    expect(flagsOf('faults')).toContain(`of ${faultSections.join(',')};`)
    expect(flagsOf('ingest:bench')).toContain(`of ${ingestBenchSections.join(',')}`)
  })
})

it.each([
  [['pubish'], /unknown command 'pubish'.*Did you mean publish\?/s],
  [['check', 'a', 'b'], /too many arguments/],
  [['publish', '--jsn'], /Did you mean --json\?/],
  [['withdraw', 'a'], /Say why with --reason/],
  [['schedule', 'a'], /required option '--at <time>'/],
  [['schedule', 'a', '--at', 'soon'], /--at is "soon", expected a date and time/],
  [['schedule', 'a', '--at', '2020-01-01T00:00:00Z'], /which is not in the future/],
  [['pin', 'a', '--weight', '-1'], /Expected a number above 0/],
  [['preview', 'a', '--hours', '9999'], /expected at most 8784/],
  [['bench', '--only', 'everything'], /--only is "everything", expected some of bodies,index/],
  [[], /Usage: dateline <command>/],
])('%j is wrong usage: 2 and a sentence', async (parameters, sentence) => {
  const { code, out, err } = await runHere(...parameters)
  expect([code, out]).toEqual([2, ''])
  expect(err).toMatch(sentence)
})

it('answers wrong usage with --json as one document', async () => {
  const { code, out, err } = await runHere('pin', 'a', '--weight', 'x', '--json')
  expect(code).toBe(2)
  expect(JSON.parse(out)).toEqual({ error: expect.stringContaining('Expected a number above 0') })
  expect(err).toContain('Expected a number above 0')
})

describe('an article', () => {
  it('is written by new, passes the check, and is not written over', async () => {
    const site = open({})
    const words = ['new', 'Exchange opens a vault', '--category', 'BUSINESS', '--draft', '--json']
    const made = await site.run(...words)
    expect(made).toMatchObject({ code: 0, err: '' })
    const { file, address, state } = JSON.parse(made.out)
    expect(file).toMatch(/^articles\/en\/\d{4}\/\d\d\/exchange-opens-a-vault\.md$/)
    expect([address, state]).toEqual([
      'https://news.example/article/exchange-opens-a-vault',
      'draft',
    ])
    const before = site.read(file)
    const again = await site.run(...words)
    expect([again.code, site.read(file)]).toEqual([1, before])
    expect(again.err).toContain(`${file} has the slug exchange-opens-a-vault already`)

    const translated = await site.run(
      ...['new', 'Біржа: "сховище"', '--lang', 'uk', '--translation-of', 'exchange-opens-a-vault'],
    )
    expect(translated.code).toBe(0)
    expect(translated.out).toContain('https://news.example/uk/article/exchange-opens-a-vault')
    expect(site.read(JSON.parse(made.out).file.replace('/en/', '/uk/'))).not.toMatch(
      /tags|translationKey/,
    )
    const checked = await site.run('check', '--json')
    expect(JSON.parse(checked.out)).toMatchObject({ files: 2, errors: 0, warnings: 0 })
  })

  it('is published at once when new is given its text', async () => {
    const site = open({ 'text.txt': '---\nThe text: below a line.\n' })
    const text = join(site.contentDir, 'text.txt')
    const words = ['new', 'Біржа', '--category', 'B', '--text', text, '--json']
    const { out, err } = await site.run(...words)
    expect(err).toContain('Warning: category found "B", expected a section of site.config.ts')
    const { file, state } = JSON.parse(out)
    expect(state).toBe('published')
    expect(site.read(file)).toMatch(/\n---\n---\nThe text: below a line\.\n$/)
  })

  it('is not written by new with a second front matter in its text', async () => {
    const texts = ['---\ntitle: A\n---\nB\n', '\uFEFF+++\r\ntitle = "A"\r\n+++\r\nB\r\n']
    for (const [index, text] of texts.entries()) {
      const site = open({ [`text${index}.txt`]: text })
      const file = join(site.contentDir, `text${index}.txt`)
      const { code, err } = await runHere(...['new', 'A', '--category', 'MARKETS', '--text', file])
      expect([code, err]).toEqual([2, expect.stringContaining('begins with front matter')])
    }
  })

  it('is withdrawn, corrected, pinned and scheduled, and no other byte changes', async () => {
    const site = open()
    const withdrawn = await site.run('withdraw', 'oslo-wins', '--reason', 'It was\nBergen')
    expect(withdrawn.out).toContain('State:   withdrawn: the address answers 410')
    expect(site.read(path)).toBe(
      original.replace('\n---\n', '\n# Withdrawn: It was Bergen\nwithdrawn: true\n---\n'),
    )
    await site.run('withdraw', '/article/oslo-wins', '--undo')
    const pin = await site.run('pin', path, '--weight', '3', '--until', '2099-02-01 10:00')
    expect(pin.err).toContain('Pinned until 2099-02-01T10:00:00.000Z. No time zone was given')
    const scheduled = await site.run('schedule', 'oslo-wins', '--at', '2099-01-01 10:00', '--json')
    expect(JSON.parse(scheduled.out)).toMatchObject({ file: path, state: 'scheduled' })
    expect(scheduled.err).toContain('UTC is taken')
    expect(scheduled.err).not.toContain('draft')
    await site.run('correct', 'oslo-wins', '--note', "It's Oslo: not Bergen")
    expect(site.read(path)).toMatch(
      /^---\n# By the editor\ntitle: "Oslo wins"\npublishedAt: '2099-01-01T10:00:00\.000Z' {3}# as announced\ncategory: MARKETS\ntags: \[OSLO\]\nstickyWeight: 3\npinnedUntil: '2099-02-01T10:00:00\.000Z'\ncorrections:\n {2}- at: '[^']+'\n {4}text: 'It''s Oslo: not Bergen'\n# Withdrawn: It was Bergen\nwithdrawn: false\n---\nOslo has won\.\n$/,
    )
  })

  it('is renamed with its old slug as an alias, but not to a slug that is taken', async () => {
    const other = 'articles/en/2026/10/bergen-wins.md'
    const translation = 'articles/uk/2026/11/oslo-wins.md'
    const site = open({ [path]: original, [other]: original, [translation]: original })
    const taken = await site.run('rename', path, 'bergen-wins')
    expect([taken.code, site.list()]).toEqual([1, [other, path, translation]])
    const { code, out, err } = await site.run('rename', path, 'oslo-loses')
    expect([code, err]).toEqual([
      0,
      expect.stringContaining(`stay linked, by translationKey: ${translation}`),
    ])
    expect(out).toContain('The old address redirects: https://news.example/article/oslo-wins')
    expect(site.list()).toEqual([other, 'articles/en/2026/11/oslo-loses.md', translation])
    expect(site.read('articles/en/2026/11/oslo-loses.md')).toBe(
      original.replace('\n---\n', '\naliases:\n  - oslo-wins\ntranslationKey: oslo-wins\n---\n'),
    )
    await site.run('rename', translation, 'oslo-peremohla')
    expect(site.read('articles/uk/2026/11/oslo-peremohla.md')).toContain(
      'translationKey: oslo-wins',
    )
    const alone = await site.run('rename', other, 'bergen-loses')
    expect([alone.err, site.read('articles/en/2026/10/bergen-loses.md')]).toEqual([
      '',
      expect.not.stringContaining('translationKey'),
    ])
  })

  it('stays a draft when it is scheduled, with a sentence that says so', async () => {
    const site = open({ [path]: original.replace('\n---\n', '\ndraft: true\n---\n') })
    const { code, out, err } = await site.run('schedule', path, '--at', '2099-01-01T10:00:00Z')
    expect([code, out]).toEqual([0, expect.stringContaining('State:   draft')])
    expect(err).toContain(`desk approve ${path} --at 2099-01-01T10:00:00.000Z`)
  })

  it('is pinned for three days when nothing is said, and not into the past', async () => {
    const site = open()
    const past = await site.run('pin', path, '--until', '2020-01-01T00:00:00Z')
    expect([past.code, site.read(path)]).toEqual([2, original])
    expect(past.err).toContain('which is not in the future')
    const before = Date.now()
    await site.run('pin', path)
    const [, until = ''] = /\npinnedUntil: '([^']+)'/.exec(site.read(path)) ?? []
    expect(Math.round((Date.parse(until) - before) / 3_600_000)).toBe(72)
    await site.run('pin', path, '--off')
    expect(site.read(path)).toContain('\nstickyWeight: 0\n')
  })

  it('that cannot be parsed is left as it is', async () => {
    const broken = original.replace('2026-11-01T09:00:00Z', 'soon')
    const site = open({ [path]: broken })
    const { code, err } = await site.run('pin', 'oslo-wins')
    expect([code, site.read(path)]).toEqual([1, broken])
    expect(err).toContain(`${path}:4 publishedAt found "soon"`)
  })

  it('is published by its slug, and a name that is no file is an error', async () => {
    const site = open()
    const published = await site.run('publish', 'oslo-wins', '--json')
    expect(JSON.parse(published.out)).toMatchObject({
      added: 1,
      errorCount: 0,
      articles: [
        { file: path, address: 'https://news.example/article/oslo-wins', state: 'published' },
      ],
    })
    const nope = await site.run('publish', 'nope.md', '--json')
    expect(nope.code).toBe(1)
    expect(JSON.parse(nope.out).error).toMatch(/There is no file nope\.md in /)
  })

  it('gets a preview link by slug, alone on standard output', async () => {
    const site = open({ [path]: original.replace('category', 'draft: true\ncategory') })
    const { code, out, err } = await site.run('preview', 'oslo-wins')
    expect(code).toBe(0)
    expect(out).toMatch(/^https:\/\/news\.example\/preview\/en\/oslo-wins\?file=\S+\n$/)
    expect(err).toMatch(/^Not published \(draft\)\. /)
  })
})

describe('init', () => {
  it('makes a paper that passes the check, and touches no folder with files in it', async () => {
    const site = open({})
    const paper = join(site.contentDir, 'port')
    const made = await site.run(
      'init',
      paper,
      '--name',
      'Port "P"',
      '--languages',
      'pl,en',
      '--json',
    )
    expect(made.code, made.err).toBe(0)
    expect(JSON.parse(made.out).files).toContainEqual(
      expect.stringMatching(/^content\/articles\/pl\/\d{4}\/\d\d\/welcome\.md$/),
    )
    const checked = await site.run('check', join(paper, 'content'), '--paper', paper, '--json')
    expect(JSON.parse(checked.out)).toMatchObject({ files: 1, errors: 0, warnings: 0 })
    const { file = '' } =
      /^(?<file>content\/articles.*)$/m.exec(JSON.parse(made.out).files.join('\n'))?.groups ?? {}
    const [, category] = /^category: (.+)$/m.exec(site.read(join('port', file))) ?? []
    expect(site.read('port/site.config.ts')).toContain(`sections: [{ key: '${category}',`)
    const before = site.list()
    const again = await site.run('init', paper, '--name', 'Other')
    expect([again.code, site.list()]).toEqual([2, before])
    expect(again.err).toContain('is there already and is not empty')
  })

  it('leaves nothing behind when the configuration would be wrong', async () => {
    const site = open({})
    const paper = join(site.contentDir, 'port')
    const { code, err } = await site.run('init', paper, '--name', 'Port', '--languages', 'Polish')
    expect([code, readdirSync(site.contentDir)]).toEqual([1, []])
    expect(err).toContain('languages')
  })
})

describe('content moves', () => {
  it('out and in again, and nothing is lost', async () => {
    const files = {
      [path]: original,
      'articles/uk/2026/11/київ.md': original.replace(
        'title: "Oslo wins"',
        'title: Київ\nlang: uk',
      ),
      'articles/en/broken.md': '---\ntitle: [x\n---\nStill here.\r\n',
      'articles/en/draft.md': original.replace('---\n#', '---\ndraft: true\n#'),
      'pages/en/team.md': '---\ntitle: Team\n---\nUs.\n',
      'authors/olena.md': '---\nname: Olena\n---\n',
      'media/notes.txt': 'not a picture',
      'redirects.txt': '/a /b\n# a comment\n',
    }
    const site = open(files)
    const target = join(site.contentDir, '../archive')
    const out = await site.run('export', target, '--json')
    expect(out.code, out.err).toBe(1)
    expect(JSON.parse(out.out)).toMatchObject({
      files: 8,
      articles: 3,
      unreadable: [{ file: 'articles/en/broken.md' }],
      leftOut: [],
    })
    const { articles } = JSON.parse(readFileSync(join(target, 'articles.json'), 'utf8'))
    expect(articles).toContainEqual(
      expect.objectContaining({
        file: path,
        address: '/article/oslo-wins',
        title: 'Oslo wins',
        body: 'Oslo has won.\n',
      }),
    )
    const again = await site.run('export', target)
    expect([again.code, again.err]).toEqual([2, expect.stringContaining('is not empty')])

    const other = open({ 'redirects.txt': '/c /d\n' })
    const dry = await other.run('import', 'markdown', target, '--dry-run', '--json')
    expect([JSON.parse(dry.out).written.length, other.list()]).toEqual([8, ['redirects.txt']])
    const made = await other.run('import', 'markdown', target, '--json')
    expect(JSON.parse(made.out)).toMatchObject({ kept: [], leftOut: [] })
    expect(other.list()).toEqual(site.list())
    for (const name of other.list()) {
      const expected = name === 'redirects.txt' ? '/c /d\n/a /b\n' : site.read(name)
      expect(other.read(name), name).toBe(expected)
    }
    const second = await other.run('import', 'markdown', target, '--json')
    expect(JSON.parse(second.out)).toMatchObject({ written: [], kept: [] })
    writeFileSync(join(other.contentDir, path), 'mine')
    const third = await other.run('import', 'markdown', target)
    expect([third.code, other.read(path)]).toEqual([1, 'mine'])
    expect(third.out).toContain(`${path} is there with another text, and stays`)
  })

  it('from another tool, with a report by file, line and field', async () => {
    const site = open({})
    const folder = join(site.contentDir, '../blog')
    mkdirSync(folder)
    const post = '---\ntitle: A\ndate: 2020-01-02\ncategories: Old news\ntoc: true\n---\nText.\n'
    writeFileSync(join(folder, 'a-post.md'), post)
    const flags = ['--categories', 'old news=MARKETS', '--lang', 'uk']
    const dry = await site.run('import', 'markdown', folder, ...flags, '--dry-run')
    expect(dry.out).toMatch(/1 file would be written.*\npictures: 0 would be copied, 0 would be/)
    const { code, out } = await site.run('import', 'markdown', folder, ...flags)
    expect([code, site.list()]).toEqual([0, ['articles/uk/2020/01/a-post.md']])
    expect(site.read('articles/uk/2020/01/a-post.md')).toContain('category: MARKETS\n')
    expect(out).toContain('lost a-post.md:5 toc true: left behind: there is no such field here\n')
  })
})

it.each([
  [['import', 'blogger', 'x.xml'], /"blogger" cannot be imported, only markdown, wordpress, ghost/],
  [['import', 'markdown'], /missing required argument 'from'/],
  [['import', 'markdown', 'x', '--lang', 'xx'], /--lang is "xx", expected one of en, uk/],
  [['import', 'markdown', 'x', '--old-site', 'old'], /--old-site is "old"/],
  [['import', 'markdown', 'x', '--categories', 'a'], /--categories has "a"/],
  [['import', 'ghost', 'x.json', '--media', '/nowhere'], /\/nowhere is no folder/],
  [['pull'], /DATABASE_URL is not set/],
  [['desk', 'invite'], /The desk is off: set DESK=on/],
])('%j is wrong usage as well', async (parameters, sentence) => {
  const { code, out, err } = await runHere(...parameters)
  expect([code, out]).toEqual([2, ''])
  expect(err).toMatch(sentence)
})

it('names the settings of a paper that are wrong, and ends with 2', {
  timeout: 60_000,
}, async () => {
  const { code, err } = await open().run('check', '--paper', '/nowhere')
  expect(code).toBe(2)
  expect(err).toContain('/nowhere/site.config.ts does not exist')
  expect(err).not.toContain('See: ')
})

it('the launcher explains itself in a copy where nothing is installed, and writes nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-launcher-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const file of ['cli/dateline.mjs', 'tooling/prepare.mjs', 'package.json']) {
    cpSync(file, join(folder, file), { recursive: true })
  }
  const { code, err } = await new Promise<{ code: number | null; err: string }>((done) => {
    const child = execFile(
      process.execPath,
      [join(folder, 'cli/dateline.mjs'), 'start', '--help'],
      (_error, _out, err) => done({ code: child.exitCode, err }),
    )
  })
  expect(code).toBe(1)
  expect(err).toContain('Run `npm ci`')
  expect(readdirSync(folder).sort()).toEqual(['cli', 'package.json', 'tooling'])
})
