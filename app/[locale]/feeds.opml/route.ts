import { servingIndex } from '#lib/article-index/serving-index.ts'
import { toFeedOutline } from '#lib/feeds/feed-outline.ts'
import { siteEnv } from '#lib/site/env.ts'
import { readParams } from '../read-params.ts'

export const dynamic = 'force-dynamic'

export async function GET(_request: Request, { params }: RouteContext<'/[locale]/feeds.opml'>) {
  const { locale } = await readParams(params)
  const index = servingIndex()
  const body = toFeedOutline({
    locale,
    categories: index.listCategories(locale),
    sources: index.listSources(locale),
    siteUrl: siteEnv().siteUrl,
  })
  return new Response(body, { headers: { 'content-type': 'text/x-opml; charset=utf-8' } })
}
