import type { SourceCount, Topic } from '#lib/article-index/article-index.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { formatTopic } from '#lib/i18n/topic-names.ts'
import { filterNames } from '#lib/site/addresses/article-filter.ts'
import type { Locale } from '#lib/site/locales.ts'
import { feedOutlinePath, feedPath, openApiPath } from '#lib/site/routes.ts'
import { FeedChooser } from './feed-chooser.tsx'
import { FeedLinks } from './feed-links.tsx'
import './feeds.css'

/** Every feed there is, for people: what to subscribe to, and how to choose more narrowly. */
export function FeedsView({
  locale,
  categories,
  sources,
}: {
  locale: Locale
  categories: Topic[]
  sources: SourceCount[]
}) {
  const messages = messagesFor(locale)
  const words = messages.feedPage
  return (
    <div className="listing feeds">
      <header className="listing-header">
        <h1>{messages.feeds}</h1>
        <p>{words.intro}</p>
        <p>{words.formats}</p>
        <p>
          <a href={feedOutlinePath(locale)}>{words.outline}</a>
        </p>
      </header>
      <ul className="feed-list">
        <FeedLinks locale={locale} scope={{ kind: 'latest' }} name={words.everything} />
      </ul>
      {categories.length > 0 && <h2 className="section-title">{words.byCategory}</h2>}
      <ul className="feed-list">
        {categories.map(({ name, segment }) => (
          <FeedLinks
            key={segment}
            locale={locale}
            scope={{ kind: 'category', segment }}
            name={formatTopic(locale, name)}
          />
        ))}
      </ul>
      {sources.length > 0 && <h2 className="section-title">{words.bySource}</h2>}
      <ul className="feed-list">
        {sources.map(({ source: { name, key } }) => (
          <FeedLinks key={key} locale={locale} scope={{ kind: 'source', key }} name={name} />
        ))}
      </ul>
      <p>{words.elsewhere}</p>
      <h2 className="section-title">{words.ownTitle}</h2>
      <p>{words.own}</p>
      <FeedChooser locale={locale} categories={categories} sources={sources} />
      <h2 className="section-title">{words.parametersTitle}</h2>
      <p>{words.parameters}</p>
      <dl className="feed-parameters">
        {filterNames.map((name) => (
          <div key={name}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>{words.parameterHelp[name]}</dd>
          </div>
        ))}
      </dl>
      <p>
        <code>{exampleOf(locale, categories)}</code>
      </p>
      <h2 className="section-title">{words.extensionTitle}</h2>
      <p id="sentiment">{words.sentimentMark}</p>
      <p id="kind">{words.kindMark}</p>
      <p>{words.provenanceMark}</p>
      <p id="extension">{words.jsonMark}</p>
      <h2 className="section-title">{words.apiTitle}</h2>
      <p>
        {`${words.api} `}
        <a href={openApiPath}>{openApiPath}</a>
      </p>
    </div>
  )
}

function exampleOf(locale: Locale, [category]: Topic[]): string {
  const filter = { category: category?.segment, sentiment: 'positive' }
  return feedPath(locale, { kind: 'latest' }, 'rss', filter)
}
