import type { Article } from '#lib/content/article.ts'
import type { SeededRandom } from '#lib/covers/art/seeded-random.ts'
import { articlesPerFeed } from '#lib/feeds/feed.ts'
import { reasonOf } from '#lib/node/describe-error.ts'
import { type Locale, locales } from '#lib/site/locales.ts'
import { listAssets } from '#lib/site/names.ts'
import {
  articlePath,
  articlesPerPage,
  feedPath,
  homePath,
  type ListingScope,
  listingPath,
  parsePath,
  type Route,
} from '#lib/site/routes.ts'
import { toSegment } from '#lib/site/segment.ts'
import { compareLists } from './check-index.ts'
import type { Edition } from './edition.ts'
import type { Address } from './editor.ts'
import type { Reply, Site } from './site.ts'

/** A link to an article as a page or feed shows it: its path and the words of the link. */
type ShownLink = { path: string; title: string }

/** What of an answer differs from what an edition says, a line each. Nothing when it is right. */
export function comparePage(path: string, reply: Reply, edition: Edition): string[] {
  const route = parsePath(path)
  if (!route) throw new Error(`${path} is no address of the site`)
  const say = (difference: string) => `${path}: ${difference}`
  const right = statusOf(route, edition)
  if (reply.status !== right) return [say(`answers ${reply.status}, expected ${right}`)]
  if (right === 308) return compareRedirect(route, reply, edition).map(say)
  if (right !== 200) return []
  const links = listLinks(route, reply.text)
  const stale = links.filter((link) => !isTrue(link, edition))
  return [
    ...stale.map(({ path: to, title }) => say(`shows “${title}” at ${to}, which is not so`)),
    ...compareContent(route, { reply, links, edition }).map(say),
  ]
}

function statusOf(route: Route, edition: Edition): number {
  if (route.page === 'article') return edition.answerOf(route.locale, route.slug).status
  if (route.page !== 'listing' && route.page !== 'feed') return 200
  const number = route.page === 'listing' ? route.number : 1
  if (route.scope.kind === 'latest' && number === 1) return 200
  const articles = listScope(edition, route.locale, route.scope)
  return number <= Math.ceil(articles.length / articlesPerPage) ? 200 : 404
}

function compareRedirect(route: Route, reply: Reply, edition: Edition): string[] {
  if (route.page !== 'article') return []
  const right = edition.answerOf(route.locale, route.slug)
  const path = right.status === 308 ? articlePath(route.locale, right.slug) : undefined
  const { location } = reply
  return location === path ? [] : [`leads to ${location}, expected ${path}`]
}

function compareContent(
  route: Route,
  { reply, links, edition }: { reply: Reply; links: ShownLink[]; edition: Edition },
): string[] {
  const { locale } = route
  const shown = links.map(({ path }) => path)
  const pathsOf = (articles: Article[]) => articles.map(({ slug }) => articlePath(locale, slug))
  switch (route.page) {
    case 'article': {
      const right = edition.answerOf(locale, route.slug)
      return right.status === 200 ? compareArticle(reply.text, right.article) : []
    }
    case 'home': {
      const [newest] = pathsOf(edition.visibleIn(locale))
      return newest === undefined || shown.includes(newest) ? [] : [`lacks ${newest}, the newest`]
    }
    case 'feed': {
      const articles = listScope(edition, locale, route.scope).slice(0, articlesPerFeed)
      const texts = articles.flatMap((article) => lackingLines(reply.text, article))
      return [...compareLists('feed', shown, pathsOf(articles)), ...texts]
    }
    case 'listing': {
      const from = (route.number - 1) * articlesPerPage
      const articles = listScope(edition, locale, route.scope)
      return compareLists('listing', shown, pathsOf(articles.slice(from, from + articlesPerPage)))
    }
    default:
      return []
  }
}

function compareArticle(html: string, article: Article): string[] {
  const headline = /<h1[^>]*>([^<]*)<\/h1>/.exec(html)?.[1]
  if (headline !== article.title) return [`is headed “${headline}”, expected “${article.title}”`]
  return lackingLines(html, article)
}

