import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes } from 'node:crypto'

declare global {
  var datelinePlaceHtml: ((html: string) => string) | undefined
}

/**
 * What a page holds in place of compiled HTML while the framework renders it: a mark, where the HTML of
 * a long text would be escaped and copied several times. The HTML itself where marks are not filled: with
 * the framework's runtime in the page, which compares. The framework bundles its own copy of every
 * module, so the two meet on `globalThis`.
 */
export const placeHtml = (html: string): string => globalThis.datelinePlaceHtml?.(html) ?? html

/**
 * Has `placeHtml` leave marks from now on. What is returned runs a rendering, and says with its result
 * how to put the HTML into its page; that throws where a mark is of another rendering.
 */
export function collectPlacedHtml() {
  const placed = new AsyncLocalStorage<Map<string, string>>()
  // No author of a text can know the mark.
  const secret = randomBytes(16).toString('hex')
  const anyMark = new RegExp(`<!--${secret}:\\d+-->`, 'g')
  let last = 0
  globalThis.datelinePlaceHtml = (html) => {
    const texts = placed.getStore()
    if (!texts || html === '') return html
    last += 1
    const mark = `<!--${secret}:${last}-->`
    texts.set(mark, html)
    return mark
  }
  return async <Result>(render: () => Promise<Result>) => {
    const texts = new Map<string, string>()
    const result = await placed.run(texts, render)
    const fill = (page: string) =>
      page.replace(anyMark, (mark) => {
        const html = texts.get(mark)
        if (html === undefined) throw new Error('a text of another page stands in this one')
        return html
      })
    return { result, fill }
  }
}
