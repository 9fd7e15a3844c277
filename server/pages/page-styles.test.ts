import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { inlineStyles, readPageStyles } from './page-styles.ts'

let buildDir: string
const write = (name: string, css: string) =>
  writeFileSync(join(buildDir, 'static', 'chunks', name), css)

beforeAll(() => {
  buildDir = mkdtempSync(join(tmpdir(), 'page-styles-'))
  mkdirSync(join(buildDir, 'static', 'chunks'), { recursive: true })
  write('a.js', 'never')
  write('a.css', '@font-face{src:url(../media/a.woff2)}\n')
  write('b.css', '.b{fill:url(#hatch);background:url(/own.svg);mask:url(./c.svg)}')
})
afterAll(() => rmSync(buildDir, { recursive: true }))

const linkTo = (name: string) =>
  `<link rel="stylesheet" href="/_next/static/chunks/${name}" data-precedence="next"/>`

it('puts each style sheet where the page would fetch it, with whole addresses', () => {
  const html = `<head>${linkTo('a.css')}${linkTo('b.css')}</head><p>$&amp;</p>`
  expect(inlineStyles(html, readPageStyles(buildDir))).toBe(
    '<head><style>@font-face{src:url(/_next/static/media/a.woff2)}</style>' +
      '<style>.b{fill:url(#hatch);background:url(/own.svg);mask:url(/_next/static/chunks/c.svg)}</style></head><p>$&amp;</p>',
  )
})

it('asks for the typeface of the language of a page before its style sheet', () => {
  const files = ['latin', 'latin-italic', 'accents', 'cyrillic'].map(
    (name) => `source-serif-${name}`,
  )
  write('c.css', files.map((file) => `@font-face{src:url(../media/${file}.1a.woff2)}`).join(''))
  const styles = readPageStyles(buildDir)
  const asked = (attributes: string) =>
    inlineStyles(`<html ${attributes}><head>${linkTo('c.css')}</head>`, styles)
      .split('<style>')[0]
      ?.match(/as="font"[^>]* crossorigin|source-serif-[^.]+/g)
  const link = (name: string) =>
    `as="font" type="font/woff2" href="/_next/static/media/source-serif-${name}.1a.woff2" crossorigin`
  expect(asked('lang="en" data-languages="en uk"')).toEqual([link('latin')])
  expect(asked('lang="uk"')).toEqual([link('latin'), link('cyrillic')])
  expect(asked('lang="sr-Latn"')).toEqual([link('latin')])
  expect(asked('lang="ar" dir="rtl"')).toEqual([link('latin')])
  expect(asked('lang="uk" data-serif="own"')).toBeNull()
})

it('leaves a style sheet that is not of the build to be fetched', () => {
  const html = linkTo('other.css')
  expect(inlineStyles(html, readPageStyles(buildDir))).toBe(html)
})

it('refuses a style sheet that would end its own element', () => {
  write('bad.css', 'a::after{content:"</style>"}')
  expect(() => readPageStyles(buildDir)).toThrow('bad.css cannot stand in a page.')
  rmSync(join(buildDir, 'static', 'chunks', 'bad.css'))
})
