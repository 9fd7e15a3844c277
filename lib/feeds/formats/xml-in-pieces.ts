import { setImmediate } from 'node:timers/promises'
import { replaceForbidden } from './xml-marks.ts'

/**
 * Writes a feed article by article, because fifty of them at once hold up everybody else for thirty
 * milliseconds. `frame` is the document without articles; `toDocument` gives one with a single article
 * and nothing else in it that could be taken for an `element`.
 */
export async function writeInPieces<Article>({
  frame,
  articles,
  element,
  toDocument,
}: {
  frame: string
  articles: Article[]
  element: { article: 'item' | 'entry'; parent: 'channel' | 'feed' }
  toDocument: (article: Article) => string
}): Promise<string> {
  const pieces: string[] = []
  const namespaces = new Set<string>()
  for (const article of articles) {
    const document = toDocument(article)
    for (const namespace of listNamespaces(document)) namespaces.add(namespace)
    pieces.push(replaceForbidden(cutOut(document, element.article)))
    await setImmediate()
  }
  const whole = declare(replaceForbidden(frame), namespaces)
  const end = whole.lastIndexOf(`</${element.parent}>`)
  return [whole.slice(0, end), ...pieces, whole.slice(end)].join('')
}

function cutOut(document: string, name: string): string {
  const end = `</${name}>`
  return `${document.slice(document.indexOf(`<${name}>`), document.lastIndexOf(end))}${end}\n`
}

const rootTag = /<(?:rss|feed)\b[^>]*/

const listNamespaces = (document: string): string[] =>
  rootTag.exec(document)?.[0].match(/xmlns:\w+="[^"]*"/g) ?? []

/** The root declares what any of the articles uses, in an order that does not depend on theirs. */
function declare(frame: string, namespaces: Set<string>): string {
  return frame.replace(rootTag, (tag) => {
    const missing = [...namespaces].filter((namespace) => !tag.includes(namespace)).sort()
    return [tag, ...missing].join(' ')
  })
}
