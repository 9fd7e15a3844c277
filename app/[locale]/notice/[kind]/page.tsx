import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { isNoticeKind, NoticeView } from '#components/notice/notice-view.tsx'
import { servingIndex } from '#lib/article-index/serving-index.ts'
import { noticeMetadata } from '#lib/seo/page-metadata.ts'
import { PageShell } from '../../page-shell.tsx'
import { readParams } from '../../read-params.ts'

type Props = PageProps<'/[locale]/notice/[kind]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, param } = await readParams(params)
  const kind = param('kind')
  return isNoticeKind(kind) ? noticeMetadata({ locale, kind }) : {}
}

/** Sent in place of a page that is missing, gone or broken. */
export default async function NoticePage({ params }: Props) {
  const { locale, param } = await readParams(params)
  const kind = param('kind')
  if (!isNoticeKind(kind)) notFound()
  const { articles } = servingIndex().listArticles({
    locale,
    scope: { kind: 'latest' },
    page: 1,
    pageSize: 5,
  })
  return (
    <PageShell locale={locale} route={undefined}>
      <NoticeView locale={locale} kind={kind} latest={articles} />
    </PageShell>
  )
}
