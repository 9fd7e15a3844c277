import { describe, expect, it } from 'vitest'
import { convertBody, listReferences, replaceReferences } from './convert-body.ts'
import { lexicalToHtml } from './ghost-documents.ts'
import type { ImportedBody } from './imported-post.ts'

function convert(text: string, more: Partial<ImportedBody> = {}) {
  const { markdown, losses } = convertBody({
    format: 'html',
    flavour: 'wordpress',
    text,
    line: 10,
    ...more,
  })
  return {
    markdown: markdown.trim(),
    losses: losses.map(
      ({ severity, line, found, outcome }) => `${severity} ${line} ${found} ${outcome}`,
    ),
  }
}

const fromMarkdown = (text: string, flavour: ImportedBody['flavour'] = 'markdown') =>
  convert(text, { format: 'markdown', flavour })

describe('the HTML of WordPress', () => {
  it.each([
    ['paragraphs by blank lines', 'One\ntwo\n\nThree', 'One\\\ntwo\n\nThree'],
    ['inline marks over lines', 'A <b>b</b>\n\n<i>c</i> d', 'A **b**\n\n_c_ d'],
    ['lists beside text', 'A\n<ul>\n<li>b</li>\n</ul>\nC', 'A\n\n- b\n\nC'],
    ['code as it is', '<pre>a [i]\n\n  b &lt;</pre>', '```\na [i]\n\n  b <\n```'],
    ['blocks', '<!-- wp:paragraph -->\n<p>A</p>\n<!-- /wp:paragraph -->', 'A'],
    ['tables', '<table><tr><th>a</th></tr><tr><td>1</td></tr></table>', '| a |\n| - |\n| 1 |'],
    [
      'a caption of the old form',
      '[caption caption="Words"]<img src="/a.png" alt="x">[/caption]',
      '![x](/a.png)\n\n_Words_',
    ],
    [
      'a caption of the new form',
      '[caption id="a"]<a href="/b"><img src="/a.png"></a> The <em>words</em>[/caption]',
      '[![](/a.png)](/b)\n\n_The words_',
    ],
    [
      'a figure',
      '<!-- wp:image --><figure><img src="/a.png" alt="x"/><figcaption>W</figcaption></figure>',
      '![x](/a.png)\n\n_W_',
    ],
    ['source code', '[sourcecode language="js"]a < b[/sourcecode]', '```js\na < b\n```'],
    [
      'code of another language, with its tags',
      '[php]\n<?php echo "<p>";\n[b]\n[/php]',
      '```php\n<?php echo "<p>";\n[b]\n```',
    ],
    [
      'shortcodes in code',
      '<pre>[gallery ids="1"] [[x]]</pre><code>[foo a="1"]</code>',
      '```\n[gallery ids="1"] [x]\n```\n\n`[foo a="1"]`',
    ],
    [
      'lists in the cell of a table on one line',
      '<table><tr><th>a</th></tr><tr><td><ul><li>x</li><li>y</li></ul></td></tr></table>',
      '| a   |\n| --- |\n| x y |',
    ],
    ['words in brackets', 'He [sic] and [1] and [a]', 'He \\[sic] and \\[1] and \\[a]'],
    ['escaped shortcodes', 'Write [[gallery]]', 'Write \\[gallery]'],
    ['a picture that loads late', '<img src="data:," data-src="/a.png" alt="x">', '![x](/a.png)'],
    ['a card in a link', '<a href="/b"><div>Title</div><div>Text</div></a>', '[Title Text](/b)'],
    ['entities', 'a &amp; b &lt;c&gt; &nbsp;d', 'a & b \\<c>  d'],
  ])('keeps %s, and reports nothing', (_name, html, markdown) => {
    const converted = convert(html)
    expect(converted.losses).toEqual([])
    expect(converted.markdown).toBe(markdown)
  })

  it.each([
    ['<p>a</p>\n\n[contact-form-7 id="1"]', 'a', 'lost 12 "[contact-form-7 id="1"]"'],
    ['[box color="red"]In it[/box]', 'In it', 'lost 10 "[box color="red"]"'],
    ['x\n\n<script>alert(1)</script>', 'x', 'lost 12 "<script> alert(1)"'],
    ['<form>Words <input name="a"></form>', 'Words', 'lost 10 "<input>"'],
    ['a <!-- a note --> b', 'a b', 'lost 10 "<!-- a note -->"'],
    ['<!-- wp:latest-posts {"n":5} /-->', '', 'lost 10 "block latest-posts {"n":5}"'],
    ['<svg><text>Words</text></svg>x', 'x', 'lost 10 "<svg> Words"'],
    ['[gallery ids="9"]', '', 'lost 10 "file 9 of [gallery ids="9"]"'],
    ['<p>a</p><!--nextpage--><p>b</p>', 'a\n\nb', 'changed 10 "<!--nextpage-->"'],
    [
      '<iframe src="https://video.example/1"></iframe>',
      '<https://video.example/1>',
      'changed 10 "<iframe src="https://video.example/1">"',
    ],
    [
      '[video mp4="https://v.example/a.mp4"][/video]',
      '<https://v.example/a.mp4>',
      'changed 10 "[video mp4="https://v.example/a.mp4"]"',
    ],
    [
      '[embed width="9"]https://video.example/1[/embed]',
      '<https://video.example/1>',
      'changed 10 "https://video.example/1" became a link',
    ],
    [
      'a\n\nhttps://video.example/1\n\nb',
      'a\n\n<https://video.example/1>\n\nb',
      'changed 12 "https://video.example/1" became a link',
    ],
    [
      '[audio https://a.example/1.mp3]',
      '<https://a.example/1.mp3>',
      'changed 10 "[audio https://a.example/1.mp3]" became a link',
    ],
    [
      '[youtube=https://video.example/1&w=320]',
      '<https://video.example/1&w=320>',
      'changed 10 "[youtube=https://video.example/1&w=320]" became a link',
    ],
    ['[vimeo 123]', '<https://vimeo.com/123>', 'changed 10 "[vimeo 123]" became a link'],
    [
      '[button link="https://b.example/"]Read the *report*[/button]',
      '[Read the \\*report\\*](https://b.example/)',
      'changed 10 "[button link="https://b.example/"]" became a link',
    ],
    ['The [year] plan', 'The \\[year] plan', 'changed 10 "[year]" stays as it is written'],
    [
      '[code]\na\n\nb\n[/code]\n[box-of-mine]',
      '```\na\n\nb\n```',
      'lost 15 "[box-of-mine]" left out',
    ],
    [
      '<div style="background-image:url(https://a.example/c.png)"><p>Words</p></div>',
      '![](https://a.example/c.png)\n\nWords',
      'changed 10 "https://a.example/c.png" a picture behind a text',
    ],
  ])('%j is named', (html, markdown, loss) => {
    const converted = convert(html)
    expect(converted.markdown.replace(/ {2,}/g, ' ')).toBe(markdown)
    expect(converted.losses).toEqual([expect.stringContaining(loss)])
  })

  it('takes the pictures of a gallery', () => {
    const attachments = {
      7: { url: '/a.png', alt: 'A "quoted" one' },
      8: { url: '/b.png', alt: '' },
    }
    expect(convert('[gallery ids="8,7"]', { attachments })).toEqual({
      markdown: '![](/b.png)\n\n![A "quoted" one](/a.png)',
      losses: [],
    })
  })

  it('takes the footnotes of the block editor, and names a mark whose note is not there', () => {
    const html =
      '<!-- wp:paragraph --><p>One<sup data-fn="b" class="fn"><a href="#b">1</a></sup> two<sup data-fn="a"><a href="#a">2</a></sup>.</p><!-- /wp:paragraph --><!-- wp:footnotes /-->'
    expect(convert(html, { footnotes: { a: 'The <em>second</em>', b: 'The first' } })).toEqual({
      markdown: 'One[^1] two[^2].\n\n[^1]: The first\n\n[^2]: The _second_',
      losses: [],
    })
    expect(convert(html).losses).toEqual([expect.stringContaining('block footnotes')])
  })

  it('names what is cut because it is nested too deeply, and keeps its words', () => {
    const { markdown, losses } = convert(`${'<div><b>'.repeat(300)}word`)
    expect(markdown).toBe('word')
    expect(losses).toEqual([expect.stringContaining('nested too deeply')])
  })

  it('names a tag that never ends, with what stands behind it', () => {
    const { losses } = convert('<p>a</p><p title="b')
    expect(losses).toEqual([expect.stringContaining('never ends')])
  })
})

