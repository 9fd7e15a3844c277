import { expect, it } from 'vitest'
import { decodeDocument } from './decode-document.ts'

const ukrainian =
  'Ціна їхньої єдиної акції різко зросла. Її підтримали інвестори, і є надія. Ґанок і події.'
const russian = 'Цена биткоина выросла после того, как объём торгов достиг нового уровня.'
const capitals = 'ЦІНА ЇХНЬОЇ АКЦІЇ РІЗКО ЗРОСЛА, ЇЇ ПІДТРИМАЛИ ІНВЕСТОРИ'
const french =
  'Le marché a été très agité : « déjà vu », selon l’expert. Ça coûte 5 € à la fenêtre.'
const german = 'Die Börse schließt früher, weil die Übertragung über Nacht gestört war – „mäßig“.'

/** A feed with a text, in a charset of one byte for each character. */
function feedIn(charset: string, text: string, prolog = '<?xml version="1.0"?>'): Buffer {
  const all = new TextDecoder(charset).decode(Uint8Array.from({ length: 256 }, (_, at) => at))
  const bytes = [
    ...`${prolog}<rss><channel><item><title>${text}</title></item></channel></rss>`,
  ].map((character) => {
    const at = all.indexOf(character)
    if (at === -1) throw new Error(`${charset} has no ${character}`)
    return at
  })
  return Buffer.from(bytes)
}

const declaration = (charset: string) => `<?xml version="1.0" encoding="${charset}"?>`

it.each([
  ['windows-1251', ukrainian],
  ['windows-1251', russian],
  ['windows-1251', capitals],
  ['windows-1251', `Bitcoin ${ukrainian.slice(0, 30)} ETF`],
  ['koi8-u', ukrainian],
  ['koi8-u', russian],
  ['koi8-u', capitals],
  ['ibm866', russian],
  ['windows-1252', french],
  ['windows-1252', german],
  ['windows-1252', 'It’s a naïve façade – “£5m”'],
])('recognises %s without a label: %s', (charset, text) => {
  expect(decodeDocument(feedIn(charset, text), 'text/xml')).toContain(text)
})

it.each([
  ['ISO-8859-1', 'windows-1252', french],
  ['us-ascii', 'windows-1252', german],
  ['windows-1250', 'windows-1250', 'Giełda zamyka się wcześniej, żeby zażegnać kryzys'],
  ['KOI8-U', 'koi8-u', ukrainian],
])('follows the declaration %s', (label, charset, text) => {
  expect(decodeDocument(feedIn(charset, text, declaration(label)), 'text/xml')).toContain(text)
})

it.each([
  ['windows-1252', 'windows-1251', ukrainian],
  ['ISO-8859-1', 'windows-1251', russian],
  ['windows-1251', 'koi8-u', ukrainian],
  ['windows-1251', 'windows-1252', french],
])('does not follow the declaration %s for %s', (label, charset, text) => {
  expect(decodeDocument(feedIn(charset, text, declaration(label)), 'text/xml')).toContain(text)
})

it('takes a declaration for better than a server that says Latin 1 of everything', () => {
  const polish = 'Giełda zamyka się wcześniej, żeby zażegnać kryzys'
  const bytes = feedIn('iso-8859-2', polish, declaration('iso-8859-2'))
  expect(decodeDocument(bytes, 'text/xml; charset=ISO-8859-1')).toContain(polish)
  const header = feedIn('iso-8859-2', polish, declaration('windows-1252'))
  expect(decodeDocument(header, 'text/xml; charset=ISO-8859-2')).toContain(polish)
})

it('keeps the rest of UTF-8 when a character of it is broken', () => {
  const bytes = Buffer.concat([
    Buffer.from(`<rss>${ukrainian}`),
    Buffer.from([0xd0]),
    Buffer.from('</rss>'),
  ])
  expect(decodeDocument(bytes, 'text/xml')).toBe(`<rss>${ukrainian}\uFFFD</rss>`)
})

it.each(['utf16le', 'UTF-16BE'])('reads %s with and without a mark', (order) => {
  const text = `<rss>${ukrainian}</rss>`
  for (const mark of ['\uFEFF', '']) {
    const bytes = Buffer.from(mark + text, 'utf16le')
    if (order === 'UTF-16BE') bytes.swap16()
    expect(decodeDocument(bytes, 'text/xml')).toBe(text)
  }
})
