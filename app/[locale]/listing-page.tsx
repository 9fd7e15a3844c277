import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ListingView } from '#components/listing/listing-view.tsx'
import { servingIndex } from '#lib/article-index/serving-index.ts'
import type { Locale } from '#lib/site/locales.ts'
import { listingMetadata } from '#lib/seo/listing-metadata.ts'
import { siteEnv } from '#lib/site/env.ts'
import { articlesPerPage } from '#lib/site/listing-size.ts'
import type { ListingScope } from '#lib/site/routes.ts'
import { findScopeName } from './find-scope-name.ts'
import { Paper } from './paper.tsx'
import { readParams } from './read-params.ts'

type Params = Parameters<typeof readParams>[0]

/** The page and the head of one kind of listing, given how its parameters name its scope. */
export function listingPage(toScope: (param: (name: string) => string) => ListingScope) {
  async function readListing(params: Params) {
    const { locale, param, pageNumber } = await readParams(params)
    const scope = toScope(param)
    return { locale, scope, ...findListing(locale, scope, pageNumber) }
  }

  async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
    const { locale, scope, name, listing } = await readListing(params)
    return listingMetadata({ locale, scope, name, listing, siteUrl: siteEnv().siteUrl })
  }

  async function ListingPage({ params }: { params: Params }) {
    const { locale, scope, name, listing } = await readListing(params)
    return (
      <Paper locale={locale} route={{ locale, page: 'listing', scope, number: listing.page }}>
        <ListingView locale={locale} scope={scope} name={name} listing={listing} />
      </Paper>
    )
  }

  return { ListingPage, generateMetadata }
}

/** An empty `latest` is a page; any other listing without articles, or past its end, is none. */
function findListing(locale: Locale, scope: ListingScope, page: number) {
  const listing = servingIndex().listArticles({ locale, scope, page, pageSize: articlesPerPage })
  if (page > Math.max(listing.pageCount, scope.kind === 'latest' ? 1 : 0)) notFound()
  return { listing, name: findScopeName(servingIndex(), locale, scope, listing) }
}
