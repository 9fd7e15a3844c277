import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { MoodArticlesView, titleOf } from '#components/mood/mood-articles-view.tsx'
import { MoodView } from '#components/mood/mood-view.tsx'
import { servingIndex } from '#lib/article-index/serving-index.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { moodMetadata } from '#lib/seo/page-metadata.ts'
import { sentimentSegments } from '#lib/site/addresses/article-filter.ts'
import type { MoodAddress } from '#lib/site/addresses/mood-address.ts'
import { siteEnv } from '#lib/site/env.ts'
import type { Locale } from '#lib/site/locales.ts'
import type { MoodSpan } from '#lib/site/mood.ts'
import { articlesPerPage, parsePath } from '#lib/site/routes.ts'
import { findScopeName } from '../../find-scope-name.ts'
import { PageShell } from '../../page-shell.tsx'
import { readParams } from '../../read-params.ts'

type Props = PageProps<'/[locale]/mood/[[...address]]'>

/** How many sources and topics are compared: those with the most articles. */
const topicsCompared = 20

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, address } = await readAddress(params)
  const { mood } = messagesFor(locale)
  const name = nameOf(locale, address)
  const isChart = address.period.kind === 'span' && address.sentiment === undefined
  const title = name === undefined ? mood.title : mood.titleOf(name)
  return moodMetadata({
    locale,
    address,
    title: isChart ? title : `${titleOf(locale, address)} · ${title}`,
    siteUrl: siteEnv().siteUrl,
  })
}

export default async function MoodPage({ params }: Props) {
  const { locale, address } = await readAddress(params)
  const { scope, period, sentiment } = address
  return (
    <PageShell locale={locale} route={address}>
      {period.kind === 'span' && sentiment === undefined ? (
        <MoodView
          locale={locale}
          scope={scope}
          span={period.span}
          name={nameOf(locale, address)}
          steps={servingIndex().listMoodSteps({ locale, scope, span: period.span })}
          topics={scope.kind === 'latest' ? listTopics(locale, period.span) : undefined}
        />
      ) : (
        <MoodArticlesView
          locale={locale}
          address={address}
          name={nameOf(locale, address) ?? messagesFor(locale).mood.everything}
          listing={findListing(locale, address)}
          sentimentsThere={sentimentSegments.filter(
            (one) =>
              period.kind === 'span' ||
              findListing(locale, { ...address, sentiment: one, number: 1 }).articleCount > 0,
          )}
        />
      )}
    </PageShell>
  )
}

/** The segments are read as the public address is. */
async function readAddress(params: Props['params']) {
  const { address: segments = [] } = await params
  const { locale } = await readParams(params)
  const route = parsePath(['', locale, 'mood', ...segments].join('/'))
  if (route?.page !== 'mood') notFound()
  return { locale, address: route }
}

function nameOf(locale: Locale, { scope }: MoodAddress): string | undefined {
  if (scope.kind === 'latest') return undefined
  const index = servingIndex()
  const listing = index.listArticles({ locale, scope, page: 1, pageSize: 1 })
  if (listing.articleCount === 0) notFound()
  return findScopeName(index, locale, scope, listing)
}

function listTopics(locale: Locale, span: MoodSpan) {
  const list = (kind: 'category' | 'source' | 'tag') =>
    servingIndex().listMoodsByTopic({ locale, kind, span, limit: topicsCompared })
  return { category: list('category'), source: list('source'), tag: list('tag') }
}

const findListing = (locale: Locale, { scope, period, sentiment, number }: MoodAddress) =>
  servingIndex().listMoodArticles({
    locale,
    scope,
    period,
    sentiment,
    page: number,
    pageSize: articlesPerPage,
  })
