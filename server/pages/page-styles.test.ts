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

it('leaves a style sheet that is not of the build to be fetched', () => {
  const html = linkTo('other.css')
  expect(inlineStyles(html, readPageStyles(buildDir))).toBe(html)
})

it('refuses a style sheet that would end its own element', () => {
  write('bad.css', 'a::after{content:"</style>"}')
  expect(() => readPageStyles(buildDir)).toThrow('bad.css cannot stand in a page.')
  rmSync(join(buildDir, 'static', 'chunks', 'bad.css'))
})
