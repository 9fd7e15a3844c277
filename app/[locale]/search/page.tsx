import type { Metadata } from 'next'
import { SearchView } from '#components/search/search-view.tsx'
import { servingIndex } from '#lib/article-index/serving-index.ts'
import { searchMetadata } from '#lib/seo/listing-metadata.ts'
import { siteEnv } from '#lib/site/env.ts'
import { articlesPerPage } from '#lib/site/listing-size.ts'
import { Paper } from '../paper.tsx'
import { readParams } from '../read-params.ts'

type Props = PageProps<'/[locale]/search'>

export const dynamic = 'force-dynamic'

/** Longer questions are cut: nobody types them and everybody can send them. */
const maxTextLength = 200

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { locale } = await readParams(params)
  const { text } = readQuery(await searchParams)
  return searchMetadata({ locale, text, siteUrl: siteEnv().siteUrl })
}

export default async function SearchPage({ params, searchParams }: Props) {
  const { locale } = await readParams(params)
  const { text, page } = readQuery(await searchParams)
  const results = text
    ? await servingIndex().search({ locale, text, page, pageSize: articlesPerPage })
    : undefined
  const sections = servingIndex().listCategories(locale)
  return (
    <Paper locale={locale} route={{ locale, page: 'search' }}>
      <SearchView locale={locale} text={text} results={results} sections={sections} />
    </Paper>
  )
}

function readQuery(query: Awaited<Props['searchParams']>): { text: string; page: number } {
  const page = Number(first(query.page) ?? 1)
  return {
    text: (first(query.q) ?? '').trim().slice(0, maxTextLength),
    page: Number.isInteger(page) && page > 0 ? page : 1,
  }
}

const first = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)
