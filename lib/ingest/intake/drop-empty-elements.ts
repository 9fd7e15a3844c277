import type { Element, ElementContent, Root, RootContent } from 'hast'

/** Elements that say nothing to readers of Markdown, with all that is in them. */
const dropped = new Set(
  (
    'area audio base basefont canvas datalist dialog embed frame frameset head iframe img link math meta ' +
    'noembed noframes noscript object param picture rp script source style svg template title track video'
  ).split(' '),
)

/** Elements that say something without content. */
const telling = new Set('br hr input td th tr table'.split(' '))

/**
 * Drops comments, pictures, scripts and elements without text from a tree, and joins texts that have
 * become neighbours. White space is collapsed by looking from every node to the next that shows
 * something: rows of nodes that show nothing would make that slow.
 */
export function dropEmptyElements(tree: Root): void {
  tree.children = dropEmpty<RootContent>(tree.children)
}

function dropEmpty<Node extends RootContent | ElementContent>(nodes: Node[]): Node[] {
  const kept: Node[] = []
  for (const node of nodes) {
    for (const one of toSelective(node)) {
      const last = kept.at(-1)
      if (last?.type === 'text' && one.type === 'text') last.value += one.value
      else kept.push(one as Node)
    }
  }
  return kept
}

function toSelective(node: RootContent | ElementContent): (RootContent | ElementContent)[] {
  if (node.type === 'text') return [node]
  if (node.type !== 'element' || dropped.has(node.tagName)) return []
  node.children = dropEmpty<ElementContent>(node.children)
  return telling.has(node.tagName) || !isBlank(node) ? [node] : node.children
}

function isBlank({ children }: Element): boolean {
  return children.every((child) => child.type === 'text' && child.value.trim() === '')
}
