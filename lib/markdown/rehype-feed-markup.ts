import type { Root } from 'hast'
import { visit } from 'unist-util-visit'

/**
 * Makes markup fit to be read in a feed reader, far from the page it belongs to: every link and
 * picture absolute, and nothing of what only our own pages make sense of. Feed validators know no
 * `role` and no `aria-…`, and readers take them away.
 */
export function rehypeFeedMarkup(baseUrl: string) {
  return (tree: Root): void => {
    visit(tree, 'element', ({ properties }) => {
      for (const name of Object.keys(properties)) {
        if (name === 'role' || name === 'tabIndex' || name.startsWith('aria')) {
          delete properties[name]
        }
      }
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
