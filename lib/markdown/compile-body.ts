import { messagesFor } from '#lib/i18n/messages.ts'
import { createTypesetter } from '#lib/i18n/typeset.ts'
import { defaultLocale } from '#lib/site/locales.ts'
import type { BodyRequest, CompiledBody, Hole, Markup } from './compiled-body.ts'
import { markdownToTree, treeToHtml } from './markdown-to-html.ts'
import { rehypeFeedMarkup } from './rehype-feed-markup.ts'
import type { Heading } from './rehype-house-style.ts'

/**
 * Markdown → the markup of its page and of feeds, from one parse. Takes some 15 ms for 10 KB of prose
 * and a second for a megabyte, and may take for ever, need all memory or exceed the stack (RangeError)
 * for a hostile body: only worker threads call it, under limits.
 */
export function compileBody({ body, locale, siteUrl, articleUrl }: BodyRequest): CompiledBody {
  const messages = messagesFor(locale)
  const { tableLabel: table, taskDone, taskOpen, image, imageOf } = messages
  const words = { table, taskDone, taskOpen, image, imageOf }
  const headings: Heading[] = []
  const tree = markdownToTree(body, messages)
  const feedTree = articleUrl === undefined ? undefined : structuredClone(tree)
  const page = withHoles((toHole) =>
    treeToHtml(tree, {
      siteUrl,
      words,
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
        { siteUrl, words, resolvePath: (path) => toHole({ kind: 'link', path }) },
        [[rehypeFeedMarkup, articleUrl]],
      ),
    )
  return { page, feed, headings }
}

/** Every construct, so that all of the compiler has run once. */
const sample = [
  '## A heading\n\nProse with *emphasis*, **bold**, ~~struck~~, `code`, [a link](/a "t") and "quotes".',
  '- a list\n  1. in a list\n- [x] a task\n\n> A quote\n> of lines.\n\n```js\ncode\n```\n\n---',
  '| a | b |\n|---|--:|\n| 1 | 2 |\n\n![A picture](media/a.png) https://a.example a@a.example',
].join('\n\n')

/** The CPU time of compiling the sample four times on two quiet cores of 2026, in ms. */
const usualSampleMs = 50

/** How much slower a machine counts at most. */
const mostSlowness = 4

/**
 * How much slower the compiler is now than usual, from 1: threads that share a core and its caches use
 * more CPU time for the same work. The first call also runs the compiler until its machine code is
 * there. Takes some 50 ms.
 */
export function measureSlowness(): number {
  if (!isWarm) compileSample(8)
  isWarm = true
  const before = process.threadCpuUsage()
  compileSample(4)
  const { user, system } = process.threadCpuUsage(before)
  return Math.min(mostSlowness, Math.max(1, (user + system) / 1000 / usualSampleMs))
}

let isWarm = false

function compileSample(times: number): void {
  for (let time = 0; time < times; time += 1) {
    compileBody({
      body: `${sample}\n\n`.repeat(12),
      locale: defaultLocale,
      siteUrl: 'https://site.invalid',
      articleUrl: undefined,
    })
  }
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