describe('the cards of Ghost', () => {
  it.each<[Record<string, unknown>, string]>([
    [
      {
        type: 'image',
        src: '/a.png',
        alt: 'A',
        title: 'T',
        href: 'https://b.example/',
        caption: 'C',
      },
      '[![A](/a.png "T")](https://b.example/)\n\n_C_',
    ],
    [
      { type: 'file', src: '/f.pdf', fileTitle: 'F', fileCaption: 'The <file>' },
      '[F](/f.pdf)\n\n_The \\<file>_',
    ],
    [
      {
        type: 'bookmark',
        url: 'https://b.example/',
        metadata: { title: 'B', description: 'About', author: 'Olena', publisher: 'Wire' },
      },
      '[B](https://b.example/)\n\nAbout\n\nOlena · Wire',
    ],
    [{ type: 'embed', url: 'https://v.example/1', caption: 'C' }, '<https://v.example/1>\n\n_C_'],
    [
      {
        type: 'header',
        header: 'H',
        buttonText: 'No',
        buttonUrl: '/n',
        buttonEnabled: false,
        backgroundImageSrc: '/b.png',
      },
      '![](/b.png)\n\n## H',
    ],
    [
      {
        type: 'product',
        productTitle: 'P',
        productDescription: '<p>D</p>',
        productRatingEnabled: true,
        productStarRating: 4,
      },
      '#### P\n\n★★★★\n\nD',
    ],
    [
      {
        type: 'call-to-action',
        sponsorLabel: '<p>S</p>',
        textValue: '<p>Words</p>',
        buttonText: 'Go',
        buttonUrl: '/g',
      },
      'S\n\nWords\n\n[Go](/g)',
    ],
    [
      {
        type: 'list',
        listType: 'number',
        start: 3,
        children: [{ type: 'listitem', children: [{ type: 'text', text: 'c' }] }],
      },
      '3. c',
    ],
  ])('keep all their words: %j', (card, markdown) => {
    const reported: string[] = []
    const html = lexicalToHtml(JSON.stringify({ root: { children: [card] } }), (found) => {
      reported.push(found)
    })
    expect(convert(html, { flavour: 'ghost' }).markdown).toBe(markdown)
    expect(reported).toEqual([])
  })

  it('come without the buttons and times of their players, and a form is named', () => {
    const { markdown, losses } = convert(
      '<div class="kg-card kg-audio-card"><div class="kg-audio-player-container"><audio src="__GHOST_URL__/a.mp3"></audio><div class="kg-audio-title">Title</div><div class="kg-audio-player"><button><svg/></button><span>0:00</span></div></div></div><div class="kg-card kg-signup-card"><h2>Sign up</h2></div>',
      { flavour: 'ghost' },
    )
    expect(markdown).toBe('[/a.mp3](__GHOST_URL__/a.mp3)\n\nTitle')
    expect(losses).toEqual([
      'changed 10 "<audio src="__GHOST_URL__/a.mp3">" became a link',
      'lost 10 "Sign up" left out: a form to sign up with',
    ])
  })
})

