import { type ArticleIndex, withAuthorNames } from '#lib/article-index/article-index.ts'
import type { Article } from '#lib/content/article.ts'
import { articleMarkdown } from '#lib/seo/article-markdown.ts'
import { articleMarkdownPath } from '#lib/site/document-paths.ts'
import { articlePath, toRoute } from '#lib/site/routes.ts'
import type { Address } from '../../http/address.ts'
import { type Endpoint, type Exchange, sendRedirect, sendSentence } from '../../http/send.ts'
import { sendText } from '../../http/send-document.ts'

/**
 * The endpoint of `/article/<slug>.md`, or undefined for other addresses. An address that any file
 * holds as its page is that page's, also when an alias ends in `.md`: the text of an article whose own
 * slug ends so is at `<slug>.md.md`.
 */
export function findArticleMarkdown(
  { path, segments }: Address,
  {
    index,
    siteUrl,
  }: { index: Pick<ArticleIndex, 'findArticle' | 'findAbsence' | 'listBylines'>; siteUrl: string },
): Endpoint | undefined {
  const route = path.endsWith('.md') ? toRoute(segments) : undefined
  if (route?.page !== 'article') return undefined
  const { locale } = route
  const slug = route.slug.slice(0, -'.md'.length)
  if (slug === '' || index.findArticle(locale, route.slug)) return undefined
  const pageAbsence = index.findAbsence(locale, route.slug)
  const article = index.findArticle(locale, slug)
  // An alias `a.md` of another article leads there only while no article is called `a`.
  if (article && pageAbsence.kind !== 'withdrawn') {
    const own = articleMarkdownPath(locale, slug)
    return path === own
      ? (exchange) => sendArticle(exchange, withAuthorNames(index, article), siteUrl)
      : (exchange) => sendRedirect(exchange, own)
  }
  if (pageAbsence.kind !== 'unknown') return undefined
  const absence = index.findAbsence(locale, slug)
  if (absence.kind === 'withdrawn') {
    return (exchange) => sendSentence(exchange, 410, 'This article was withdrawn.')
  }
  if (absence.kind !== 'moved') return undefined
  const { slug: newSlug } = absence
  return (exchange) => sendRedirect(exchange, articleMarkdownPath(locale, newSlug))
}

function sendArticle(exchange: Exchange, article: Article, siteUrl: string): Promise<void> {
  const { locale, slug, canonicalUrl, noindex } = article
  const canonical = canonicalUrl ?? siteUrl + articlePath(locale, slug)
  return sendText(exchange, {
    contentType: 'text/markdown; charset=utf-8',
    body: articleMarkdown(article, siteUrl),
    headers: {
      // The page is what search engines should show.
      link: `<${new URL(canonical).href}>; rel="canonical"`,
      ...(noindex ? { 'x-robots-tag': 'noindex' } : {}),
    },
  })
}
