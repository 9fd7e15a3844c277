import { describe, expect, it } from 'vitest'
import { decodeText, findEncoding } from './decode-text.ts'

/** Text in an encoding of one byte a character, by the table that decodes it. */
function encode(text: string, encoding: string): Uint8Array {
  const upper = Uint8Array.from({ length: 128 }, (_, at) => at + 128)
  const table = new Map(
    [...new TextDecoder(encoding).decode(upper)].map((one, at) => [one, at + 128]),
  )
  return Uint8Array.from([...text], (one) => table.get(one) ?? one.charCodeAt(0))
}

const isIn = (text: string, encoding: string): boolean =>
  new TextDecoder(encoding).decode(encode(text, encoding)) === text

const ukrainian = [
  '---\ntitle: Ціна біткоїна зросла\n---\nНовий текст українською мовою про ринок.\n',
  '---\ntitle: Її їжак\n---\nҐанок, єнот і їжа.\n',
  '---\ntitle: "Біржа «Куна»"\n---\nУ листопаді — 5 млн грн.\n',
  '---\ntitle: КОРОТКО\n---\nНБУ змінив правила обміну валют.\n',
]
const western = [
  '---\ntitle: Café à la crème\n---\nOù ça? Déjà vu.\n',
  '---\ntitle: It\u2019s done\n---\n\u201cYes,\u201d she said \u2014 for \u20ac5.\n',
  '---\ntitle: Börse für Österreich\n---\nGrößere Kurse.\n',
]

describe('decodeText', () => {
  it.each(
    ['windows-1251', 'koi8-u'].flatMap((name) =>
      ukrainian.filter((text) => isIn(text, name)).map((text) => [name, text]),
    ),
  )('recognises %s: %s', (encoding, text) => {
    const decoded = decodeText(encode(text, encoding))
    expect(decoded.text).toBe(text)
    expect(decoded.findings).toMatchObject([{ severity: 'warning', found: `text in ${encoding}` }])
  })

  it('recognises Russian in ibm866', () => {
    const text = 'Цена биткоина снова выросла на торгах в понедельник.'
    expect(decodeText(encode(text, 'ibm866')).text).toBe(text)
  })

  it.each(western)('recognises windows-1252: %s', (text) => {
    expect(decodeText(encode(text, 'windows-1252')).text).toBe(text)
  })

  it('recognises Polish in windows-1250', () => {
    const text = 'Zażółć gęślą jaźń, wzrósł też kurs złotego.'
    expect(decodeText(encode(text, 'windows-1250')).text).toBe(text)
  })

  it.each(['utf16le', 'utf16be'])('reads %s without a byte order mark', (encoding) => {
    const text = '---\ntitle: Ціна\npublishedAt: 2026-11-01\n---\nТекст.\n'
    const bytes = Buffer.from(text, 'utf16le')
    if (encoding === 'utf16be') bytes.swap16()
    expect(decodeText(new Uint8Array(bytes)).text).toBe(text)
  })

  it.each([
    ['a sequence that is cut at the end', [...Buffer.from('one\nЦіна'), 0xd0]],
    ['a sequence that is cut in ASCII', [...Buffer.from('one\ncaf'), 0xc3]],
    ['a stray byte in UTF-8', [...Buffer.from('one\nЦі'), 0xff, ...Buffer.from('на')]],
    ['bytes of no text', [0x31, 0x0a, 0x81, 0xfe, 0x90, 0xff, 0x8d]],
  ])('refuses %s, at its line', (_, bytes) => {
    const { findings } = decodeText(Uint8Array.from(bytes))
    expect(findings).toMatchObject([{ severity: 'error', line: 2 }])
    expect(findEncoding(Uint8Array.from(bytes))).toBeUndefined()
  })

  it('refuses a letter that somebody has lost before', () => {
    expect(decodeText(Buffer.from('one\nC\uFFFDna\n')).findings).toMatchObject([
      { severity: 'error', line: 2 },
    ])
  })
})
