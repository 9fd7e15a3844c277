import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { messagesFor } from '#lib/i18n/messages.ts'
import { byLocale } from '#lib/site/locales.ts'
import { buildFonts } from './build-fonts.ts'

const folder = mkdtempSync(join(tmpdir(), 'dateline-fonts-'))
let css = ''

describe('buildFonts', () => {
  beforeAll(async () => {
    await buildFonts(folder)
    css = readFileSync(join(folder, 'fonts.css'), 'utf8')
    return () => rmSync(folder, { recursive: true })
  })

  it('keeps what a page in either language fetches within 110 KB, and English text within 24', () => {
    const sizeOf = (name: string) => statSync(join(folder, `source-serif-${name}.woff2`)).size
    const upright = sizeOf('latin') + sizeOf('cyrillic')
    const slanted = sizeOf('latin-italic') + sizeOf('cyrillic-italic')
    const accents = sizeOf('accents') + sizeOf('accents-italic')
    expect(upright + slanted + accents).toBeLessThan(110_000)
    expect(sizeOf('latin')).toBeLessThan(24_000)
  })

  it('declares a file for every letter of the interface in every language', () => {
    const ranges = [...css.matchAll(/unicode-range: ([^;]+);/g)].flatMap(([, list]) =>
      (list ?? '').split(', ').map((range) => {
        const [first, last = first] = range.slice(2).split('-')
        return [Number.parseInt(first ?? '', 16), Number.parseInt(last ?? '', 16)] as const
      }),
    )
    const words = JSON.stringify(byLocale(messagesFor), (_, value) =>
      typeof value === 'function' ? String(value) : value,
    )
    const missing = [...new Set(words.match(/\p{L}/gu))].filter((letter) => {
      const code = letter.codePointAt(0) ?? 0
      return !ranges.some(([first, last]) => code >= first && code <= last)
    })
    expect(missing).toEqual([])
  })
})
