import { describe, expect, it } from 'vitest'
import { cleanStory } from '../intake/clean-story.ts'
import { identifyStory } from '../intake/story-identity.ts'
import { parseFeed, parseFeedDocument } from './parse-feed.ts'

const url = 'https://wire.example/news/feed.xml'
const atomNs = 'xmlns="http://www.w3.org/2005/Atom"'

const rss = (item: string, channel = '') =>
  `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:a="http://www.w3.org/2005/Atom"><channel>${channel}<item>${item}</item></channel></rss>`
const atom = (entry: string, feed = '') => `<feed ${atomNs}>${feed}<entry>${entry}</entry></feed>`
const firstOf = (text: string) => parseFeed(text, url).stories[0]

/** The first story as an article would have it; its date is the one of the document, or today's. */
function cleanedOf(text: string) {
  const document = { bytes: Buffer.from(text), contentType: 'text/xml', url }
  const config = { name: 'Wire', key: 'wire', language: 'en' as const }
  const [story] = parseFeedDocument(document, config).stories
  if (!story) throw new Error('There is no story')
  const raw = { ...story, publishedAt: story.publishedAt ?? story.updatedAt ?? '2026-11-20' }
  const cleaned = cleanStory(identifyStory(raw), {
    seenAt: '2026-11-30T00:00:00.000Z',
    section: 'A',
  })
  if (!('story' in cleaned) || !cleaned.story) throw new Error(JSON.stringify(cleaned))
  return cleaned.story
}

describe('a title is text', () => {
  it.each([
    ['The 5*3*2 rule', 'The 5*3*2 rule'],
    ['Sh*tcoins', 'Sh*tcoins'],
    ['A | B', 'A | B'],
    ['The &amp;lt;div&amp;gt; tag', 'The <div> tag'],
    ['The &lt;div&gt; tag', 'The <div> tag'],
    ['A&lt;B', 'A<B'],
    ['1 &lt; 2 &gt; 0', '1 < 2 > 0'],
    ['use __init__ now', 'use __init__ now'],
    ['# 1 pick', '# 1 pick'],
    ['1. One', '1. One'],
    ['C:\\dir \\*', 'C:\\dir \\*'],
    ['[x](y) ~a~ `b`', '[x](y) ~a~ `b`'],
    ['&lt;hello-world&gt; wallet opens', '<hello-world> wallet opens'],
    ['Kraken &lt;b&gt;lists&lt;/b&gt; a token', 'Kraken lists a token'],
    ['Kraken <b>lists</b> a token', 'Kraken lists a token'],
    ['<![CDATA[Kraken <i>lists</i> &amp; sells]]>', 'Kraken lists & sells'],
    ['AT&amp;amp;T', 'AT&T'],
    ['AT&amp;T', 'AT&T'],
    ['AT&T', 'AT&T'],
    ['Kraken&#8217;s &amp;#8220;plan&amp;#8221;', 'Kraken’s “plan”'],
    ['10&lt;sup&gt;18&lt;/sup&gt; wei', '10^18 wei'],
    ['The 1&lt;sup&gt;st&lt;/sup&gt; block', 'The 1st block'],
    ['one&lt;br/&gt;two', 'one two'],
    ['https://wire.example and www.a.example', 'https://wire.example and www.a.example'],
    ['  spaced \n out ', 'spaced out'],
  ])('%s → %s', (written, title) => {
    expect(cleanedOf(rss(`<guid>1</guid><title>${written}</title>`)).title).toBe(title)
  })

  it.each([
    ['type="text"', '&lt;b&gt; is bold', '<b> is bold'],
    ['', '5 &lt; 6', '5 < 6'],
    ['type="html"', 'Example &lt;b&gt;test', 'Example test'],
    ['type="html"', '&amp;lt;div&amp;gt; &amp;amp; co', '<div> & co'],
    [
      'type="xhtml"',
      '<div xmlns="http://www.w3.org/1999/xhtml">A <b>b</b> &lt;c&gt;</div>',
      'A b <c>',
    ],
    ['type="text/html" mode="escaped"', 'A &lt;i&gt;b&lt;/i&gt;', 'A b'],
    ['type="text/html" mode="base64"', 'QSA8Yj5iPC9iPg==', 'A b'],
  ])('of Atom with %s', (type, written, title) => {
    expect(cleanedOf(atom(`<id>1</id><title ${type}>${written}</title>`)).title).toBe(title)
  })
})

