import { describe, expect, it } from 'vitest'
import { repairFile } from './repair-file.ts'

const file = (title: string, body: string) =>
  `---\r\ntitle: ${title}\r\npublishedAt: 2026-03-01T09:00:00Z\r\ncategory: "MARKETS"\r\n---\r\n${body}`

function repair(text: string): string | undefined {
  const repaired = repairFile(new TextEncoder().encode(text))
  return repaired && Buffer.from(repaired).toString('utf8')
}

describe('repairFile', () => {
  it('mends broken encoding and nothing else', () => {
    const broken = file("'Itâ€™s ''here'''  # kept", 'â€œAâ€\u009d\r\nb  \n')
    expect(repair(broken)).toBe(file("'It’s ''here'''  # kept", '“A”\r\nb  \n'))
  })

  it('leaves a sound file alone', () => {
    expect(repair(file('Café in Рівне', 'text'))).toBeUndefined()
  })

  it('removes a byte order mark', () => {
    expect(repair(`\uFEFF${file('A', 'text')}`)).toBe(file('A', 'text'))
  })

  it('turns UTF-16 into UTF-8', () => {
    const utf16 = new Uint8Array(Buffer.from(`\uFEFF${file('Київ', 'text')}`, 'utf16le'))
    expect(repairFile(utf16)).toEqual(new TextEncoder().encode(file('Київ', 'text')))
  })

  it('leaves a file alone whose bytes would be lost', () => {
    const bytes = new TextEncoder().encode(file('Itâ€™s', 'a~b'))
    bytes[bytes.indexOf(0x7e)] = 0xff
    expect(repairFile(bytes)).toBeUndefined()
  })
})
