import { servingIndex } from '#lib/article-index/serving-index.ts'
import { toMediaImage } from '#lib/covers/media-image.ts'
import { compileServedBody, fillMarkup } from '#lib/markdown/compiled-body.ts'
import { placeHtml } from '#lib/markdown/placed-html.ts'
import type { Heading } from '#lib/markdown/rehype-house-style.ts'
import type { ArticleKind } from '#lib/site/addresses/article-filter.ts'
import { siteEnv } from '#lib/site/env.ts'
import type { Locale } from '#lib/site/locales.ts'
import { toMediaPath } from '#lib/site/media-address.ts'
import { articlePath } from '#lib/site/routes.ts'
import { localizePath } from './localize-path.ts'

/**
 * A body as the HTML of its page, with its headings. `slug` is that of an article, whose feeds then
 * need not have it compiled again.
 */
export async function compilePageBody({
  body,
  locale,
  slug,
  kind,
}: {
  body: string
  locale: Locale
  slug?: string
  kind?: ArticleKind | undefined
}): Promise<{ html: string; headings: Heading[] }> {
  const { siteUrl } = siteEnv()
  const articleUrl = slug === undefined ? undefined : siteUrl + articlePath(locale, slug)
  const { page, headings } = await compileServedBody({
    body,
    locale,
    siteUrl,
    articleUrl,
    isLive: kind === 'live',
  })
  const index = servingIndex()
  const html = fillMarkup(page, ({ kind, path }) => {
    const address = localizePath(index, locale, path)
    if (kind === 'link') return address
    const mediaPath = toMediaPath(path)
    const picture = mediaPath === undefined ? undefined : index.findPicture(mediaPath)
    return picture ? toMediaImage(picture) : address
  })
  return { html: placeHtml(html), headings }
}
