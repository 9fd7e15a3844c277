import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openImport, png, problemsOf, say } from './open-import-in-test.ts'
import { openGhostExport } from './read-ghost.ts'

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
    const site = openImport({
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
    const site = openImport({ 'g.json': text })
    await expect(openGhostExport(join(site.root, 'g.json'), 'g.json')).rejects.toThrow(sentence)
  })
})
