import type { ArticleIndex } from '#lib/article-index/article-index.ts'
import type { Endpoint } from '#lib/front-door/front-door.ts'
import { commonHeaders } from '#lib/front-door/security-headers.ts'
import { articleMarkdown } from '#lib/seo/article-markdown.ts'
import { articleMarkdownPath } from '#lib/site/document-paths.ts'
import { articlePath, parsePath } from '#lib/site/routes.ts'
import { sendDocument, sendRefusal } from './send-document.ts'

/**
 * The endpoint of `/article/<slug>.md`, or undefined for other addresses. An article whose own slug
 * ends in `.md` keeps its address: its text is at `<slug>.md.md`.
 */
export function findArticleMarkdown(
  pathname: string,
  { index, siteUrl }: { index: Pick<ArticleIndex, 'findArticle' | 'findAbsence'>; siteUrl: string },
): Endpoint | undefined {
  const route = pathname.endsWith('.md') ? parsePath(pathname) : undefined
  if (route?.page !== 'article') return undefined
  const { locale } = route
  const slug = route.slug.slice(0, -'.md'.length)
  if (slug === '' || index.findArticle(locale, route.slug)) return undefined
  if (index.findAbsence(locale, route.slug).kind !== 'unknown') return undefined
  const article = index.findArticle(locale, slug)
  if (article) {
    const canonical = article.canonicalUrl ?? siteUrl + articlePath(locale, slug)
    return async (request, response) =>
      sendDocument(request, response, {
        contentType: 'text/markdown; charset=utf-8',
        body: articleMarkdown(article, siteUrl),
        headers: {
          // The page is what search engines should show.
          link: `<${canonical.replaceAll('>', '%3E')}>; rel="canonical"`,
          ...(article.noindex ? { 'x-robots-tag': 'noindex' } : {}),
        },
      })
  }
  const absence = index.findAbsence(locale, slug)
  if (absence.kind === 'unknown') return undefined
  if (absence.kind === 'withdrawn') {
    return async (_, response) => sendRefusal(response, 410, 'This article was withdrawn.')
  }
  const location = articleMarkdownPath(locale, absence.slug)
  return async (_, response) => {
    response
      .writeHead(308, { ...commonHeaders, location, 'cache-control': 'public, max-age=300' })
      .end()
  }
}
