import { expect, it } from 'vitest'
import { markQuotes } from './mark-quotes.ts'

const marked = (markup: string, ...quotes: string[]) =>
  markQuotes(
    markup,
    quotes.map((text, at) => ({ text, number: at + 1 })),
    (number) => `Doubt ${number}.`,
  )
    .replace(/<mark title="[^"]*">/g, '⟦')
    .replaceAll('</mark>', '⟧')
    .replace(/<sup class="doubt">(.*?)<\/sup>/g, '$1')

it.each([
  ['a word', '<p>It cost $450 million.</p>', ['$450 million'], '<p>It cost ⟦$450 million⟧[1].</p>'],
  ['all its places', '<p>May.</p><p>May</p>', ['May'], '<p>⟦May⟧[1].</p><p>⟦May⟧[1]</p>'],
  ['whole words', '<p>Maybe in May</p>', ['May'], '<p>Maybe in ⟦May⟧[1]</p>'],
  [
    'whole numbers',
    '<p>215% 1.15% 15%, 15,000 15.5 and 15.</p>',
    ['15%', '15'],
    '<p>215% 1.15% ⟦15⟧[2]⟦%⟧[1], 15,000 15.5 and ⟦15⟧[2].</p>',
  ],
  [
    'a text across elements of a line',
    '<p>We are <strong>thrilled</strong> <a href="/x">now</a></p>',
    ['are thrilled now'],
    '<p>We ⟦are ⟧<strong>⟦thrilled⟧</strong>⟦ ⟧<a href="/x">⟦now⟧[1]</a></p>',
  ],
  ['no text across paragraphs', '<p>We</p><p>are</p>', ['We are'], '<p>We</p><p>are</p>'],
  [
    'no address and no title',
    '<a href="/May" title="a > May">in May</a>',
    ['May'],
    '<a href="/May" title="a > May">in ⟦May⟧[1]</a>',
  ],
  [
    'what is typeset',
    '<p>«10\u00A0млн» — it’s</p>',
    ["“10 млн” - it's"],
    '<p>⟦«10\u00A0млн» — it’s⟧[1]</p>',
  ],
  ['signs of HTML', '<p>A&#x26;B &#x3C;C></p>', ['A&B <C>'], '<p>⟦A&amp;B &lt;C&gt;⟧[1]</p>'],
  [
    'one text of two doubts',
    '<p>5 UNI</p>',
    ['5 UNI', 'UNI', '5 UNI'],
    '<p>⟦5 ⟧⟦UNI⟧[1, 2, 3]</p>',
  ],
  [
    'what overlaps',
    '<p>one two three</p>',
    ['one two', 'two three'],
    '<p>⟦one ⟧⟦two⟧[1]⟦ three⟧[2]</p>',
  ],
  ['nothing', '<p>text</p>', ['', ' ', 'other'], '<p>text</p>'],
])('marks %s', (_, markup, quotes, expected) => {
  expect(marked(markup, ...quotes)).toBe(expected)
})

it('lets no text become markup, and names in the tooltip what is doubted', () => {
  const hostile = '<p>&#x3C;script>alert(1)&#x3C;/script> x</p>'
  expect(marked(hostile, 'alert')).toBe('<p>&lt;script&gt;⟦alert⟧[1](1)&lt;/script&gt; x</p>')
  expect(markQuotes('<p>x</p>', [{ text: 'x', number: 1 }], () => '"><img>')).toBe(
    '<p><mark title="&quot;&gt;&lt;img&gt;">x</mark><sup class="doubt">[1]</sup></p>',
  )
})

it('changes nothing else, whatever the markup, in a time that grows with it', () => {
  const texts = ['<', '>', '&amp;', 'May ', '<b>', '</b>', '<p title="<May>">', '"', 'a', '5', '—']
  let seed = 7
  const pick = (most: number) => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % most
  }
  const plain = (markup: string) =>
    markup.replace(/<\/?mark[^>]*>|<sup class="doubt">.*?<\/sup>/g, '')
  for (let run = 0; run < 300; run += 1) {
    const markup = Array.from({ length: 30 }, () => texts[pick(texts.length)]).join('')
    const quotes = ['May', 'a5', '5', '"', 'May May'].map((text, number) => ({ text, number }))
    expect(plain(markQuotes(markup, quotes, String))).toBe(markQuotes(markup, [], String))
  }
  const before = process.threadCpuUsage().user
  markQuotes('<p>May <b>5</b> a</p>'.repeat(5_000), [{ text: 'May 5', number: 1 }], String)
  expect(process.threadCpuUsage().user - before).toBeLessThan(1_000_000)
})
