import type { Metadata } from 'next'
import { SearchView } from '#components/search/search-view.tsx'
import { servingIndex, servingSearch } from '#lib/article-index/serving-index.ts'
import { searchMetadata } from '#lib/seo/page-metadata.ts'
import { parseSearchParams, toAskable, toSpan } from '#lib/site/addresses/search-params.ts'
import { siteEnv } from '#lib/site/env.ts'
import { PageShell } from '../page-shell.tsx'
import { readParams } from '../read-params.ts'

type Props = PageProps<'/[locale]/search'>

/** How many articles a page of results shows. */
const findingsPerPage = 20

/** How many topics the page suggests before a search. */
const offeredTags = 24

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { locale, question, hasQuery } = await readQuestion(props)
  return searchMetadata({ locale, text: question.text, hasQuery, siteUrl: siteEnv().siteUrl })
}

export default async function SearchPage(props: Props) {
  const { locale, question } = await readQuestion(props)
  const { lang, text, filter, order, isExact, page, ...days } = toAskable(question)
  const { tag } = filter
  const results = await servingSearch()({
    ...{ locale: lang, text, filter, ...toSpan(days), order, isExact, page },
    pageSize: findingsPerPage,
  })
  const index = servingIndex()
  return (
    <PageShell locale={locale} route={{ locale, page: 'search', question }}>
      <SearchView
        locale={locale}
        question={question}
        results={results}
        sections={index.listCategories(locale)}
        tags={index.listTags(locale).slice(0, offeredTags)}
        tagName={tag && index.listTags(lang).find(({ segment }) => segment === tag)?.name}
      />
    </PageShell>
  )
}

async function readQuestion({ params, searchParams }: Props) {
  const { locale } = await readParams(params)
  const given = Object.entries(await searchParams).flatMap(([name, value]) =>
    [value].flat().map((one) => [name, one ?? '']),
  )
  const question = parseSearchParams(locale, new URLSearchParams(given))
  return { locale, question, hasQuery: given.length > 0 }
}
