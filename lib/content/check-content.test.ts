import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkContent } from './check-content.ts'
import { isContentPath, listContentFiles } from './read-content-folder.ts'

let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'content-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function write(path: string, more = '', body = 'Text.\n'): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  const required = 'title: A\npublishedAt: 2026-03-01T09:00:00Z\ncategory: MARKETS\n'
  await writeFile(join(folder, path), `---\n${required}${more}---\n${body}`)
}

function check(fix = false) {
  return checkContent(join(folder, 'content'), { publicDir: join(folder, 'public'), fix })
}

describe('checkContent', () => {
  it('reports what is wrong in and between all files, broken files first', async () => {
    await write('content/en/a.md', 'titel: x\n')
    await write('content/en/b.md', 'draft: maybe\n')
    await write('content/en/old/a.md', 'aliases: [c]\n')
    await write('content/en/z.md', 'coverImage:\n  raw: /covers/z.webp\n  thumb: /covers/y.webp\n')
    await write('public/covers/z.webp')
    const { files, problems } = await check()
    expect(files).toBe(4)
    expect(
      problems.map(({ severity, file, line, field }) => `${severity} ${file}:${line} ${field}`),
    ).toEqual([
      'error en/b.md:5 draft',
      'error en/old/a.md:1 file',
      'warning en/a.md:5 titel',
      'warning en/z.md:7 coverImage.thumb',
    ])
  })

  it('mends broken encodings when asked to', async () => {
    await write('content/en/a.md', '', 'Itâ€™s here.\n')
    expect((await check()).problems).toHaveLength(1)
    expect(await check(true)).toMatchObject({ mended: ['en/a.md'], problems: [] })
    expect(await readFile(join(folder, 'content/en/a.md'), 'utf8')).toContain('It’s here.')
  })

  it('names the nearest section to a category that is none', async () => {
    await write('content/en/a.md')
    const other =
      '---\ntitle: A\npublishedAt: 2026-03-01T09:00:00Z\ncategory: Marketz\n---\nText.\n'
    await writeFile(join(folder, 'content/en/b.md'), other)
    await writeFile(join(folder, 'content/en/c.md'), other.replace('Marketz', 'РИНКИ'))
    expect((await check()).problems).toMatchObject([
      { severity: 'warning', file: 'en/b.md', line: 4, field: 'category', found: '"Marketz"' },
      { severity: 'warning', file: 'en/c.md', line: 4, field: 'category', found: '"РИНКИ"' },
    ])
    expect((await check()).problems[0]?.expected).toBe(
      'a section of site.config.ts, such as MARKETS',
    )
  })

  it('names every file and folder that it passes over', async () => {
    await write('content/en/a.md')
    for (const path of [
      'en/_wip.md',
      'en/.hidden.md',
      'en/a.sync-conflict-20261120-101010-ABC1234.md',
      'en/b.mdx',
      'en/c.txt',
      'en/drafts/d.md',
      'en/drafts/deep/e.md',
      '.private/f.md',
      '.git/g.md',
      'node_modules/x/readme.md',
      'en/.DS_Store',
    ]) {
      await write(`content/${path}`)
    }
    await write('elsewhere/x.md')
    await symlink(join(folder, 'elsewhere'), join(folder, 'content/linked'))
    await symlink(join(folder, 'elsewhere/x.md'), join(folder, 'content/en/x.md'))
    await symlink(join(folder, 'content'), join(folder, 'content/en/loop'))
    await symlink(join(folder, 'nowhere.md'), join(folder, 'content/en/broken.md'))
    const { files, problems } = await check()
    expect(files).toBe(1)
    expect(problems.map(({ severity, file }) => `${severity} ${file}`)).toEqual([
      'warning .private',
      'warning en/.hidden.md',
      'warning en/_wip.md',
      'warning en/a.sync-conflict-20261120-101010-ABC1234.md',
      'warning en/b.mdx',
      'warning en/broken.md',
      'warning en/c.txt',
      'warning en/drafts',
      'warning en/loop',
      'warning en/x.md',
      'warning linked',
    ])
    expect(problems.find(({ file }) => file === 'en/drafts')?.found).toContain('2 Markdown files')
  })

  it('names pictures that no page can show, at their lines', async () => {
    await write('content/media/a.png')
    const body = [
      '<!-- ![](media/none.png) -->',
      '![a](media/a.png) ![b](media/b.png)',
      '`![c](c.png)` ![d](./d.png) ![e](/icon.png) ![f](https://x.example/f.png)',
      '```\n![g](g.png)\n```',
      '![h](data:image/png;base64,AA)',
    ]
    await write('content/en/a.md', '', `${body.join('\n\n')}\n`)
    const pictures = (await check()).problems.filter(({ file }) => file === 'en/a.md')
    expect(pictures.map(({ line, found }) => `${line} ${found}`)).toEqual([
      '8 "media/b.png"',
      '10 "./d.png"',
      '16 "data:image/png;base64,AA"',
    ])
  })

  it('names the portrait of an author that is missing, wherever it should be', async () => {
    const author = async (key: string, picture: string) => {
      await write(`content/authors/${key}.md`)
      const text = `---\nname: A\nbio: B\npicture: ${picture}\n---\n`
      await writeFile(join(folder, `content/authors/${key}.md`), text)
    }
    await author('ann', 'media/ann.jpg')
    await author('bob', '/faces/bob.jpg')
    await author('cyd', '/faces/cyd.jpg')
    await author('dan', 'https://elsewhere.example/dan.jpg')
    await write('public/faces/cyd.jpg')
    expect((await check()).problems).toMatchObject([
      {
        file: 'authors/ann.md',
        line: 4,
        field: 'picture',
        expected: 'a file in the content folder: media/ann.jpg',
      },
      { file: 'authors/bob.md', line: 4, expected: 'a file in public/faces/bob.jpg' },
    ])
  })

  it('throws when the folder is missing', async () => {
    await expect(check()).rejects.toThrow('does not exist')
  })

  it('names a file that takes too long, and checks the others', async () => {
    await write('content/en/slow.md', '', 'Ð¿Ñ€'.repeat(570_000))
    await write('content/en/wrong.md', 'lang: xx\n')
    const { problems } = await check()
    expect(problems.map(({ file, found }) => `${file} ${found}`)).toEqual([
      'en/slow.md a text that takes longer than 1 s of CPU time to read',
      'en/wrong.md "xx"',
    ])
  })
})

