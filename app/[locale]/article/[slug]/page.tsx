import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ArticleView } from '#components/article/article-view.tsx'
import { relatedArticleCount } from '#components/article/more-articles.tsx'
import { withAuthorNames } from '#lib/article-index/article-index.ts'
import { servingIndex } from '#lib/article-index/serving-index.ts'
import type { Article } from '#lib/content/article.ts'
import { toPlainText } from '#lib/content/plain-text.ts'
import { listUpdates } from '#lib/markdown/live-updates.ts'
import { articleJsonLd } from '#lib/seo/article-json-ld.ts'
import { articleMetadata } from '#lib/seo/article-metadata.ts'
import { siteEnv } from '#lib/site/env.ts'
import { compilePageBody } from '../../compile-page-body.ts'
import { findStory } from '../../find-scope-name.ts'
import { PageShell } from '../../page-shell.tsx'
import { readParams } from '../../read-params.ts'

type Props = PageProps<'/[locale]/article/[slug]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { article, translations } = await findByParams(params)
  return articleMetadata({
    article: withAuthorNames(servingIndex(), article),
    translations,
    siteUrl: siteEnv().siteUrl,
  })
}

export default async function ArticlePage({ params }: Props) {
  const { article, translations } = await findByParams(params)
  const { locale, slug } = article
  const { siteUrl } = siteEnv()
  const index = servingIndex()
  const compiled = await compilePageBody(article)
  const bylines = index.listBylines({ locale, authors: article.authors })
  return (
    <PageShell locale={locale} route={{ locale, page: 'article', slug }}>
      <ArticleView
        article={article}
        bylines={bylines}
        related={index.listRelated(article, relatedArticleCount)}
        neighbours={index.findNeighbours(article)}
        story={article.storyKey ? findStory(index, locale, article.storyKey) : undefined}
        siteUrl={siteUrl}
        jsonLd={articleJsonLd({
          article,
          translations,
          bylines,
          updates: describeUpdates(article),
          siteUrl,
        })}
        {...compiled}
      />
    </PageShell>
  )
}

/** The updates of a live story in plain words; of any other article none. */
function describeUpdates({ kind, body }: Article) {
  if (kind !== 'live') return []
  return listUpdates(body).map(({ id, at, title, text }) => {
    return { id, at, title: toPlainText(title), text: toPlainText(text) }
  })
}

async function findByParams(params: Props['params']) {
  const { locale, param } = await readParams(params)
  const article = servingIndex().findArticle(locale, param('slug'))
  if (!article) notFound()
  return { article, translations: servingIndex().listTranslations(article) }
}
