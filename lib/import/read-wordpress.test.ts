import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ImportOptions } from './import-content.ts'
import { openImport, png, problemsOf, say } from './open-import-in-test.ts'
import { openWordPressExport } from './read-wordpress.ts'

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
        '<a href="http://www.old.example/?p=2">two</a> <a href="/2020/01/02/two#x">two</a>\n\n<img src="https://i2.wp.com/old.example/wp-content/uploads/2020/01/a-300x200.png?resize=300%2C200&ssl=1">',
      ),
      item(
        '<link>https://old.example/2020/01/02/two/</link><wp:post_id>2</wp:post_id><wp:post_name>two</wp:post_name>',
      ),
    ),
    'uploads/2020/01/a.png': png,
  }

  it('becomes articles, authors, pictures and redirects, and each loss is named with its line', async () => {
    const site = openImport(files)
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
    const site = openImport(files)
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
    const site = openImport({ 'a.xml': wxr(one) })
    await site.import(await openWordPressExport(join(site.root, 'a.xml'), 'a.xml'))
    expect(site.read('articles/en/2020/01/one.md')).toContain(
      `draft: true\ndraftReason: ${reason}\n`,
    )
  })

  it('leaves behind what is in the trash and what is neither a post nor a page, and names it', async () => {
    const site = openImport({
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
    const site = openImport({
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
    const site = openImport({ 'a.xml': whole.slice(0, whole.lastIndexOf('Text.')) })
    const report = await site.import(await openWordPressExport(join(site.root, 'a.xml'), 'a.xml'))
    expect(report.leftOut.map(say)).toEqual([
      'refused a.xml:6 item left out: the file ends within it',
    ])
    expect(report.written).toContain('articles/en/2020/01/one.md')
  })

  it('names two posts of one slug, and slugs that we cannot have', async () => {
    const site = openImport({
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
    const site = openImport({ [name]: text })
    await expect(openWordPressExport(join(site.root, name), name)).rejects.toThrow(sentence)
  })
})
