import { afterEach, expect, test } from 'vitest'
import { collectPlacedHtml, placeHtml } from './placed-html.ts'

afterEach(() => {
  globalThis.datelinePlaceHtml = undefined
})

test('each rendering gets its own HTML, however they overlap', async () => {
  const withPlacedHtml = collectPlacedHtml()
  const render = async (html: string) => {
    const { result, fill } = await withPlacedHtml(async () => {
      await Promise.resolve()
      const [first, second] = [placeHtml(html), placeHtml(`${html} $& $1`)]
      await Promise.resolve()
      return `<p>${first}</p><p>${second}</p>`
    })
    expect(result).not.toContain(html)
    return fill(result)
  }
  const pages = await Promise.all(['<b>one</b>', '<b>two</b>'].map(render))
  expect(pages).toEqual([
    '<p><b>one</b></p><p><b>one</b> $& $1</p>',
    '<p><b>two</b></p><p><b>two</b> $& $1</p>',
  ])
})

test('a mark of another rendering is no page', async () => {
  const withPlacedHtml = collectPlacedHtml()
  const one = await withPlacedHtml(async () => placeHtml('<b>one</b>'))
  const two = await withPlacedHtml(async () => placeHtml('<b>two</b>'))
  expect(() => one.fill(two.result)).toThrow('another page')
})

test('HTML stands as it is where nobody fills marks, and where there is none', async () => {
  expect(placeHtml('<b>one</b>')).toBe('<b>one</b>')
  const withPlacedHtml = collectPlacedHtml()
  expect(placeHtml('<b>one</b>')).toBe('<b>one</b>')
  expect((await withPlacedHtml(async () => placeHtml(''))).result).toBe('')
})
