import { ArticleTools } from '#components/article/tools/article-tools.tsx'
import { CoverPicture } from '#components/cover/cover-picture.tsx'
import { JsonLd } from '#components/head/json-ld.tsx'
import { NewUpdates } from '#components/listing/new-articles.tsx'
import type { Article, ArticleSummary, Byline } from '#lib/content/article.ts'
import { toCoverCredit } from '#lib/covers/cover-credit.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import type { Heading } from '#lib/markdown/rehype-house-style.ts'
import { articlePath } from '#lib/site/routes.ts'
import { AboutText } from './about-text.tsx'
import { ArticleHeader } from './article-header.tsx'
import { Contents } from './contents.tsx'
import { Corrections } from './corrections.tsx'
import { CoverCreditLine } from './cover-credit-line.tsx'
import { MoreArticles, StorySoFar } from './more-articles.tsx'
import { Prices } from './prices.tsx'
import { Prose } from './prose.tsx'
import { TagLinks } from './tag-links.tsx'
import './article.css'

/** An article as it is read. `html` and `headings` are its body's; `jsonLd` is already serialised for a script element; a preview has none. */
export function ArticleView({
  article,
  bylines,
  related,
  neighbours,
  story,
  siteUrl,
  jsonLd,
  html,
  headings,
  isUnpublished = false,
}: {
  article: Article
  bylines: Byline[]
  related: ArticleSummary[]
  neighbours: { newer: ArticleSummary | undefined; older: ArticleSummary | undefined }
  /** The story that the article belongs to, with its newest articles, itself among them. */
  story?: { name: string; articles: ArticleSummary[] } | undefined
  siteUrl: string
  jsonLd: string | undefined
  html: string
  headings: Heading[]
  isUnpublished?: boolean
}) {
  const { locale, slug, cover, chart, body, corrections } = article
  const messages = messagesFor(locale)
  const credit = cover && !chart && toCoverCredit(cover)
  return (
    <>
      {jsonLd && <JsonLd json={jsonLd} />}
      {jsonLd && article.kind === 'live' && <NewUpdates locale={locale} slug={slug} />}
      <article className="article">
        <ArticleHeader article={article} bylines={bylines} />
        {jsonLd && <ArticleTools article={article} />}
        <figure className="article-cover">
          <CoverPicture article={article} place="article" isLargest isUnpublished={isUnpublished} />
          {chart?.source && (
            <figcaption className="meta">
              <span>{`${messages.source}: ${chart.source}`}</span>
            </figcaption>
          )}
          {credit && <CoverCreditLine locale={locale} credit={credit} />}
        </figure>
        <Prices article={article} />
        <Contents locale={locale} headings={headings} />
        <Prose html={html}>{body.trim() === '' ? <p>{messages.emptyBody}</p> : undefined}</Prose>
        <footer className="article-footer">
          <Corrections locale={locale} corrections={corrections} />
          <AboutText article={article} />
          <TagLinks article={article} />
          <p className="only-print">{siteUrl + decodeURI(articlePath(locale, slug))}</p>
        </footer>
      </article>
      {story && <StorySoFar article={article} {...story} />}
      <MoreArticles locale={locale} related={related} neighbours={neighbours} />
    </>
  )
}