describe('what tools add to Markdown', () => {
  it.each([
    ['{{< figure src="/a.png" alt="x" caption="C" >}}', '![x](/a.png)\n\n*C*'],
    ['{{< highlight go "linenos=1" >}}\na\n{{< /highlight >}}', '```go\na\n```'],
    ['{% highlight ruby %}\na ```\n{% endhighlight %}', '````ruby\na ```\n````'],
    ['![x]({{ "/a.png" | relative_url }})', '![x](/a.png)'],
    ['![x]({{ site.baseurl }}/a.png)', '![x](/a.png)'],
    ['{% raw %}{{ a }}{% endraw %}', '{{ a }}'],
    [
      '`{{< ref "a" >}}` and\n\n    {% include x %}',
      '`{{< ref "a" >}}` and\n\n    {% include x %}',
    ],
    ['![[pic.png|300]] ![[pic.png|Words]]', '![](ref:pic.png) ![Words](ref:pic.png)'],
    ['[[A note#Part|words]]', '[words](ref:A%20note)'],
    ['<div>HTML stays</div>', '<div>HTML stays</div>'],
    ['Line  \nends and\ttabs  ', 'Line  \nends and\ttabs'],
  ])('%j is kept', (text, markdown) => {
    expect(fromMarkdown(text)).toEqual({ markdown, losses: [] })
  })

  it.each([
    ['a\n\n{{< youtube abc123 >}}', 'changed 12 "{{< youtube abc123 >}}" became a link'],
    ['{{% notice %}}In it{{% /notice %}}', 'lost 10 "{{% notice %}}" shortcode left out'],
    ['a\nb\n{% include x.html %}', 'lost 12 "{% include x.html %}" Liquid left out'],
    ['%%secret%%', 'lost 10 "%%secret%%" a private comment'],
    [':::tip Title\ntext\n:::', 'changed 10 ":::tip Title" a box became'],
    ['a\n\n<!-- truncate -->\nb', 'changed 12 "<!-- truncate -->"'],
    ['![[Note]]', 'changed 10 "![[Note]]"'],
  ])('%j is named', (text, loss) => {
    expect(fromMarkdown(text).losses).toEqual([expect.stringContaining(loss)])
  })

  it('touches braces, colons and attributes only where the tool has them', () => {
    const text = 'a {: .right} b\n\nimport x from "y"\n\n<Tip>b</Tip>'
    expect(fromMarkdown(text)).toEqual({ markdown: text, losses: [] })
    expect(fromMarkdown('a {: .right}', 'jekyll').markdown).toBe('a')
    const mdx = fromMarkdown('import x from "y"\n\n<Tip size={1}>b</Tip>', 'mdx')
    expect(mdx.markdown).toBe('b')
    expect(mdx.losses).toHaveLength(2)
  })
})

