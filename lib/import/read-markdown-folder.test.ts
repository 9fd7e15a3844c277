import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openImport, png, say } from './open-import-in-test.ts'

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
    const site = openImport({ 'blog/a-post.md': text })
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
    const site = openImport({
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
    const site = openImport({
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
    const site = openImport(files)
    const report = await site.import(await site.folder('blog'))
    expect(report.drafts).toBe(2)
    expect(site.read('articles/en/2000/01/a.md')).toContain(
      "title: A heading\npublishedAt: '2000-01-01T00:00:00.000Z'\n",
    )
    expect(report.losses.map(say)).toContainEqual(
      'lost b.md:3 date left out: no date that can be read',
    )
    const other = openImport({ 'blog/c.md': '---\ntitle: C\ndate: 2020-01-02\n---\nText.\n' })
    const done = await other.import(await other.folder('blog'), { category: 'NEWS' })
    expect([done.drafts, other.read('articles/en/2020/01/c.md')]).toEqual([
      0,
      expect.stringContaining('category: NEWS\n'),
    ])
  })

  it('of Jekyll has its addresses, links and pictures', async () => {
    const site = openImport({
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
    const site = openImport({
      'h/hugo.toml': 'title = "x"\n',
      'h/content/posts/one/index.md':
        '+++\ntitle = "One"\ndate = 2020-01-02\ncategories = ["News"]\naliases = ["/old/one/", "former"]\n+++\n![x](pic.png) [two]({{< ref "two.md" >}}) [two](/posts/two/#a)\n',
      'h/content/posts/one/pic.png': png,
      'h/static/img/pic.png': png,
      'h/layouts/a.html': 'x',
      'h/content/posts/two.md':
        '+++\ntitle = "Two"\ndate = 2020-01-02\ncategories = ["News"]\n+++\n![x](/img/pic.png)\n',
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
    expect(site.read('articles/en/2020/01/two.md')).toContain('![x](/media/img/pic.png)')
    expect(report.losses.filter(({ file }) => file.endsWith('/')).map(say)).toEqual([
      'lost layouts/:1 file a folder of programs or patterns, passed over',
      'changed static/:1 file no texts are read here; what a text shows from it is copied',
    ])
    expect(site.read('redirects.txt')).toContain(
      '/old/one /article/one 301\n/posts/one /article/one 301\n',
    )
    expect(report.losses.map(say)).toContainEqual(
      'lost content/posts/_index.md:1 file left behind: the page of a section, not a text',
    )
  })

  it('keeps links within a page, by the ids that headings have here', async () => {
    const site = openImport({
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
    const site = openImport({
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
