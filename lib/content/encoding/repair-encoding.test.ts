import { describe, expect, it } from 'vitest'
import { repairEncoding } from './repair-encoding.ts'

/** The same text after its UTF-8 was read as another encoding. */
function misread(text: string, encoding: string): string {
  return new TextDecoder(encoding).decode(new TextEncoder().encode(text))
}

const ukrainian = [
  'Біткоїн знову зростає — «аналітики» кажуть про €5 і ₴100',
  'Привіт на в і з Її',
  'ПОРІВНЯННЯ № 5: Іван…',
]
const western = [
  'the “quoted” — and it’s done…',
  'Café à la crème, où ça?',
  'Não é São João, avó',
  'naïve Österreich, Übung, ÉTÉ',
  'Việt Nam đường phố ước nguyện',
  'Zażółć gęślą jaźń',
  '100 °C © 2026 · 5 € ™',
  '🚀 to the moon ₿',
]

describe('repairEncoding', () => {
  it.each([...western, ...ukrainian])('mends Windows-1252: %s', (text) => {
    const broken = misread(text, 'windows-1252')
    expect(broken).not.toBe(text)
    expect(repairEncoding(broken)).toBe(text)
    expect(repairEncoding(misread(broken, 'windows-1252'))).toBe(text)
  })

  it.each(ukrainian)('mends Windows-1251: %s', (text) => {
    const broken = misread(text, 'windows-1251')
    expect(broken).not.toBe(text)
    expect(repairEncoding(broken)).toBe(text)
    expect(repairEncoding(misread(broken, 'windows-1251'))).toBe(text)
  })

  it('mends closing quotes that lost their last byte', () => {
    expect(repairEncoding('â€œYes,â€ she said. â€œNoâ€.')).toBe('“Yes,” she said. “No”.')
  })

  it.each([
    'Рівне, СРСР, Ріці, Сі, РІ, СІРІ, Рієлтор, Сіє',
    'В\u00a0Україні і В «Дії»',
    'Їжак Ґанок «Ґ» №5',
    '« été\u00a0» et voilà\u00a0»',
    'Île, Âge, Œuvre, à\u00a0la',
    '“IRMÔ e “MANHÔ, AVELÃ…',
    '«está»—dijo, «está»…',
    'ESPAÑA” CAFFÈ™ PÄIVÄ… Spaß”',
    'Tiếng Việt: Â, Ấ, đường, nghĩa',
    '2\u00a0×\u00a03 = 6\u00a0°C',
    'în România, â la carte',
  ])('leaves genuine text alone, also beside a broken character: %s', (text) => {
    expect(repairEncoding(text)).toBe(text)
    expect(repairEncoding(`${text} theâ€¦`)).toBe(`${text} the…`)
  })

  it('keeps every line where it is', () => {
    const broken = misread('one\u0085\ntwo\u2028…\nthree…', 'windows-1252')
    expect(repairEncoding(broken).split('\n')).toHaveLength(3)
  })

  it('never makes a character that could close a quote', () => {
    const everything = Array.from({ length: 0x2fff }, (_, at) => String.fromCodePoint(at)).join(' ')
    const count = (text: string) => text.match(/["'\\`<>&\n]/g)?.length
    expect(count(repairEncoding(everything))).toBe(count(everything))
  })

  it('mends a megabyte of broken text to the end', () => {
    expect(repairEncoding('â€™Ã© '.repeat(150_000))).toBe('’é '.repeat(150_000))
  })
})
