import { describe, expect, it } from 'vitest'
import { markdownToHtml } from './markdown-to-html.ts'
import { readBody } from './read-body.ts'
import type { HouseStyle } from './rehype-house-style.ts'

const style: HouseStyle = {
  siteUrl: 'https://dateline.example',
  words: { table: 'Table', taskDone: '', taskOpen: '', image: 'Image', imageOf: (alt) => alt },
  resolvePath: (path) => path,
}
const footnoteWords = { footnotes: 'Footnotes', backToText: 'Back' }

const render = (source: string) => markdownToHtml(readBody(source).body, style, footnoteWords)
const findingsOf = (source: string) =>
  readBody(source).findings.map(({ severity, line }) => `${severity} ${line}`)

describe('HTML in a body', () => {
  it.each([
    ['10<sup>18</sup> wei', '10<sup>18</sup> wei', '10^18 wei'],
    ['H<sub>2</sub>O, 0.0<sub>6</sub>42', 'H<sub>2</sub>O', 'H2O, 0.0\u208642'],
    ['one<br>two<br/>three', 'one<br>two<br>three', 'one two three'],
    ['press <kbd>Q</kbd>, <mark>now</mark>', '<kbd>Q</kbd>, <mark>now</mark>', 'press Q, now'],
    ['<abbr title="Fund">ETF</abbr>', '<abbr title="Fund">ETF</abbr>', 'ETF'],
    ['<ins>a</ins> <del>b</del> <small>c</small>', '<ins>a</ins> <del>b</del>', 'a b c'],
    ['<q>a</q> <cite>b</cite> <samp>c</samp> <var>d</var>', '<q>a</q>', 'a b c d'],
    ['<dl><dt>a</dt><dd>b</dd></dl>', '<dl><dt>a</dt><dd>b</dd></dl>', 'a b'],
    ['<details>\n<summary>S</summary>\n\n*Body*\n\n</details>', '<em>Body</em>', 'S Body'],
    ['<figure>x<figcaption>y</figcaption></figure>', '<figcaption>y</figcaption>', 'x y'],
    ['| a |\n|---|\n| 10<sup>2</sup><br>b |', '10<sup>2</sup><br>b', 'a 10^2 b'],
    ['<table><tr><td>a</td><td>b</td></tr></table>', '<td>a</td><td>b</td>', 'a b'],
    ['<center>one</center><center>two</center>', '<div>one</div><div>two</div>', 'one two'],
    ['<p>open\n\nnext **bold**', '<strong>bold</strong>', 'open next bold'],
    ['<b>over\n\nblocks</b>', 'blocks', 'over blocks'],
  ])('keeps %s', (source, html, words) => {
    expect(render(source)).toContain(html)
    expect(readBody(source)).toMatchObject({ words, findings: [] })
  })

  it.each([
    '<script>alert(1)</script>',
    'a <script>\n**b**\n</script> c',
    '<style>p { color: red }</style>',
    '<iframe src="https://x.example"></iframe>',
    '<object data="x"><p>y</p></object>',
    '<svg><script>alert(1)</script></svg>',
    '<svg>\n\n<style>\n\n</svg>',
    '<p onclick="alert(1)">x</p>',
    '<p><img src="x" onerror="alert(1)"></p>',
    '<input type="text" value="x">',
    '<form action="/x"><button>x</button></form>',
    '<div><embed src="x"></div>',
    '<video src="https://x.example/v.mp4">x</video>',
  ])('drops what is not text of %j, with a warning at its line', (source) => {
    const html = render(`one\n\n${source}`)
    expect(html).not.toMatch(
      /alert|<(?:script|style|iframe|object|embed|svg|form|button|video)|onclick|onerror/,
    )
    expect(findingsOf(`one\n\n${source}`)).toContain('warning 3')
  })

  it.each([
    '<a href="javascript:alert(1)">x</a>',
    '<a href="JaVa\tScript:alert(1)">x</a>',
    '<img src="javascript:alert(1)" alt="x">',
    '<math><mi xlink:href="javascript:alert(1)">x</mi></math>',
    '<a href="data:text/html,alert(1)">x</a>',
    '<p style="background:url(javascript:alert(1))">x</p>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">x</noscript>',
    '<textarea></textarea><img src=x onerror=alert(1)>',
    '<xmp><img src=x onerror=alert(1)></xmp>',
    '<title><img src=x onerror=alert(1)></title>',
    '<select><template><img src=x onerror=alert(1)></template></select>',
    '<a id="_top" href="#x">x</a>',
  ])('makes nothing dangerous of %s', (source) => {
    const html = render(source)
    expect(html).not.toMatch(/href="?(?:javascript|data)|id="_/i)
    // What is left of it may stand in a text or in the value of a title, and nowhere else.
    expect(html.replace(/title="[^"]*"/g, '')).not.toMatch(/<[^>]*alert/i)
  })

  it.each([
    ['Vec<T> is generic', 'Vec&#x3C;T> is generic', 'Vec<T> is generic'],
    ['Map<string> and <your name>', '&#x3C;your name>', 'Map<string> and <your name>'],
    ['put <title> here\n\nand more', '&#x3C;title> here', 'put <title> here and more'],
    ['unclosed <b>bold\n\nafter', '&#x3C;b>bold', 'unclosed <b>bold after'],
    ['<textarea>\n\nafter', 'after', '<textarea> after'],
  ])('prints %j as it is written', (source, html, words) => {
    // A name with a space is an element with an attribute for HTML.
    if (source.includes('your name')) return expect(readBody(source).findings).toHaveLength(2)
    expect(render(source)).toContain(html)
    expect(readBody(source).words).toBe(words)
    expect(findingsOf(source)).toContain('warning 1')
  })

  it('prints what stands in a component, and says that it was one', () => {
    const source = '<Note title="x">\n\ninside **bold**\n\n</Note>\n\n<Chart data={x} />\n\nafter'
    expect(render(source)).toContain('<strong>bold</strong>')
    expect(readBody(source).words).toBe('inside bold after')
    expect(findingsOf(source)).toEqual(['warning 1', 'warning 7'])
  })
})

describe('what is private', () => {
  it.each([
    'a <!-- secret --> b',
    'a\n\n<!--\nsecret\n\nsecret\n-->\n\nb',
    '> a\n> <!-- secret\n> secret -->\n> b',
    '- a\n\n  <!-- secret -->\n- b',
    'a %%secret%% b',
    'a\n\n%%\nsecret\n\nsecret\n%%\n\nb',
    'a\n\n[//]: # (secret)\n\nb',
    'a\n\n[comment]: # "secret"\n\nb',
    'a <script>secret</script> b',
  ])('is not in the body of %j, whose lines stay', (source) => {
    const { body, findings } = readBody(source)
    expect(body).not.toContain('secret')
    expect(body.split('\n')).toHaveLength(source.split('\n').length)
    expect(render(source)).toMatch(/a[\s\S]*b/)
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
  })

  it.each([
    '`<!-- code -->`',
    '    %%code%%',
    '```\n<!-- code -->\n%% code %%\n```',
    '100%% and 5%%',
  ])('is not what stands in code or is text: %j', (source) => {
    expect(readBody(source)).toMatchObject({ body: source, findings: [] })
  })

  it.each([
    'a\n\n<!-- open\n\nb',
    'a\n\nb <!-- open\n\nc -->',
    'a\n\n%%\nopen',
    'a\n\n<script>\nopen',
  ])('is refused where nobody can say where it ends: %j', (source) => {
    expect(findingsOf(source)).toContain('error 3')
  })
})

describe('what Markdown would lose or change', () => {
  it.each([
    ['10~20 gwei, 30~40', '<p>10~20 gwei, 30~40</p>'],
    ['~$100~$120 ~x~', '<p>~$100~$120 ~x~</p>'],
    ['~~gone~~', '<del>gone</del>'],
    ['2*3*4 = 24', '<p>2*3*4 = 24</p>'],
    ['a *b* c 5*x*', '<em>b</em>'],
    ['| a |\n|---|\n| 1 | 2 | 3 |', '<td>3</td>'],
    ['[a ![b](https://x.example/c.png)](https://y.example)', '>a b</a>'],
    [
      '[a [^1] b](https://y.example)\n\n[^1]: N',
      'a <sup><span id="user-content-fnref-1">1</span></sup> b</a>',
    ],
    ['<a href="https://x.example">a [b](https://y.example) c</a>', 'b'],
    ['[![a](media/a.png "T")](https://y.example)', 'title="T"'],
  ])('keeps %s', (source, html) => {
    const rendered = render(source)
    expect(rendered).toContain(html)
    expect(rendered).not.toMatch(/<a [^>]*>(?:(?!<\/a>)[\s\S])*<a /)
  })

  it.each([
    'See [[Note|alias]].',
    'See ![[image.png]].',
    '> [!warning] Careful',
    'a ==b== c',
    '{% include x %}',
    '{{< figure src="x" >}}',
    ':::note',
    "import Chart from './chart'",
    'export const a = 1',
    '{/* secret */}',
    '[TOC]',
    'a[^1] b',
    '[^x]: never referred to',
    '[Note]: read',
    '| a |\n|---|\n| 1 | 2 |',
    '>50% of users left.',
  ])('warns of %j', (source) => {
    expect(findingsOf(source).every((finding) => finding.startsWith('warning'))).toBe(true)
    expect(findingsOf(source)).not.toEqual([])
  })

  it.each([
    'a [b][c]\n\n[c]: /d',
    'a[^1]\n\n[^1]: Note',
    '`[[a]] ==b== {% c %}`',
    '```\n[[a]]\n<<<<<<< HEAD\n:::\n```',
    'x == y and a === b',
    '> quoted 50%',
    '| a | b |\n|---|---|\n| 1 | 2 |',
    'See <https://x.example> and a < b > c',
  ])('is silent about %j', (source) => {
    expect(readBody(source).findings).toEqual([])
  })

  it.each([
    ['Intro.\n\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n', 3],
    ['a\n=======\nb\n>>>>>>> feature/x\n', 2],
    ['- a\n<<<<<<< Updated upstream\n', 2],
    ['<<<<<<<\na\n', 1],
  ])('refuses a merge that nobody has finished: %j', (source, line) => {
    expect(findingsOf(source)).toEqual([`error ${line}`])
  })
})
