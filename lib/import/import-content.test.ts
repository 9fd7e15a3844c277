import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { parseContentFile } from '#lib/content/parse-content-file.ts'
import { openFetcher } from '#lib/ingest/fetch/fetch-document.ts'
import { type ImportOptions, importContent, openConverter } from './import-content.ts'
import type { ImportSource, Loss } from './imported-post.ts'
import { openGhostExport } from './read-ghost.ts'
import { openMarkdownFolder } from './read-markdown-folder.ts'
import { openWordPressExport } from './read-wordpress.ts'

const converter = openConverter()
afterAll(() => converter.close())

const now = new Date('2026-11-30T12:00:00Z')
const png = await sharp({ create: { width: 4, height: 3, channels: 3, background: 'red' } })
  .png()
  .toBuffer()
const blue = await sharp({ create: { width: 4, height: 3, channels: 3, background: 'blue' } })
  .png()
  .toBuffer()

/** A folder with the given files, and an empty content folder. */
function open(files: Record<string, string | Uint8Array>) {
  const root = mkdtempSync(join(tmpdir(), 'dateline-import-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  const contentDir = join(root, 'content')
  mkdirSync(contentDir)
  const put = (path: string, content: string | Uint8Array) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  for (const [path, content] of Object.entries(files)) put(path, content)
  return {
    root,
    contentDir,
    put,
    read: (path: string) => readFileSync(join(contentDir, path), 'utf8'),
    list: () =>
      readdirSync(contentDir, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(contentDir.length + 1))
        .sort(),
    import: (source: ImportSource, more: Partial<ImportOptions> = {}) =>
      importContent(source, {
        contentDir,
        converter,
        pictureRoots: [root],
        categories: new Map(),
        sites: [],
        isDryRun: false,
        overwrites: false,
        ...more,
      }),
    folder: (name: string, oldAddresses?: string) =>
      openMarkdownFolder(join(root, name), { now, ...(oldAddresses ? { oldAddresses } : {}) }),
  }
}

const say = ({ severity, file, line, field, outcome }: Loss) =>
  `${severity} ${file}:${line} ${field} ${outcome}`

/** What the site says of every file that was written. */
async function problemsOf({ contentDir, list }: { contentDir: string; list: () => string[] }) {
  const problems = await Promise.all(
    list().map(async (path) => {
      const file = await parseContentFile({ path, bytes: readFileSync(join(contentDir, path)) })
      return file.kind === 'article' ? file.warnings : file.problems
    }),
  )
  return problems.flat().map(({ file, field, found }) => `${file} ${field} ${found}`)
}

const item = (fields: string, body = 'Text.') =>
  `<item><title>A title</title><wp:post_type>post</wp:post_type><wp:status>publish</wp:status><wp:post_date_gmt>2020-01-02 08:00:00</wp:post_date_gmt>${fields}<category domain="category" nicename="n">News</category><content:encoded><![CDATA[${body}]]></content:encoded></item>`
const wxr = (...items: string[]) => `<?xml version="1.0"?>
<rss xmlns:content="c" xmlns:wp="w" xmlns:dc="d" xmlns:excerpt="e"><channel><link>https://old.example</link>
<wp:base_site_url>https://old.example</wp:base_site_url>
<wp:author><wp:author_login>olena</wp:author_login><wp:author_display_name><![CDATA[Olena Koval]]></wp:author_display_name></wp:author>
${items.join('\n')}
</channel></rss>`

describe('an export of WordPress', () => {
  const files = {
    'export.xml': wxr(
      '<item><wp:post_id>7</wp:post_id><wp:post_type>attachment</wp:post_type><wp:attachment_url>https://old.example/wp-content/uploads/2020/01/a.png</wp:attachment_url><wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key><wp:meta_value>A chart</wp:meta_value></wp:postmeta></item>',
      item(
        `<link>https://old.example/2020/01/02/one/</link><guid>https://old.example/?p=1</guid><dc:creator>olena</dc:creator><wp:post_id>1</wp:post_id><wp:post_name>one</wp:post_name><wp:is_sticky>1</wp:is_sticky><excerpt:encoded>Short &amp;amp; sweet</excerpt:encoded><category domain="post_tag" nicename="t">Tag</category><category domain="category" nicename="o">Other</category><wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>7</wp:meta_value></wp:postmeta><wp:postmeta><wp:meta_key>rating</wp:meta_key><wp:meta_value>5</wp:meta_value></wp:postmeta><wp:comment><wp:comment_id>1</wp:comment_id></wp:comment>`,
        '<a href="http://www.old.example/?p=2">two</a> <a href="/2020/01/02/two#x">two</a>\n\n<img src="https://old.example/wp-content/uploads/2020/01/a-300x200.png">',
      ),
      item(
        '<link>https://old.example/2020/01/02/two/</link><wp:post_id>2</wp:post_id><wp:post_name>two</wp:post_name>',
      ),
    ),
    'uploads/2020/01/a.png': png,
  }

  it('becomes articles, authors, pictures and redirects, and each loss is named with its line', async () => {
    const site = open(files)
    const source = await openWordPressExport(join(site.root, 'export.xml'), 'export.xml')
    const report = await site.import(source, { pictureRoots: [join(site.root, 'uploads')] })
    expect(site.read('articles/en/2020/01/one.md')).toBe(`---
title: A title
description: Short & sweet
publishedAt: '2020-01-02T08:00:00.000Z'
lang: en
category: Other
tags:
  - Tag
  - News
stickyWeight: 1
coverImage:
  raw: /media/2020/01/a.png
  alt: A chart
authors:
  - olena
---
[two](/article/two) [two](/article/two#x)

![](/media/2020/01/a.png)
`)
    expect(site.read('authors/olena.md')).toBe('---\nname: Olena Koval\n---\n')
    expect(site.read('redirects.txt')).toBe(
      '/2020/01/02/one /article/one 301\n/2020/01/02/two /article/two 301\n/feed /rss.xml 301\n',
    )
    expect(report.losses.map(say)).toEqual([
      'changed export.xml:6 category became tags: here is one category',
      'lost export.xml:6 wp:postmeta rating left behind: a field of your own',
      'lost export.xml:6 wp:comment left behind: there are no comments here',
    ])
    expect(await problemsOf(site)).toEqual([])
  })

  it('changes nothing the second time, and never writes over a file that was changed', async () => {
    const site = open(files)
    const run = async (more: Partial<ImportOptions> = {}) =>
      site.import(await openWordPressExport(join(site.root, 'export.xml'), 'export.xml'), more)
    const dry = await run({ isDryRun: true })
    expect(site.list()).toEqual([])
    const first = await run()
    expect(first.written).toEqual(dry.written)
    const before = site.list()
    const second = await run()
    expect([second.written, second.kept, site.list()]).toEqual([[], [], before])
    expect(second.unchanged).toHaveLength(3)
    site.put('content/articles/en/2020/01/two.md', 'mine')
    const third = await run()
    expect([third.kept, site.read('articles/en/2020/01/two.md')]).toEqual([
      ['articles/en/2020/01/two.md'],
      'mine',
    ])
    const fourth = await run({ overwrites: true })
    expect([fourth.written, fourth.kept]).toEqual([['articles/en/2020/01/two.md'], []])
  })

  it.each([
    ['<wp:status>private</wp:status>', 'It was private in WordPress'],
    ['<wp:status>draft</wp:status>', 'It was a draft in WordPress'],
    ['<wp:status>pending</wp:status>', 'It was waiting for review in WordPress'],
    ['<wp:status>secret-plugin</wp:status>', 'Its status in WordPress was secret-plugin'],
    ['<wp:post_password>x</wp:post_password>', 'It had a password in WordPress'],
  ])('with %s becomes a draft with a reason', async (fields, reason) => {
    const one = item('<wp:post_name>one</wp:post_name>').replace(
      '<wp:status>publish</wp:status>',
      fields,
    )
    const site = open({ 'a.xml': wxr(one) })
    await site.import(await openWordPressExport(join(site.root, 'a.xml'), 'a.xml'))
    expect(site.read('articles/en/2020/01/one.md')).toContain(
      `draft: true\ndraftReason: ${reason}\n`,
    )
  })

  it('leaves behind what is in the trash and what is neither a post nor a page, and names it', async () => {
    const site = open({
      'a.xml': wxr(
        item('').replace('publish', 'trash'),
        item('').replace('>post<', '>nav_menu_item<'),
        item('').replace('>post<', '>nav_menu_item<'),
      ),
    })
    const report = await site.import(await openWordPressExport(join(site.root, 'a.xml'), 'a.xml'))
    expect(report.losses.map(say)).toEqual([
      'lost a.xml:5 wp:status left behind: it is in the trash',
      'lost a.xml:6 wp:post_type left behind: neither a post nor a page',
    ])
    expect(site.list()).toEqual(['redirects.txt'])
  })

  it('expands no entity of its DTD, and reads what is no well-formed XML as well as it can', async () => {
    const site = open({
      'secret.txt': 'SECRET',
      'a.xml': wxr(
        item(
          '<wp:post_name>one</wp:post_name><excerpt:encoded>&bomb; &file; a & b \u0001</excerpt:encoded>',
        ),
      ).replace(
        '<rss',
        '<!DOCTYPE rss [<!ENTITY bomb "BOOM"><!ENTITY file SYSTEM "secret.txt">]><rss',
      ),
    })
    const report = await site.import(await openWordPressExport(join(site.root, 'a.xml'), 'a.xml'))
    const text = site.read('articles/en/2020/01/one.md')
    expect(text).not.toMatch(/BOOM|SECRET/)
    expect(text).toContain('&bomb; &file; a & b')
    expect(report.leftOut).toEqual([])
  })

  it('that ends too early names the post in which it does', async () => {
    const whole = wxr(
      item('<wp:post_name>one</wp:post_name>'),
      item('<wp:post_name>two</wp:post_name>'),
    )
    const site = open({ 'a.xml': whole.slice(0, whole.lastIndexOf('Text.')) })
    const report = await site.import(await openWordPressExport(join(site.root, 'a.xml'), 'a.xml'))
    expect(report.leftOut.map(say)).toEqual([
      'refused a.xml:6 item left out: the file ends within it',
    ])
    expect(report.written).toContain('articles/en/2020/01/one.md')
  })

  it('names two posts of one slug, and slugs that we cannot have', async () => {
    const site = open({
      'a.xml': wxr(
        item('<wp:post_name>one</wp:post_name>'),
        item('<wp:post_name>one</wp:post_name>'),
        item('<wp:post_name>%D0%BA%D0%B8%D1%97%D0%B2</wp:post_name>'),
        item('<wp:post_name>../../etc/passwd</wp:post_name>'),
        item('<wp:post_name></wp:post_name>'),
        item('<wp:post_name>search</wp:post_name>').replace('>post<', '>page<'),
      ),
    })
    const report = await site.import(await openWordPressExport(join(site.root, 'a.xml'), 'a.xml'))
    expect(site.list()).toEqual([
      'articles/en/2020/01/a-title.md',
      'articles/en/2020/01/etc-passwd.md',
      'articles/en/2020/01/one-2.md',
      'articles/en/2020/01/one.md',
      'articles/en/2020/01/київ.md',
      'pages/en/search-page.md',
      'redirects.txt',
    ])
    expect(
      report.losses.filter(({ field }) => field === 'slug').map(({ outcome }) => outcome),
    ).toEqual([
      'the address ends with one-2: another post has one',
      'the address ends with etc-passwd',
      'the address ends with a-title',
      'the address ends with search-page',
    ])
  })

  it.each([
    ['a.xml', '<rss><channel></channel></rss>', /is no export of WordPress/],
    ['a.xml', 'nothing', /is no export of WordPress/],
  ])('that is none is an error: %s %s', async (name, text, sentence) => {
    const site = open({ [name]: text })
    await expect(openWordPressExport(join(site.root, name), name)).rejects.toThrow(sentence)
  })
})

describe('an export of Ghost', () => {
  const lexical = JSON.stringify({
    root: {
      children: [
        {
          type: 'paragraph',
          children: [
            { type: 'text', text: 'Bold', format: 1 },
            { type: 'text', text: ' <text>' },
          ],
        },
        { type: 'image', src: '__GHOST_URL__/content/images/2020/a.png', alt: 'x', caption: 'C' },
        { type: 'codeblock', code: 'a < b', language: 'js' },
        { type: 'strange', children: [{ type: 'text', text: 'Inside' }] },
        { type: 'markdown', markdown: '## Two\n\n- a' },
      ],
    },
  })
  const mobiledoc = JSON.stringify({
    version: '0.3.1',
    markups: [['a', ['href', '__GHOST_URL__/one/']], ['em']],
    atoms: [['soft-return', '', {}]],
    cards: [
      ['bookmark', { url: 'https://b.example/', metadata: { title: 'B', description: 'About B' } }],
    ],
    sections: [
      [
        1,
        'p',
        [
          [0, [0], 1, 'link'],
          [1, [], 0, 0],
          [0, [1], 1, 'em'],
        ],
      ],
      [3, 'ul', [[[0, [], 0, 'item']]]],
      [10, 0],
    ],
  })
  const post = {
    id: '1',
    title: 'One',
    slug: 'one',
    status: 'published',
    visibility: 'public',
    type: 'post',
    published_at: '2020-01-02T08:00:00.000Z',
  }
  const data = {
    posts: [
      {
        ...post,
        html: '<p>Text <a href="__GHOST_URL__/two/">two</a></p>',
        feature_image: '__GHOST_URL__/content/images/2020/a.png',
        codeinjection_head: '<script>',
        custom_excerpt: 'Short',
      },
      { ...post, id: '2', title: 'Two', slug: 'two', lexical, status: 'draft' },
      { ...post, id: '3', title: 'Three', slug: 'three', mobiledoc, visibility: 'paid' },
      { ...post, id: '4', title: 'About', slug: 'about', html: '<p>Us.</p>', type: 'page' },
    ],
    tags: [
      { id: 't1', name: 'Markets', slug: 'mkts' },
      { id: 't2', name: 'Oslo', slug: 'oslo' },
      { id: 't3', name: '#intern', slug: 'hash-intern' },
    ],
    posts_tags: [
      { post_id: '1', tag_id: 't2', sort_order: 1 },
      { post_id: '1', tag_id: 't1', sort_order: 0 },
      { post_id: '1', tag_id: 't3', sort_order: 2 },
      { post_id: '2', tag_id: 't1' },
      { post_id: '3', tag_id: 't1' },
    ],
    users: [
      {
        id: 'u',
        name: 'Olena Koval',
        slug: 'olena',
        bio: 'Writes.',
        website: 'https://olena.example/',
      },
    ],
    posts_authors: [{ post_id: '1', author_id: 'u' }],
    posts_meta: [{ post_id: '1', feature_image_alt: 'A chart', meta_title: 'SEO' }],
  }

  it('becomes articles, pages, authors and redirects', async () => {
    const site = open({
      'g.json': JSON.stringify({ db: [{ meta: {}, data }] }),
    })
    site.put('old/content/images/2020/a.png', png)
    const source = await openGhostExport(join(site.root, 'g.json'), 'g.json')
    const report = await site.import(source, { pictureRoots: [join(site.root, 'old')] })
    expect(site.read('articles/en/2020/01/one.md')).toBe(`---
title: One
description: Short
publishedAt: '2020-01-02T08:00:00.000Z'
lang: en
category: Markets
tags:
  - Oslo
coverImage:
  raw: /media/images/2020/a.png
  alt: A chart
authors:
  - olena
---
Text [two](/article/two)
`)
    const two = site.read('articles/en/2020/01/two.md')
    expect(two).toContain('draft: true\ndraftReason: It was a draft in Ghost\n')
    expect(two.slice(two.indexOf('\n---\n') + 5)).toBe(
      '**Bold** \\<text>\n\n![x](/media/images/2020/a.png)\n\n_C_\n\n```js\na < b\n```\n\nInside\n\n## Two\n\n- a\n',
    )
    const three = site.read('articles/en/2020/01/three.md')
    expect(three).toContain(
      'draft: true\ndraftReason: "It was not for everybody in Ghost: paid"'.replaceAll('"', "'"),
    )
    expect(three.slice(three.indexOf('\n---\n') + 5)).toBe(
      '[link](/article/one)\\\n_em_\n\n- item\n\n[B](https://b.example/)\n\nAbout B\n',
    )
    expect(site.read('pages/en/about.md')).toBe('---\ntitle: About\n---\nUs.\n')
    expect(site.read('redirects.txt')).toBe(
      '/one /article/one 301\n/two /article/two 301\n/three /article/three 301\n/rss /rss.xml 301\n/tag/mkts /category/markets 301\n/tag/oslo /tag/oslo 301\n'.replace(
        '/tag/oslo /tag/oslo 301\n',
        '',
      ),
    )
    expect(report.losses.map(say)).toEqual([
      'lost g.json:1 posts[0].tags left behind: a tag that readers did not see',
      'lost g.json:1 posts[0].codeinjection_head left behind: there is no such field here',
      'lost g.json:1 posts[0].meta_title left behind: there is no such field here',
      'lost g.json:1 posts[1].body left out: a part of the kind strange, which is not known',
    ])
    expect(await problemsOf(site)).toEqual([])
  })

  it.each([
    ['{"db": [', /is no JSON/],
    ['{"posts": []}', /is no export of Ghost: it has no db\[0\]\.data\.posts/],
    ['{"db": [{"data": {"posts": [{"title": 1}]}}]}', /is no export of Ghost: posts\.0\./],
    ['[]', /is no export of Ghost/],
  ])('that is none is an error: %s', async (text, sentence) => {
    const site = open({ 'g.json': text })
    await expect(openGhostExport(join(site.root, 'g.json'), 'g.json')).rejects.toThrow(sentence)
  })
})

describe('a folder of Markdown', () => {
  it.each([
    [
      'YAML',
      '---\ntitle: A\ndate: 2020-01-02\ncategories: [News, More]\ntags: x, y\nsummary: S\nlastmod: 2020-02-03T10:00:00+02:00\ndraft: false\n---\nText.\n',
    ],
    [
      'TOML',
      '+++\ntitle = "A"\ndate = 2020-01-02T00:00:00Z\ncategories = ["News", "More"]\ntags = ["x", "y"]\nsummary = "S"\nlastmod = 2020-02-03T10:00:00+02:00\ndraft = false\n+++\nText.\n',
    ],
    [
      'JSON',
      '{\n"title": "A",\n"date": "2020-01-02",\n"categories": ["News", "More"],\n"tags": ["x", "y"],\n"summary": "S",\n"lastmod": "2020-02-03T10:00:00+02:00",\n"draft": false\n}\nText.\n',
    ],
  ])('has front matter in %s', async (_format, text) => {
    const site = open({ 'blog/a-post.md': text })
    await site.import(await site.folder('blog'))
    expect(site.read('articles/en/2020/01/a-post.md')).toBe(`---
title: A
description: S
publishedAt: '2020-01-02T00:00:00.000Z'
updatedAt: '2020-02-03T08:00:00.000Z'
lang: en
category: News
tags:
  - x
  - 'y'
  - More
---
Text.
`)
  })

  it.each([
    ['featured_image: /img/a.png', 'coverImage: /media/img/a.png'],
    ['cover: { image: img/a.png, alt: X }', 'coverImage:\n  raw: /media/img/a.png\n  alt: X'],
    ['heroImage: ./img/../img/a.png', 'coverImage: /media/img/a.png'],
    ['image: "![[a.png]]"', undefined],
    ['authors: [{ name: Olena }, Ivan]', 'authors:\n  - Olena\n  - Ivan'],
    ['author: Olena', 'authors:\n  - Olena'],
    ['canonical_url: https://o.example/a', 'canonicalUrl: https://o.example/a'],
    ['robots: noindex, nofollow', 'noindex: true'],
    ['sticky: true', 'stickyWeight: 1'],
    ['language: uk-UA', 'lang: uk'],
    ['sentiment: POSITIVE', 'sentiment: POSITIVE'],
  ])('maps %s', async (line, ours) => {
    const site = open({
      'blog/a.md': `---\ntitle: A\ndate: 2020-01-02\ncategory: News\n${line}\n---\nText.\n`,
      'blog/img/a.png': png,
    })
    const report = await site.import(await site.folder('blog'), {
      pictureRoots: [join(site.root, 'blog')],
    })
    const [path] = report.written.filter((one) => one.endsWith('.md'))
    const text = site.read(path ?? '')
    if (ours === undefined)
      expect(report.losses.map(say)).toEqual([expect.stringContaining('cover left behind')])
    else expect(text).toContain(`\n${ours}\n`)
  })

  it.each([
    ['published: false', 'It was hidden: published: false'],
    ['draft: true', undefined],
    ['draft: "yes"', undefined],
    ['private: true', 'It was hidden: private: true'],
    ['expiryDate: 2020-02-02', 'It was to end: expiryDate: "2020-02-02"'],
    ['status: draft', 'It was hidden: status: draft'],
  ])('hides what was hidden: %s', async (line, reason) => {
    const site = open({
      'blog/a.md': `---\ntitle: A\ndate: 2020-01-02\ncategory: News\n${line}\n---\nText.\n`,
    })
    const report = await site.import(await site.folder('blog'))
    const text = site.read('articles/en/2020/01/a.md')
    expect([report.drafts, report.losses]).toEqual([1, []])
    expect(text).toContain('draft: true\n')
    if (reason) expect(text).toContain(reason)
  })

  it('makes drafts of what lacks something, or takes it from a flag; it never guesses', async () => {
    const files = {
      'blog/a.md': '# A heading\n\nText.\n',
      'blog/b.md': '---\ntitle: B\ndate: soon\n---\nText.\n',
    }
    const site = open(files)
    const report = await site.import(await site.folder('blog'))
    expect(report.drafts).toBe(2)
    expect(site.read('articles/en/2000/01/a.md')).toContain(
      "title: A heading\npublishedAt: '2000-01-01T00:00:00.000Z'\n",
    )
    expect(report.losses.map(say)).toContainEqual(
      'lost b.md:3 date left out: no date that can be read',
    )
    const other = open({ 'blog/c.md': '---\ntitle: C\ndate: 2020-01-02\n---\nText.\n' })
    const done = await other.import(await other.folder('blog'), { category: 'NEWS' })
    expect([done.drafts, other.read('articles/en/2020/01/c.md')]).toEqual([
      0,
      expect.stringContaining('category: NEWS\n'),
    ])
  })

  it('of Jekyll has its addresses, links and pictures', async () => {
    const site = open({
      'b/_config.yml': 'url: https://old.example\nbaseurl: /b\npermalink: pretty\n',
      'b/_posts/2020-01-02-one.md':
        '---\ntitle: One\ncategories: a b\n---\n[two]({% post_url 2020-01-03-two %}) ![x](/assets/x.png)\n',
      'b/_posts/2020-01-03-two.md':
        '---\ntitle: Two\ndate: 2020-01-03 23:30:00 -0500\ncategory: News\nredirect_from: /old/\n---\n[one](/a/b/2020/01/02/one/) [one](https://old.example/b/a/b/2020/01/02/one/)\n',
      'b/_drafts/idea.md': '---\ntitle: Idea\ndate: 2020-01-04\ncategory: News\n---\nText.\n',
      'b/about.md': '---\nlayout: page\ntitle: About\n---\nUs.\n',
      'b/README.md': 'Read me.\n',
      'b/assets/x.png': png,
      'b/notes.rst': 'Notes\n',
    })
    const report = await site.import(await site.folder('b'), {
      pictureRoots: [join(site.root, 'b')],
    })
    expect(site.read('articles/en/2020/01/one.md')).toContain(
      '\n---\n[two](/article/two) ![x](/media/x.png)\n',
    )
    expect(site.read('articles/en/2020/01/two.md')).toContain(
      "publishedAt: '2020-01-04T04:30:00.000Z'",
    )
    expect(site.read('articles/en/2020/01/two.md')).toContain(
      '\n---\n[one](/article/one) [one](/article/one)\n',
    )
    expect(site.read('redirects.txt')).toBe(
      '/a/b/2020/01/02/one /article/one 301\n/b/a/b/2020/01/02/one /article/one 301\n/old /article/two 301\n/news/2020/01/03/two /article/two 301\n/b/news/2020/01/03/two /article/two 301\n/feed.xml /rss.xml 301\n',
    )
    expect(site.read('articles/en/2020/01/idea.md')).toContain('draft: true')
    expect(site.read('pages/en/about.md')).toContain('title: About')
    expect(report.losses.map(say)).toContainEqual(
      'lost notes.rst:1 file left behind: no Markdown or HTML',
    )
    expect(report.losses.map(say)).toContainEqual(
      'lost README.md:1 file a file about the folder, left behind',
    )
  })

  it('of Hugo has bundles, languages, aliases and references', async () => {
    const site = open({
      'h/hugo.toml': 'title = "x"\n',
      'h/content/posts/one/index.md':
        '+++\ntitle = "One"\ndate = 2020-01-02\ncategories = ["News"]\naliases = ["/old/one/", "former"]\n+++\n![x](pic.png) [two]({{< ref "two.md" >}}) [two](/posts/two/#a)\n',
      'h/content/posts/one/pic.png': png,
      'h/content/posts/two.md':
        '+++\ntitle = "Two"\ndate = 2020-01-02\ncategories = ["News"]\n+++\nText.\n',
      'h/content/posts/two.uk.md':
        '+++\ntitle = "Два"\ndate = 2020-01-02\ncategories = ["News"]\n+++\nТекст.\n',
      'h/content/posts/_index.md': '+++\ntitle = "Posts"\n+++\n',
    })
    const report = await site.import(await site.folder('h'), {
      pictureRoots: [join(site.root, 'h')],
    })
    const one = site.read('articles/en/2020/01/one.md')
    expect(one).toContain('aliases:\n  - former\n')
    expect(one).toContain(
      '![x](/media/posts/one/pic.png) [two](/article/two) [two](/article/two#a)\n',
    )
    expect(site.read('articles/uk/2020/01/two.md')).toContain('lang: uk')
    expect(site.read('redirects.txt')).toContain(
      '/old/one /article/one 301\n/posts/one /article/one 301\n',
    )
    expect(report.losses.map(say)).toContainEqual(
      'lost content/posts/_index.md:1 file left behind: the page of a section, not a text',
    )
  })

  it('keeps links within a page, by the ids that headings have here', async () => {
    const site = open({
      'b/a.md':
        '---\ntitle: A\ndate: 2020-01-02\ncategory: News\n---\n## Rates & *fees*\n\n[a](#rates--fees) [b](#user-content-fn) [c](#Rates-fees)\n',
    })
    const report = await site.import(await site.folder('b'))
    expect(site.read('articles/en/2020/01/a.md')).toContain(
      '[a](#rates-fees) [b](#user-content-fn) [c](#rates-fees)',
    )
    expect(report.losses.map(say)).toEqual([
      'changed a.md:8 link kept as it is: it leads to no heading of the text',
    ])
  })

  it('names every unknown field with its line, and every file that it refuses', async () => {
    const site = open({
      'b/a.md':
        '---\ntitle: A\ndate: 2020-01-02\ncategory: News\ntoc: true\nweight: 3\nlayout: post\nreview: { by: Chief, at: 2020-01-02, digest: abc }\n---\nText.\n',
      'b/bad.md': '---\ntitle: [x\n---\nText.\n',
      'b/german.md': '---\ntitle: A\nlang: de\n---\nText.\n',
      'b/huge.md': `---\ntitle: A\ndate: 2020-01-02\n---\n${'a '.repeat(1_100_000)}`,
    })
    const report = await site.import(await site.folder('b'))
    expect(report.losses.filter(({ file }) => file === 'a.md').map(say)).toEqual([
      'lost a.md:8 review left out: nobody here has reviewed the text; approve it again',
      'lost a.md:5 toc left behind: there is no such field here',
      'lost a.md:6 weight left behind: there is no such field here',
    ])
    expect(report.leftOut.map(say).sort()).toEqual([
      'refused bad.md:2 file left out: expected a closing ] or }',
      expect.stringMatching(/^refused german\.md:1 article left out: its language is de/),
      expect.stringMatching(
        /^refused huge\.md:1 article left out: its text has more than 2097152 bytes/,
      ),
    ])
  })
})

describe('pictures', () => {
  const article = (body: string) =>
    `---\ntitle: A\ndate: 2020-01-02\ncategory: News\n---\n${body}\n`

  it('come only from the folders, never by a way or a link that leads out of them', async () => {
    const site = open({
      'b/a.md': article(
        '![a](../secret.png) ![b](/../secret.png) ![c](link.png) ![d](%2e%2e/secret.png) ![e](dir/x.png)',
      ),
      'secret.png': png,
    })
    symlinkSync(join(site.root, 'secret.png'), join(site.root, 'b/link.png'))
    symlinkSync(site.root, join(site.root, 'b/dir'))
    const report = await site.import(await site.folder('b'), {
      pictureRoots: [join(site.root, 'b')],
    })
    expect(site.list()).toEqual(['articles/en/2020/01/a.md'])
    expect(report.losses.map(say)).toEqual(
      Array(5).fill(
        'lost a.md:6 picture left behind: in none of the folders: name its folder with --media',
      ),
    )
  })

  it('are named where they are none, and get the ending that they are', async () => {
    const site = open({
      'b/a.md': article('![a](fake.png) ![b](draw.svg) ![c](really-png.jpg)'),
      'b/fake.png': '<html>',
      'b/draw.svg': '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
      'b/really-png.jpg': png,
    })
    const report = await site.import(await site.folder('b'), {
      pictureRoots: [join(site.root, 'b')],
    })
    expect(site.list()).toEqual(['articles/en/2020/01/a.md', 'media/really-png.png'])
    expect(report.losses.map(({ outcome }) => outcome)).toEqual([
      'left behind: no picture that can be read',
      'left behind: a drawing (SVG): it can hold scripts',
    ])
  })

  it('of one name and different content get names of their own; those in the text become files', async () => {
    const site = open({
      'b/one/index.md': article('![a](../x/p.png)'),
      'b/x/p.png': png,
      'b/two.md': article(`![a](data:image/png;base64,${blue.toString('base64')})`).replace(
        'title: A',
        'title: B',
      ),
      'content/media/x/p.png': blue,
    })
    await site.import(await site.folder('b'), { pictureRoots: [join(site.root, 'b')] })
    expect(site.list().filter((path) => path.startsWith('media/'))).toEqual([
      expect.stringMatching(/^media\/imported\/[0-9a-f]{16}\.png$/),
      expect.stringMatching(/^media\/x\/p-[0-9a-f]{8}\.png$/),
      'media/x/p.png',
    ])
    expect(site.read('articles/en/2020/01/one.md')).toMatch(
      /!\[a\]\(\/media\/x\/p-[0-9a-f]{8}\.png\)/,
    )
    expect(await problemsOf(site)).toEqual([])
  })

  it('come from the net only when asked for, and never from a private address', async () => {
    const server = createServer((request, response) => {
      response.end(request.url === '/a.png' ? png : 'no')
    }).listen(0, '127.0.0.1')
    await new Promise((done) => server.once('listening', done))
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    const fetching = {
      timeoutSeconds: 5,
      maxMegabytes: 1,
      pauseMilliseconds: 0,
      retries: 0,
      atOnce: 1,
      userAgent: 'test',
    }
    const url = `http://127.0.0.1:${port}/a.png`
    const files = { 'b/a.md': article(`![a](${url})`) }
    const run = async (isPrivate?: () => boolean) => {
      const site = open(files)
      const fetcher = openFetcher(fetching, {
        now: () => now,
        random: () => 0,
        ...(isPrivate ? { isPrivate } : {}),
      })
      onTestFinished(() => fetcher.close())
      const report = await site.import(await site.folder('b'), {
        fetchDocument: fetcher.fetchDocument,
      })
      return { report, list: site.list() }
    }
    const asked = open(files)
    const without = await asked.import(await asked.folder('b'))
    expect(without.losses.map(({ outcome }) => outcome)).toEqual([
      'left behind: on the net: `--download` fetches it',
    ])
    const guarded = await run()
    expect(guarded.report.losses.map(({ outcome }) => outcome)).toEqual([
      expect.stringContaining('is not public'),
    ])
    const fetched = await run(() => false)
    expect(fetched.list).toEqual(['articles/en/2020/01/a.md', 'media/127.0.0.1/a.png'])
    expect(fetched.report.pictures.downloaded).toBe(1)
  })
})
