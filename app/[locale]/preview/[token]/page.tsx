import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ArticleView } from '#components/article/article-view.tsx'
import { PreviewBanner } from '#components/article/preview-banner.tsx'
import { servingIndex } from '#lib/article-index/serving-index.ts'
import { findPendingPreview } from '#lib/content/pending-previews.ts'
import { siteEnv } from '#lib/site/env.ts'
import { compilePageBody } from '../../compile-page-body.ts'
import { PageShell } from '../../page-shell.tsx'
import { readParams } from '../../read-params.ts'

type Props = PageProps<'/[locale]/preview/[token]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { article } = await findByParams(params)
  return { title: article.title, robots: { index: false, follow: false } }
}

/**
 * An unpublished article for readers with a signed link, or a text as an editor is writing it. No public
 * address leads here. It is never cached: each rendering has a token of its own.
 */
export default async function PreviewPage({ params }: Props) {
  const { article, reason } = await findByParams(params)
  const { locale } = article
  const index = servingIndex()
  const compiled = await compilePageBody(article)
  return (
    <PageShell locale={locale} route={undefined}>
      {reason && <PreviewBanner article={article} reason={reason} />}
      <ArticleView
        article={article}
        bylines={index.listBylines({ locale, authors: article.authors })}
        related={[]}
        neighbours={{ newer: undefined, older: undefined }}
        siteUrl={siteEnv().siteUrl}
        jsonLd={undefined}
        isUnpublished
        {...compiled}
      />
    </PageShell>
  )
}

async function findByParams(params: Props['params']) {
  const { param } = await readParams(params)
  const preview = findPendingPreview(param('token'))
  if (!preview) notFound()
  return preview
}