describe('a text', () => {
  it.each([
    ['10<sup>18</sup> units', '10^18 units'],
    ['10<sup><b>-8</b></sup> BTC', '10^-8 BTC'],
    ['0.0<sub>6</sub>42', '0.0₆42'],
    ['2<sup>256</sup>5', '2^(256)5'],
    ['2<sup>2<sup>3</sup></sup> and x<sub>i</sub>', '2^(2^3) and x_i'],
    ['CO<sub>2</sub> and the 1<sup>st</sup>', 'CO2 and the 1st'],
    ['said so.<sup><a href="#n">1</a></sup> Then', 'said so.1 Then'],
    ['<a href="/big.jpg"><img src="b.jpg"></a> text', 'text'],
    ['<a href="/x"> </a>text <a href="/y"><b>y</b></a>', 'text [**y**](https://wire.example/y)'],
  ])('keeps figures and has no empty links: %s', (html, text) => {
    const story = cleanedOf(
      rss(`<link>https://wire.example/a</link><description><![CDATA[${html}]]></description>`),
    )
    expect(story.text).toBe(text)
  })

  it.each<[string, string]>([
    [
      'content:encoded before description',
      rss(
        '<description>short</description><content:encoded><![CDATA[<p>The text</p>]]></content:encoded>',
      ),
    ],
    ['description', rss('<description>&lt;p&gt;The text&lt;/p&gt;</description>')],
    ['markup that is not escaped', rss('<description><p>The text</p></description>')],
    ['media:description', rss('<media:description>The text</media:description>')],
    [
      'media:group',
      rss(
        '<media:group><media:content url="a.mp4"><media:description>The text</media:description></media:content></media:group>',
      ),
    ],
    ['dcterms:abstract', rss('<dcterms:abstract>The text</dcterms:abstract>')],
    ['fullitem', rss('<fullitem>&lt;p&gt;The text&lt;/p&gt;</fullitem>')],
    ['a body in XHTML', rss('<body xmlns="http://www.w3.org/1999/xhtml"><p>The text</p></body>')],
    ['Atom content in RSS', rss('<a:content type="html">The text</a:content>')],
    ['Atom text', atom('<content>The text</content>')],
    ['Atom HTML', atom('<content type="html">&lt;p&gt;The text&lt;/p&gt;</content>')],
    [
      'Atom XHTML',
      atom(
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The text</p></div></content>',
      ),
    ],
    [
      'Atom XHTML with a prefix',
      atom(
        '<content type="xhtml"><h:div xmlns:h="http://www.w3.org/1999/xhtml"><h:p>The text</h:p></h:div></content>',
      ),
    ],
    ['Atom base64', atom('<content type="text/html" mode="base64">PHA+VGhlIHRleHQ8L3A+</content>')],
    [
      'Atom base64 by its type',
      atom('<content type="application/octet-stream">VGhlIHRl\neHQ=</content>'),
    ],
    [
      'a summary beside a picture',
      atom('<content type="image/png">iVBORw0KGgo=</content><summary>The text</summary>'),
    ],
    [
      'a summary beside a content elsewhere',
      atom('<content src="https://a.example/b"/><summary>The text</summary>'),
    ],
    [
      'Atom 0.3',
      `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><content mode="escaped" type="text/html">&lt;p&gt;The text&lt;/p&gt;</content></entry></feed>`,
    ],
    [
      'Atom 0.3 that says xml under a type of its own',
      `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><content mode="xml" type="blog/entry">The text</content></entry></feed>`,
    ],
  ])('comes from %s', (_, text) => {
    const withId = text.replace(
      /<(item|entry)>/,
      '<$1><id xmlns="http://www.w3.org/2005/Atom">1</id>',
    )
    expect(cleanedOf(withId).text).toBe('The text')
  })
})