describe('addresses', () => {
  it.each([
    ['[a](/x)', '[a](/NEW)'],
    ['[a](</x y> "t")', '[a](</NEW> "t")'],
    ["[a [b] c](/x(1) 't')", "[a [b] c](/NEW 't')"],
    ['![a [b](c)](/x "t")', '![a [b](c)](/NEW "t")'],
    ['[![a](/x)](/y)', '[![a](/NEW)](/NEW)'],
    ['[a][b]\n\n[b]: /x "t"', '[a][b]\n\n[b]: /NEW "t"'],
    ['[b]: </x>\n\n[b]', '[b]: </NEW>\n\n[b]'],
    ['<img alt="a" src="/x?a=1&amp;b">', '<img alt="a" src="/NEW">'],
    ["<a title='b' href='/x'>c</a>", "<a title='b' href='/NEW'>c</a>"],
    ['`[a](/x)` and\n\n    [b](/x)', '`[a](/x)` and\n\n    [b](/x)'],
    ['https://auto.example/ <https://b.example/>', 'https://auto.example/ <https://b.example/>'],
  ])('in %j are found and replaced, and nothing else changes', (markdown, expected) => {
    const references = listReferences(markdown)
    const addresses = references.map(() => '/NEW')
    expect(replaceReferences(markdown, references, addresses)).toBe(expected)
    const same = references.map(() => undefined)
    expect(replaceReferences(markdown, references, same)).toBe(markdown)
  })

  it('unlinks: only the words stay, with what is in them', () => {
    const markdown = 'a [b *c* ![d](e)](ref:f) g'
    const references = listReferences(markdown)
    const addresses = references.map(({ kind }) => (kind === 'link' ? 'unlink' : '/h'))
    expect(replaceReferences(markdown, references, addresses)).toBe('a b *c* ![d](/h) g')
  })

  it('are written so that they end where they should', () => {
    const references = listReferences('[a](b)')
    expect(replaceReferences('[a](b)', references, ['/c (d)'])).toBe('[a](/c%20%28d%29)')
  })
})