describe('listContentFiles', () => {
  it('lists articles newest first and passes over leftovers and links', async () => {
    for (const path of [
      '2025/12/a.md',
      '2026/02/a.md',
      '2026/11/b.md',
      '2026/11/a.md',
      'about.md',
    ]) {
      await write(`content/${path}`)
    }
    for (const path of [
      '.git/a.md',
      'node_modules/x/a.md',
      '2026/a.md~',
      '2026/a.md.tmp',
      '2026/.a.md',
    ]) {
      await write(`content/${path}`)
    }
    await write('elsewhere/a.md')
    await symlink(join(folder, 'elsewhere'), join(folder, 'content/link'))
    const paths: string[] = []
    for await (const { path } of listContentFiles(join(folder, 'content'))) paths.push(path)
    expect(paths).toEqual([
      'about.md',
      '2026/11/b.md',
      '2026/11/a.md',
      '2026/02/a.md',
      '2025/12/a.md',
    ])
  })
})

describe('isContentPath', () => {
  it.each(['en/a.md', 'біткоїн.md'])('takes %s', (path) => {
    expect(isContentPath(path)).toBe(true)
  })

  it.each(['../a.md', '/etc/a.md', 'en/../../a.md', 'en//a.md', '.git/a.md', 'a.md~', 'a.txt'])(
    'refuses %s',
    (path) => {
      expect(isContentPath(path)).toBe(false)
    },
  )
})
