import { messagesFor } from '#lib/i18n/messages.ts'
import { topicNamesFor } from '#lib/i18n/topic-names.ts'
import { byLocale, type Locale } from '#lib/site/locales.ts'
import { site } from '#lib/site/site.ts'

/**
 * The words that the search needs in the browser, as data, so that no dictionary goes there: those of
 * the page's language, and what each language calls itself and its topics. Phrases that take something in have places
 * for it (`fillIn`); `finding.page` has two, the page and how many there are.
 */
export type SearchWords = ReturnType<typeof toSearchWords>

export function toSearchWords(locale: Locale) {
  const messages = messagesFor(locale)
  const { finding } = messages
  return {
    locale,
    siteName: site().name,
    timeZone: site().timeZone,
    languages: byLocale((language) => {
      const { languageName, languageTag } = messagesFor(language)
      return { languageName, languageTag, topicNames: topicNamesFor(language) }
    }),
    languageTag: messages.languageTag,
    category: messages.category,
    tag: messages.tag,
    source: messages.source,
    sentiment: messages.sentiment,
    kind: messages.kind,
    kinds: messages.kinds,
    sentiments: messages.sentiments,
    articles: messages.articles,
    pages: messages.pages,
    page: messages.page,
    newerPage: messages.newerPage,
    olderPage: messages.olderPage,
    search: messages.search,
    searchResultsFor: messages.searchResultsFor('{0}'),
    searchLabel: messages.searchLabel,
    searchHint: messages.searchHint,
    searchButton: messages.searchButton,
    searchNothing: messages.searchNothing('{0}'),
    searchNothingHint: messages.searchNothingHint,
    searchResults: messages.searchResults,
    finding: {
      ...finding,
      atLeast: finding.atLeast('{0}'),
      manyResults: finding.manyResults('{0}'),
      page: finding.page('{0}', '{1}'),
      inLanguage: finding.inLanguage('{0}', '{1}'),
      searchInstead: finding.searchInstead('{0}'),
    },
  }
}