/** Every paragraph of ours is plain text, so it stands in the page as in the file, but for its type. */
function lackingLines(page: string, { slug, body }: Article): string[] {
  const document = page.replaceAll('\u00a0', ' ')
  const lines = body.split('\n').map((line) => line.replace(/^#+( |$)/, '').trim())
  const lacking = lines.find((line) => line !== '' && !document.includes(line))
  return lacking === undefined ? [] : [`${slug} lacks “${lacking.slice(0, 60)}”`]
}

/** Article links in `main`, without links to the page itself. */
function listLinks(route: Route, document: string): ShownLink[] {
  if (route.page === 'feed') {
    const items = document.slice(document.indexOf('<item>'))
    const links = items.matchAll(/<title>([^<]*)<\/title>\s*<link>https?:\/\/[^/]+(\/[^<]*)</g)
    return Array.from(links, ([, title = '', path = '']) => ({ path, title }))
  }
  const main = document.slice(document.indexOf('<main'))
  const links = main.matchAll(/<a href="((?:\/uk)?\/article\/[^"#?]+)"[^>]*>([^<]+)<\/a>/g)
  return Array.from(links, ([, path = '', title = '']) => ({ path, title }))
}

/** Whether a link leads to a visible article and gives its headline of today. */
function isTrue({ path, title }: ShownLink, edition: Edition): boolean {
  const route = parsePath(path)
  if (route?.page !== 'article') return false
  const right = edition.answerOf(route.locale, route.slug)
  return right.status === 200 && right.article.title === title
}

function listScope(edition: Edition, locale: Locale, scope: ListingScope): Article[] {
  return edition.visibleIn(locale).filter((article) => isIn(article, scope))
}

function isIn(
  { category, tags, source, authors, publishedAt, storyKey, ...texts }: Article,
  scope: ListingScope,
): boolean {
  switch (scope.kind) {
    case 'latest':
      return true
    case 'story':
      return storyKey === scope.key
    case 'asset':
      return listAssets({ ...texts, tags }).some(({ key }) => key === scope.key)
    case 'category':
      return toSegment(category) === scope.segment
    case 'tag':
      return tags.some((tag) => toSegment(tag) === scope.segment)
    case 'source':
      return source?.key === scope.key
    case 'author':
      return authors.includes(scope.key)
    case 'archive':
      return publishedAt.startsWith(`${scope.year}-${String(scope.month).padStart(2, '0')}`)
  }
}

/** Pages that show most of what can be wrong: so many of those touched last, and others by chance. */
export function choosePaths(
  edition: Edition,
  addresses: Address[],
  { random, touched }: { random: SeededRandom; touched: number },
): string[] {
  const chosen = locales.flatMap((locale) => {
    const articles = edition.visibleIn(locale)
    const latest = { kind: 'latest' } as const
    const last = Math.max(1, Math.ceil(articles.length / articlesPerPage))
    const numbers = [1, random.integer(1, last), last, last + 1]
    const any = articles[random.integer(0, Math.max(0, articles.length - 1))]
    return [
      homePath(locale),
      feedPath(locale, latest, 'rss'),
      ...numbers.map((number) => listingPath(locale, latest, number)),
      ...(any ? listListingPaths(any, edition, random) : []),
    ]
  })
  const any = () => addresses[random.integer(0, addresses.length - 1)]
  const others = Array.from({ length: Math.ceil(touched / 2) }, any)
  for (const address of [...addresses.slice(-touched), ...others]) {
    if (address) chosen.push(articlePath(address.locale, address.slug))
  }
  return [...new Set(chosen)]
}

/** First and last pages of the listings an article stands in. */
function listListingPaths(article: Article, edition: Edition, random: SeededRandom): string[] {
  const { locale, category, tags, source, publishedAt } = article
  const at = new Date(publishedAt)
  const scopes: ListingScope[] = [
    { kind: 'category', segment: toSegment(category) },
    { kind: 'archive', year: at.getUTCFullYear(), month: at.getUTCMonth() + 1 },
    ...tags.map((tag) => ({ kind: 'tag' as const, segment: toSegment(tag) })),
    ...(source ? [{ kind: 'source' as const, key: source.key }] : []),
  ]
  const [first = { kind: 'latest' } as const] = scopes
  const scope = scopes[random.integer(0, scopes.length - 1)] ?? first
  const last = Math.ceil(listScope(edition, locale, scope).length / articlesPerPage)
  return [
    listingPath(locale, first),
    feedPath(locale, first, 'rss'),
    listingPath(locale, scope),
    listingPath(locale, scope, Math.max(1, last)),
  ]
}

/** Asks for pages, a few at a time, and compares each. An answer that does not come is a difference. */
export async function comparePages(
  site: Site,
  paths: string[],
  edition: Edition,
): Promise<string[]> {
  const differences: string[] = []
  const waiting = [...paths]
  async function compareNext(): Promise<void> {
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      try {
        differences.push(...comparePage(path, await site.ask(path), edition))
      } catch (error) {
        differences.push(`${path}: ${reasonOf(error)}`)
      }
    }
  }
  await Promise.all([compareNext(), compareNext(), compareNext(), compareNext()])
  return differences
}
