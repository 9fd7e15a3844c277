import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { AuthorNote } from '#components/article/author-note.tsx'
import { JsonLd } from '#components/head/json-ld.tsx'
import { AssetNote } from '#components/listing/asset-note.tsx'
import { MonthCalendar } from '#components/listing/indexes/month-calendar.tsx'
import { mostExplainers } from '#components/listing/listing-sidebar.tsx'
import { ListingView } from '#components/listing/listing-view.tsx'
import { StoryReports } from '#components/listing/story-reports.tsx'
import { MoodStrip } from '#components/mood/mood-strip.tsx'
import { SourceFactsLine } from '#components/trust/source-facts-line.tsx'
import type { Listing } from '#lib/article-index/article-index.ts'
import { servingIndex } from '#lib/article-index/serving-index.ts'
import type { ArticleSummary } from '#lib/content/article.ts'
import { authorJsonLd, listingJsonLd } from '#lib/seo/page-json-ld.ts'
import { listingMetadata } from '#lib/seo/page-metadata.ts'
import { siteEnv } from '#lib/site/env.ts'
import type { Locale } from '#lib/site/locales.ts'
import { findEntity } from '#lib/site/names.ts'
import { articlesPerPage, type ListingScope, leastArticles } from '#lib/site/routes.ts'
import { compilePageBody } from './compile-page-body.ts'
import { findMood } from './find-mood.ts'
import { findScopeName, findStory } from './find-scope-name.ts'
import { PageShell } from './page-shell.tsx'
import { readParams } from './read-params.ts'

type Params = Parameters<typeof readParams>[0]

/**
 * What the file of a kind of listing exports: the page of a listing, and its head. `toScope` is how the
 * parameters of its address name the scope.
 */
export function listingPage(toScope: (param: (name: string) => string) => ListingScope) {
  async function read(params: Params) {
    const { locale, param, pageNumber } = await readParams(params)
    const scope = toScope(param)
    const { siteUrl } = siteEnv()
    return { locale, scope, siteUrl, ...findListing(locale, scope, pageNumber) }
  }
  return {
    async generateMetadata({ params }: { params: Params }): Promise<Metadata> {
      return listingMetadata(await read(params))
    },
    async Page({ params }: { params: Params }) {
      const found = await read(params)
      const { locale, scope, name, listing } = found
      return (
        <PageShell locale={locale} route={{ locale, page: 'listing', scope, number: listing.page }}>
          <JsonLd json={listingJsonLd(found)} />
          <ListingView
            locale={locale}
            scope={scope}
            name={name}
            listing={listing}
            calendar={scope.kind === 'archive' && <Calendar locale={locale} scope={scope} />}
            explainers={listing.page === 1 ? listExplainers(locale, scope) : []}
            aside={listing.page === 1 && <Aside locale={locale} scope={scope} listing={listing} />}
          />
        </PageShell>
      )
    },
  }
}

/** In the order of the listing; enough for the sidebar when the first page shows as many as it can. */
function listExplainers(locale: Locale, scope: ListingScope) {
  const filter = { kind: 'explainer' }
  const limit = articlesPerPage + mostExplainers
  return servingIndex().listMatches({ locale, scope, filter, limit }).articles
}

function Calendar({
  locale,
  scope,
}: {
  locale: Locale
  scope: ListingScope & { kind: 'archive' }
}) {
  const index = servingIndex()
  const months = index.listMonths(locale)
  const at = months.findIndex(({ year, month }) => year === scope.year && month === scope.month)
  return (
    <MonthCalendar
      locale={locale}
      month={scope}
      days={index.listDays(locale, { year: scope.year, month: scope.month })}
      later={months[at - 1]}
      earlier={at === -1 ? undefined : months[at + 1]}
    />
  )
}

/** What a first page says of its listing: its mood, and what is known of a source, an asset or a story. */
function Aside({
  locale,
  scope,
  listing: { articles },
}: {
  locale: Locale
  scope: ListingScope
  listing: Listing
}) {
  if (scope.kind === 'story') return <StoryReports locale={locale} articles={articles} />
  if (scope.kind === 'asset') {
    const asset = findEntity(scope.key)
    if (!asset) return undefined
    return (
      <AssetNote
        locale={locale}
        asset={asset}
        stories={listStoriesOf(locale, articles)}
        mood={findMood(servingIndex(), locale, scope)}
      />
    )
  }
  if (scope.kind === 'author') return <AuthorAside locale={locale} authorKey={scope.key} />
  if (scope.kind !== 'category' && scope.kind !== 'source') return undefined
  const facts =
    scope.kind === 'source' ? servingIndex().findSourceFacts(locale, scope.key) : undefined
  return (
    <>
      {facts && <SourceFactsLine locale={locale} facts={facts} />}
      <MoodStrip locale={locale} scope={scope} {...findMood(servingIndex(), locale, scope)} />
    </>
  )
}

/** The stories that some articles belong to, each once. */
function listStoriesOf(locale: Locale, articles: ArticleSummary[]) {
  const keys = new Set(articles.flatMap(({ storyKey }) => storyKey ?? []))
  return [...keys].flatMap((key) => {
    const story = findStory(servingIndex(), locale, key)
    return story ? [{ key, name: story.name }] : []
  })
}

async function AuthorAside({ locale, authorKey }: { locale: Locale; authorKey: string }) {
  const author = servingIndex().findAuthor(locale, authorKey)
  if (!author) return undefined
  const { html } = await compilePageBody({ body: author.body, locale })
  const { siteUrl } = siteEnv()
  return (
    <>
      <JsonLd json={authorJsonLd({ locale, author, siteUrl })} />
      <AuthorNote locale={locale} author={author} html={html} />
    </>
  )
}

/** An empty `latest` and an author without articles are pages; any other listing without articles, or past its end, is none. */
function findListing(locale: Locale, scope: ListingScope, page: number) {
  const listing = servingIndex().listArticles({ locale, scope, page, pageSize: articlesPerPage })
  const isAuthor =
    scope.kind === 'author' && servingIndex().findAuthor(locale, scope.key) !== undefined
  if (scope.kind === 'author' && !isAuthor) notFound()
  if (page > Math.max(listing.pageCount, scope.kind === 'latest' || isAuthor ? 1 : 0)) notFound()
  if (scope.kind === 'story' && listing.articleCount < leastArticles(scope)) notFound()
  return { listing, name: findScopeName(servingIndex(), locale, scope, listing) }
}