describe('the link', () => {
  it.each<[string, string | undefined, string]>([
    [
      'is that of RSS',
      'https://wire.example/a',
      rss('<link>https://wire.example/a</link><a:link href="https://other.example/b"/>'),
    ],
    ['is relative to the document', 'https://wire.example/news/a', rss('<link>a</link>')],
    [
      'is the original one',
      'https://wire.example/a',
      rss(
        '<link>https://proxy.example/1</link><feedburner:origLink xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">https://wire.example/a</feedburner:origLink>',
      ),
    ],
    [
      'is the original one of pheedo',
      'https://wire.example/a',
      rss(
        '<link>https://proxy.example/1</link><pheedo:origLink xmlns:pheedo="http://www.pheedo.com/namespace/pheedo">https://wire.example/a</pheedo:origLink>',
      ),
    ],
    ['is a permanent id', 'https://wire.example/a', rss('<guid>https://wire.example/a</guid>')],
    [
      'is no id that is no address',
      undefined,
      rss('<guid isPermaLink="false">https://wire.example/a</guid>'),
    ],
    [
      'is rdf:about',
      'https://wire.example/a',
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><item rdf:about="https://wire.example/a"><title>t</title></item></rdf:RDF>`,
    ],
    [
      'is the alternate',
      'https://wire.example/a',
      atom(
        '<link rel="self" href="https://wire.example/self"/><link rel="alternate" href="https://wire.example/a"/>',
      ),
    ],
    [
      'is the alternate in HTML',
      'https://wire.example/a.html',
      atom('<link type="application/pdf" href="a.pdf"/><link type="text/html" href="/a.html"/>'),
    ],
    [
      'is the only alternate',
      'https://wire.example/news/a.pdf',
      atom('<link type="application/pdf" href="a.pdf"/>'),
    ],
    [
      'is no enclosure',
      'https://wire.example/post',
      atom(
        '<id>https://wire.example/post</id><link rel="enclosure" href="https://wire.example/a.mp3"/>',
      ),
    ],
    ['is no script', undefined, atom('<id>1</id><link href="javascript:alert(1)"/>')],
    [
      'follows xml:base',
      'https://base.example/blog/2026/a',
      `<feed ${atomNs} xml:base="https://base.example/blog/"><entry xml:base="2026/"><id>1</id><link href="a"/></entry></feed>`,
    ],
    [
      'follows its own xml:base',
      'https://b.example/x/a',
      atom('<id>1</id><link xml:base="https://b.example/x/" href="a"/>'),
    ],
    [
      'follows xml:base in RSS',
      'https://base.example/a',
      rss('<link xml:base="https://base.example/">a</link>'),
    ],
  ])('%s', (_, link, text) => {
    expect(firstOf(text)?.url).toBe(link)
  })

  it('in a text follows xml:base, also a nested one', () => {
    const xhtml = `<div xmlns="http://www.w3.org/1999/xhtml"><a href="b">b</a> <span xml:base="https://c.example/"><a href="c">c</a></span></div>`
    const text = `<feed ${atomNs} xml:base="https://base.example/"><entry xml:base="blog/"><id>1</id><link href="a"/><content type="xhtml">${xhtml}</content></entry></feed>`
    expect(cleanedOf(text).text).toBe('[b](https://base.example/blog/b) [c](https://c.example/c)')
    const html = `<feed ${atomNs}><entry><id>1</id><link href="/a/"/><content type="html">&lt;a href="b"&gt;b&lt;/a&gt;</content></entry></feed>`
    expect(cleanedOf(html).text).toBe('[b](https://wire.example/a/b)')
  })
})

it.each<[string, string[], string]>([
  ['an address with a name', ['Jo Doe'], rss('<author>jo@wire.example (Jo Doe)</author>')],
  [
    'dc:creator',
    ['Jo Doe', 'Al Roe'],
    rss('<dc:creator>Jo Doe</dc:creator><dc:creator>Al Roe</dc:creator>'),
  ],
  [
    'another prefix',
    ['Jo Doe'],
    rss('<d:creator xmlns:d="http://purl.org/dc/elements/1.1/">Jo Doe</d:creator>'),
  ],
  [
    'a degree',
    ['Jo Doe, CFA', 'Al Roe, Ph.D.'],
    rss('<dc:creator>Jo Doe, CFA, Al Roe, Ph.D.</dc:creator>'),
  ],
  [
    'a rank',
    ['Jo Doe Jr.', 'Al Roe, III'],
    rss('<dc:creator>Jo Doe Jr. and Al Roe, III</dc:creator>'),
  ],
  [
    'a scientific degree',
    ['Леся Гук, к.е.н.', 'Іван Дуб'],
    rss('<dc:creator>Леся Гук, к.е.н., Іван Дуб</dc:creator>'),
  ],
  ['Atom', ['Jo Doe'], atom('<author><name>Jo Doe</name><email>jo@wire.example</email></author>')],
  ['the feed', ['Jo Doe'], atom('<title>t</title>', '<author><name>Jo Doe</name></author>')],
  [
    'the feed it was taken from',
    ['Al Roe'],
    atom(
      '<source><author><name>Al Roe</name></author></source>',
      '<author><name>Jo Doe</name></author>',
    ),
  ],
  ['nobody who contributed', [], atom('<contributor><name>Al Roe</name></contributor>')],
])('takes the authors from %s', (_, authors, text) => {
  const withId = text.replace(
    /<(item|entry)>/,
    '<$1><id xmlns="http://www.w3.org/2005/Atom">1</id>',
  )
  const titled = withId.replace(/(<\/item>|<\/entry>)/, '<title>t</title>$1')
  expect(cleanedOf(titled).authors).toEqual(authors)
})

it.each<[string, string]>([
  ['pubDate', rss('<pubDate>Fri, 20 Nov 2026 09:00:00 GMT</pubDate>')],
  ['dc:date', rss('<dc:date>2026-11-20T09:00Z</dc:date>')],
  ['dcterms:issued', rss('<dcterms:issued>2026-11-20T09:00Z</dcterms:issued>')],
  ['dcterms:created', rss('<dcterms:created>2026-11-20T09:00Z</dcterms:created>')],
  ['the date that can be read', rss('<pubDate>soon</pubDate><dc:date>2026-11-20T09:00Z</dc:date>')],
  ['dcterms:modified at last', rss('<dcterms:modified>2026-11-20T09:00Z</dcterms:modified>')],
  ['a:published in RSS', rss('<a:published>2026-11-20T09:00Z</a:published>')],
  [
    'published before updated',
    atom('<updated>2026-11-21T09:00Z</updated><published>2026-11-20T09:00Z</published>'),
  ],
  ['updated', atom('<updated>2026-11-20T09:00Z</updated>')],
  [
    'issued of Atom 0.3',
    `<feed xmlns="http://purl.org/atom/ns#"><entry><issued>2026-11-20T09:00Z</issued><created>2026-11-19</created></entry></feed>`,
  ],
  [
    'created of Atom 0.3',
    `<feed xmlns="http://purl.org/atom/ns#"><entry><created>2026-11-20T09:00Z</created></entry></feed>`,
  ],
  [
    'modified of Atom 0.3',
    `<feed xmlns="http://purl.org/atom/ns#"><entry><modified>2026-11-20T09:00Z</modified></entry></feed>`,
  ],
])('takes the date from %s', (_, text) => {
  const withId = text.replace(
    /<(item|entry)>/,
    `<$1><title>t</title><id xmlns="http://www.w3.org/2005/Atom">1</id>`,
  )
  expect(cleanedOf(withId).publishedAt).toBe('2026-11-20T09:00:00.000Z')
})

it('reads the Channel Definition Format', () => {
  const text = `<CHANNEL HREF="https://wire.example/"><ITEM HREF="https://wire.example/a" LASTMOD="2026-11-20T09:00Z"><TITLE>T</TITLE><ABSTRACT>The text</ABSTRACT></ITEM></CHANNEL>`
  expect(cleanedOf(text)).toMatchObject({
    url: 'https://wire.example/a',
    title: 'T',
    text: 'The text',
    publishedAt: '2026-11-20T09:00:00.000Z',
  })
})

it('takes categories, subjects and terms once', () => {
  const item = rss('<category>A</category><dc:subject>B</dc:subject><category>A</category>')
  expect(firstOf(item)?.categories).toEqual(['A', 'B'])
  const entry = atom('<category term="a" label="A"/><category term="b"/>')
  expect(firstOf(entry)?.categories).toEqual(['A', 'b'])
})

describe('a document', () => {
  const item = '<item><guid>1</guid><title>T</title></item>'
  it.each<[string, string]>([
    [
      'RSS 0.91 with its DTD',
      `<?xml version="1.0"?><!DOCTYPE rss SYSTEM "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel>${item}</channel></rss>`,
    ],
    [
      'RSS 0.90',
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel/>${item}</rdf:RDF>`,
    ],
    [
      'RSS 1.0 with a prefix',
      `<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:s="http://purl.org/rss/1.0/"><s:item r:about="1"><s:title>T</s:title></s:item></r:RDF>`,
    ],
    ['RSS in upper case', rss('').replace('<item></item>', item).toUpperCase()],
    [
      'RSS in a namespace of its own',
      `<rss xmlns="http://backend.userland.com/rss2"><channel>${item}</channel></rss>`,
    ],
    [
      'RSS in an unknown namespace',
      `<rss xmlns="http://who.example/ns"><channel>${item}</channel></rss>`,
    ],
    [
      'Atom with a prefix',
      '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:id>1</a:id><a:title>T</a:title></a:entry></a:feed>',
    ],
    ['Atom without a namespace', '<feed><entry><id>1</id><title>T</title></entry></feed>'],
    ['one Atom entry', `<entry ${atomNs}><id>1</id><title>T</title></entry>`],
    ['after a mark and white space', `\uFEFF\n  ${rss('<guid>1</guid><title>T</title>')}`],
    ['with control characters', rss('<guid>1</guid><title>\u0001T\u001F&#x1;</title>')],
    [
      'with ampersands',
      rss('<guid>1</guid><link>https://wire.example/?a=1&b=2</link><title>T</title>'),
    ],
    [
      'with angle brackets',
      rss('<guid>1</guid><title>T</title><description>1 <2 and x < y</description>'),
    ],
    [
      'stories without an end',
      '<rss><channel><item><guid>1</guid><title>T</title><item><guid>2</guid><title>U</title></channel></rss>',
    ],
    [
      'a foreign title first',
      rss('<x:title xmlns:x="urn:x">No</x:title><guid>1</guid><title>T</title>'),
    ],
    [
      'entities of its own',
      `<!DOCTYPE rss [<!ENTITY t "T"><!ENTITY u '&t;'>]>${rss('<guid>1</guid><title>&u;</title>')}`,
    ],
    [
      'JSON Feed 1',
      '{"version":"https://jsonfeed.org/version/1","items":[{"id":1,"title":"T","author":{"name":"Jo"}}]}',
    ],
    [
      'JSON Feed 1.1',
      '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","title":"T","authors":[{"name":"Jo"}]}]}',
    ],
  ])('is read: %s', (_, text) => {
    const { stories } = parseFeed(text, url)
    expect(stories[0]).toMatchObject({ id: '1', title: expect.stringMatching(/^T$/i) })
  })

  it('that is cut off gives its whole stories and says so', () => {
    const { stories, notes } = parseFeed(
      `<rss><channel>${item}<item><guid>2</guid><title>Half`,
      url,
    )
    expect(stories).toHaveLength(1)
    expect(notes).toEqual([expect.stringMatching(/broken XML; 1 stories.*cut off and left out/)])
  })

  it.each([
    ['<!doctype html><html><body>Hello</body></html>', /web page/],
    ['<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"></html>', /web page/],
    ['<opml></opml>', /no feed/],
    ['<rss><channel><it', /beyond mending/],
    ['{"items":[]}', /no JSON Feed/],
    ['hello', /no feed/],
  ])('that is none is refused: %s', (text, why) => {
    expect(() => parseFeed(text, url)).toThrow(why)
  })

  it('cannot grow without end, and no file is read for it', () => {
    const names = [...'abcdefghij']
    const bomb = names.map((name, at) => {
      const before = names[at - 1]
      return `<!ENTITY ${name} "${before ? `&${before};`.repeat(10) : 'x'.repeat(100)}">`
    })
    const text = `<!DOCTYPE rss [${bomb.join('')}]>${rss('<guid>1</guid><title>&j;</title>')}`
    expect(() => parseFeed(text, url)).toThrow(/grow beyond/)
    const loop = `<!DOCTYPE rss [<!ENTITY a "&b;"><!ENTITY b "&a;">]>${rss('<title>&a;</title>')}`
    expect(() => parseFeed(loop, url)).toThrow(/grow beyond/)
    const file = `<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]>${rss('<guid>1</guid><title>&f;</title>')}`
    const { stories, notes } = parseFeed(file, url)
    expect(stories[0]?.title).toBe('&f;')
    expect(notes).toEqual([expect.stringMatching(/not fetched/)])
  })

  it.each(['constructor', '__proto__', 'toString'])('may call anything %s', (name) => {
    const text = rss(
      `<guid ${name}="x">1</guid><title>T</title><${name}>x</${name}><x:${name} xmlns:x="${name}"/>`,
    )
    expect(firstOf(text)).toMatchObject({ id: '1', title: 'T' })
  })
})
