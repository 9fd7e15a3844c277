import { formatDateTime, formatDayAndTime } from '#lib/i18n/format.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { createTypesetter } from '#lib/i18n/typeset.ts'
import type { BeginStage } from '#lib/node/answer-calls.ts'
import type { BodyRequest, CompiledBody, Hole, Markup } from './compiled-body.ts'
import { markdownToTree, treeToHtml } from './markdown-to-html.ts'
import { rehypeFeedMarkup } from './rehype-feed-markup.ts'
import type { Heading } from './rehype-house-style.ts'

/**
 * Markdown → the markup of its page and of feeds, from one parse. Takes some 15 ms for 10 KB of prose
 * and a second for a megabyte, and may take for ever, need all memory or exceed the stack (RangeError)
 * for a hostile body: only worker threads call it, under limits.
 */
export function compileBody(request: BodyRequest): CompiledBody {
  const { body, locale, siteUrl, articleUrl } = request
  const messages = messagesFor(locale)
  const { tableLabel: table, taskDone, taskOpen, image, imageOf } = messages
  const words = { table, taskDone, taskOpen, image, imageOf }
  const live = request.isLive
    ? {
        keyPoints: messages.keyPoints,
        format: (at: string) => formatDayAndTime(locale, at),
        formatWhole: (at: string) => formatDateTime(locale, at),
      }
    : undefined
  const headings: Heading[] = []
  const tree = markdownToTree(body, messages)
  const feedTree = articleUrl === undefined ? undefined : structuredClone(tree)
  const page = withHoles((toHole) =>
    treeToHtml(tree, {
      siteUrl,
      words,
      live,
      resolvePath: (path) => toHole({ kind: 'link', path }),
      resolvePicture: (path) => toHole({ kind: 'picture', path }),
      typesetter: () => createTypesetter(locale),
      onHeading: (heading) => headings.push(heading),
    }),
  )
  const feed =
    feedTree &&
    withHoles((toHole) =>
      treeToHtml(
        feedTree,
        { siteUrl, words, live, resolvePath: (path) => toHole({ kind: 'link', path }) },
        [[rehypeFeedMarkup, articleUrl]],
      ),
    )
  return { page, feed, headings }
}

/** `compileBody` for a thread of its own. A thread that ends before this stage is not the body's fault. */
export function compileInThread(request: BodyRequest, beginStage: BeginStage): CompiledBody {
  beginStage('compile')
  return compileBody(request)
}

/**
 * Has HTML made in which the places of holes are marked, and cuts it there. No text can hold such a
 * mark: it is another one each time.
 */
function withHoles(toHtml: (toHole: (hole: Hole) => string) => string): Markup {
  const mark = `/hole-${crypto.randomUUID()}-`
  const holes: Hole[] = []
  const html = toHtml((hole) => {
    holes.push(hole)
    return `${mark}${holes.length - 1}-`
  })
  const texts: string[] = []
  const inOrder: Hole[] = []
  let end = 0
  // In feeds the origin stands before it.
  for (const found of html.matchAll(new RegExp(`(?:https?://[^/"]+)?${mark}(\\d+)-`, 'g'))) {
    const hole = holes[Number(found[1])]
    if (!hole) continue
    texts.push(html.slice(end, found.index))
    inOrder.push(hole)
    end = found.index + found[0].length
  }
  texts.push(html.slice(end))
  return { texts, holes: inOrder }
}
