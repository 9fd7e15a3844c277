import { notFound } from 'next/navigation'
import { servingIndex } from '#lib/article-index/serving-index.ts'
import { feedDocument } from '#lib/feeds/formats/feed-document.ts'
import { compileServedBody } from '#lib/markdown/compiled-body.ts'
import { readFilter } from '#lib/site/addresses/article-filter.ts'
import { decodeFeedUrl } from '#lib/site/addresses/feed-url.ts'
import { siteEnv } from '#lib/site/env.ts'
import { parsePath } from '#lib/site/routes.ts'
import { localizePath } from '../../localize-path.ts'
import { chooseArticles, nameChoice } from '../choose-articles.ts'

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
