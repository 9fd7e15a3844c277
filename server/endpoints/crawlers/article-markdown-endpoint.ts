import type { ArticleIndex } from '#lib/article-index/article-index.ts'
import type { Article } from '#lib/content/article.ts'
import { articleMarkdown } from '#lib/seo/article-markdown.ts'
import { articleMarkdownPath } from '#lib/site/document-paths.ts'
import { articlePath, parsePath } from '#lib/site/routes.ts'
import { commonHeaders } from '#server/http/security-headers.ts'
import { sendDocument, sendRefusal } from '#server/http/send-document.ts'
import type { Endpoint } from '#server/pages/front-door.ts'

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
    // `/en/…`, or a character that need not be encoded.
    const path = articleMarkdownPath(locale, slug)
    return decodeURIComponent(pathname) === decodeURIComponent(path)
      ? sendArticle(article, siteUrl)
      : redirect(path)
  }
  const absence = index.findAbsence(locale, slug)
  if (absence.kind === 'unknown') return undefined
  if (absence.kind === 'moved') return redirect(articleMarkdownPath(locale, absence.slug))
  return async (_, response) => sendRefusal(response, 410, 'This article was withdrawn.')
}

function sendArticle(article: Article, siteUrl: string): Endpoint {
  const { locale, slug, canonicalUrl, noindex } = article
  const canonical = canonicalUrl ?? siteUrl + articlePath(locale, slug)
  return async (request, response) =>
    sendDocument(request, response, {
      contentType: 'text/markdown; charset=utf-8',
      body: articleMarkdown(article, siteUrl),
      headers: {
        // The page is what search engines should show.
        link: `<${new URL(canonical).href}>; rel="canonical"`,
        ...(noindex ? { 'x-robots-tag': 'noindex' } : {}),
      },
    })
}

function redirect(location: string): Endpoint {
  return async (_, response) => {
    response
      .writeHead(308, { ...commonHeaders, location, 'cache-control': 'public, max-age=300' })
      .end()
  }
}
