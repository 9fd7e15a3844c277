import { notFound } from 'next/navigation'
import { servingIndex } from '#lib/article-index/serving-index.ts'
import { rssDocument } from '#lib/feeds/rss-document.ts'
import { siteEnv } from '#lib/site/env.ts'
import { articlesPerFeed } from '#lib/site/listing-size.ts'
import type { ListingScope } from '#lib/site/routes.ts'
import { findScopeName } from './find-scope-name.ts'
import { localizePath } from './localize-path.ts'
import { readParams } from './read-params.ts'

type Context = { params: Parameters<typeof readParams>[0] }

/** The RSS feed of one kind of listing, given how its parameters name its scope. */
export function feedRoute(toScope: (param: (name: string) => string) => ListingScope) {
  return async (_request: Request, { params }: Context): Promise<Response> => {
    const { locale, param } = await readParams(params)
    const scope = toScope(param)
    const index = servingIndex()
    const listing = index.listArticles({ locale, scope, page: 1, pageSize: 1 })
    if (listing.articleCount === 0 && scope.kind !== 'latest') notFound()
    const { body, contentType, lastModifiedAt } = await rssDocument({
      locale,
      scope,
      name: findScopeName(index, locale, scope, listing),
      articles: index.listFullArticles({ locale, scope, limit: articlesPerFeed }),
      siteUrl: siteEnv().siteUrl,
      resolvePath: (path) => localizePath(index, locale, path),
    })
    const headers = new Headers({ 'content-type': contentType })
    if (lastModifiedAt) headers.set('last-modified', new Date(lastModifiedAt).toUTCString())
    return new Response(body, { headers })
  }
}
