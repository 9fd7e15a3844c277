import { LiveSearch } from '#components/search/live/live-search.tsx'
import type { SearchResults, Topic } from '#lib/article-index/article-index.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { formatTopic } from '#lib/i18n/topic-names.ts'
import type { SearchParams } from '#lib/site/addresses/search-params.ts'
import type { Locale } from '#lib/site/locales.ts'
import { listingPath, plainPagePath } from '#lib/site/routes.ts'
import { toFindings } from './findings.ts'
import { toSearchWords } from './search-words.ts'

/**
 * The search page: the form, and what it found. Before a question `results` are of everything, and
 * only their counts are shown. `tagName` is the tag in the question as articles write it.
 */
export function SearchView({
  locale,
  question,
  results,
  sections,
  tags,
  tagName = question.filter.tag ?? '',
}: {
  locale: Locale
  question: SearchParams
  results: SearchResults
  sections: Topic[]
  tags: Topic[]
  tagName: string | undefined
}) {
  const messages = messagesFor(locale)
  return (
    <div className="listing search">
      <header className="listing-header">
        <h1>{messages.search}</h1>
      </header>
      <LiveSearch
        words={toSearchWords(locale)}
        tagName={formatTopic(locale, tagName)}
        first={{ question, findings: toFindings(results) }}
        overview={
          <div className="search-overview">
            <TopicLinks
              locale={locale}
              kind="category"
              title={messages.sections}
              topics={sections}
            />
            <TopicLinks locale={locale} kind="tag" title={messages.finding.topics} topics={tags} />
            <p>
              <a href={plainPagePath(locale, 'tags')} className="more-link">
                {messages.allTags}
              </a>
            </p>
          </div>
        }
      />
    </div>
  )
}

function TopicLinks({
  locale,
  kind,
  title,
  topics,
}: {
  locale: Locale
  kind: 'category' | 'tag'
  title: string
  topics: Topic[]
}) {
  if (topics.length === 0) return undefined
  return (
    <section>
      <h2 className="section-title">{title}</h2>
      <ul className="topic-list">
        {topics.map(({ name, segment }) => (
          <li key={segment}>
            <a href={listingPath(locale, { kind, segment })}>{formatTopic(locale, name)}</a>
          </li>
        ))}
      </ul>
    </section>
  )
}
