import { notFound } from 'next/navigation'
import { type PageIndex, withAuthorNames } from '#lib/article-index/article-index.ts'
import { servingIndex } from '#lib/article-index/serving-index.ts'
import type { Article } from '#lib/content/article.ts'
import { articlesPerFeed } from '#lib/feeds/feed.ts'
import { feedDocument } from '#lib/feeds/formats/feed-document.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { compileServedBody } from '#lib/markdown/compiled-body.ts'
import { type ArticleFilter, isFiltering, readFilter } from '#lib/site/addresses/article-filter.ts'
import { decodeFeedUrl } from '#lib/site/addresses/feed-url.ts'
import { siteEnv } from '#lib/site/env.ts'
import type { Locale } from '#lib/site/locales.ts'
import { type ListingScope, parsePath } from '#lib/site/routes.ts'
import { findScopeName } from '../../find-scope-name.ts'
import { localizePath } from '../../localize-path.ts'

export const dynamic = 'force-dynamic'

/** Every feed there is. The segment is the public address, encoded; the server has checked that it exists. */
export async function GET(
  _request: Request,
  { params }: RouteContext<'/[locale]/feed/[encodedUrl]'>,
) {
  const [pathname = '', query] = decodeFeedUrl((await params).encodedUrl).split('?')
  const route = parsePath(pathname)
  const read = readFilter(new URLSearchParams(query))
  if (route?.page !== 'feed' || read.kind !== 'filter') notFound()
  const { locale, scope, format } = route
  const { filter } = read
  const index = servingIndex()
  const { siteUrl, websubHubUrl } = siteEnv()
  const { body, contentType } = await feedDocument(format, {
    locale,
    scope,
    filter,
    name: nameChoice(index, { locale, scope, filter }),
    articles: chooseArticles(index, { locale, scope, filter }),
    removedAt: index.findLastRemovalAt({ locale, scope, filter }),
    siteUrl,
    hubUrl: websubHubUrl,
    compile: compileServedBody,
    resolvePath: (path) => localizePath(index, locale, path),
  })
  return new Response(body, { headers: { 'content-type': contentType } })
}

type Choice = { locale: Locale; scope: ListingScope; filter: ArticleFilter }

/** The articles of a feed. With a narrow filter, those among recent articles that meet it. */
function chooseArticles(index: PageIndex, { locale, scope, filter }: Choice): Article[] {
  const articles = isFiltering(filter)
    ? index.listFullMatches({ locale, scope, filter, limit: articlesPerFeed }).articles
    : index.listFullArticles({ locale, scope, limit: articlesPerFeed })
  return articles.map((article) => withAuthorNames(index, article))
}

/** The name of a choice, for readers: `Trading`, `Trading · Hacks · Negative`. */
function nameChoice(index: PageIndex, { locale, scope, filter }: Choice): string {
  const { category, tag, source, sentiment } = filter
  const scopes: ListingScope[] = [
    ...(scope.kind === 'latest' && isFiltering(filter) ? [] : [scope]),
    ...(category === undefined ? [] : [{ kind: 'category' as const, segment: category }]),
    ...(tag === undefined ? [] : [{ kind: 'tag' as const, segment: tag }]),
    ...(source === undefined ? [] : [{ kind: 'source' as const, key: source }]),
  ]
  const names = scopes.map((one) =>
    findScopeName(
      index,
      locale,
      one,
      index.listArticles({ locale, scope: one, page: 1, pageSize: 1 }),
    ),
  )
  return [...names, ...nameSentiment(locale, sentiment)].join(' · ')
}

function nameSentiment(locale: Locale, segment: string | undefined): string[] {
  return Object.entries(messagesFor(locale).sentiments)
    .filter(([sentiment]) => sentiment.toLowerCase() === segment)
    .map(([, name]) => name)
}
