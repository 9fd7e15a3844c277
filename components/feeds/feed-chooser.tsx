import type { SourceCount, Topic } from '#lib/article-index/article-index.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { formatTopic } from '#lib/i18n/topic-names.ts'
import { articleKinds, sentimentSegments } from '#lib/site/addresses/article-filter.ts'
import type { Locale } from '#lib/site/locales.ts'
import { feedFormats, feedPath } from '#lib/site/routes.ts'
import { feedFormatNames } from './feed-links.tsx'
import './feeds.css'

type Choice = { value: string; name: string }

/** A form that leads to a filtered feed; the server leaves out what was not chosen. */
export function FeedChooser({
  locale,
  categories,
  sources,
}: {
  locale: Locale
  categories: Topic[]
  sources: SourceCount[]
}) {
  const { category, tag, source, sentiment, sentiments, kind, kinds, feedPage } =
    messagesFor(locale)
  const sentimentNames = Object.entries(sentiments).map(([key, name]) => [key.toLowerCase(), name])
  const nameBySentiment: Record<string, string> = Object.fromEntries(sentimentNames)
  return (
    <form className="feed-chooser" action={feedPath(locale, { kind: 'latest' }, 'rss')}>
      <Select
        locale={locale}
        name="category"
        label={category}
        choices={categories.map(({ name, segment }) => ({
          value: segment,
          name: formatTopic(locale, name),
        }))}
      />
      <label>
        {tag}
        <input name="tag" placeholder={feedPage.tagHint} autoComplete="off" maxLength={100} />
      </label>
      <Select
        locale={locale}
        name="source"
        label={source}
        choices={sources.map(({ source: { name, key } }) => ({ value: key, name }))}
      />
      <Select
        locale={locale}
        name="sentiment"
        label={sentiment}
        choices={sentimentSegments.map((value) => ({
          value,
          name: nameBySentiment[value] ?? value,
        }))}
      />
      <Select
        locale={locale}
        name="kind"
        label={kind}
        choices={articleKinds.map((value) => ({ value, name: kinds[value] }))}
      />
      <p>
        {feedFormats.map((format) => (
          <button
            key={format}
            type="submit"
            formAction={feedPath(locale, { kind: 'latest' }, format)}
          >
            {feedPage.open(feedFormatNames[format])}
          </button>
        ))}
      </p>
    </form>
  )
}

function Select({
  locale,
  name,
  label,
  choices,
}: {
  locale: Locale
  name: string
  label: string
  choices: Choice[]
}) {
  return (
    <label>
      {label}
      <select name={name}>
        <option value="">{messagesFor(locale).feedPage.any}</option>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.name}
          </option>
        ))}
      </select>
    </label>
  )
}
