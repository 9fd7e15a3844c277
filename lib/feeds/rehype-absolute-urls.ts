import type { Root } from 'hast'
import { visit } from 'unist-util-visit'

/** Makes every link and picture absolute: a feed is read far from the page its text belongs to. */
export function rehypeAbsoluteUrls(baseUrl: string) {
  return (tree: Root): void => {
    visit(tree, 'element', ({ properties }) => {
      for (const name of ['href', 'src']) {
        const value = properties[name]
        if (typeof value !== 'string') continue
        const url = URL.parse(value, baseUrl)
        if (url) properties[name] = url.href
        else delete properties[name]
      }
    })
  }
}
