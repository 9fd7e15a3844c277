import { ProvenanceLabel } from '#components/article/provenance-label.tsx'
import { CoverPicture } from '#components/cover/cover-picture.tsx'
import { SaveButton } from '#components/offline/save-button.tsx'
import { Instant } from '#components/text/instant.tsx'
import type { ArticleSummary } from '#lib/content/article.ts'
import type { CoverPlace } from '#lib/covers/cover-sizes.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { formatTopic } from '#lib/i18n/topic-names.ts'
import { typeset } from '#lib/i18n/typeset.ts'
import { articlePath, listingPath } from '#lib/site/routes.ts'
import { toSegment } from '#lib/site/segment.ts'

/**
 * How much of an article a list shows. The headline is the one link to it; the picture is beside
 * the text and carries no link of its own, so a screen reader hears each article once. In the river the
 * time comes first: it is why an article stands where it does.
 *
 * A feature is a second with a picture that can stand above its headline.
 *
 * What argues or goes on says so at the beginning of its headline. An explainer says it among the facts,
 * but in the river, where a narrow line has no room for it beside the time.
 */
export type TeaserKind = 'lead' | 'feature' | 'second' | 'card' | 'row' | 'brief' | 'river'

const places: Record<TeaserKind, CoverPlace | undefined> = {
  lead: 'lead',
  feature: 'card',
  second: 'thumbnail',
  card: 'card',
  row: 'thumbnail',
  brief: undefined,
  river: undefined,
}

export function ArticleTeaser({
  article,
  kind,
  heading: Heading = 'h3',
  isLargest = false,
  isCategoryShown = true,
  isKindShown = true,
  isSentimentShown = false,
}: {
  article: ArticleSummary
  kind: TeaserKind
  heading?: 'h2' | 'h3'
  /** Whether its picture is the largest of the page and therefore loaded first. */
  isLargest?: boolean
  isCategoryShown?: boolean
  /** Not where all of a list are of one kind, which its heading says. */
  isKindShown?: boolean
  isSentimentShown?: boolean
}) {
  const { locale, slug, title, description, category, publishedAt } = article
  const place = places[kind]
  const hasStandfirst = kind === 'lead' || kind === 'card' || kind === 'row'
  const { sentiments, kinds } = messagesFor(locale)
  const kindName =
    isKindShown && article.kind && article.kind !== 'news' ? kinds[article.kind] : undefined
  const isKindFirst = kind === 'river' || article.kind !== 'explainer'
  const time = (
    <Instant
      locale={locale}
      at={publishedAt}
      format={kind === 'river' ? 'day-time' : 'short-date'}
      hasAge
    />
  )
  const meta = (
    <p className="meta">
      {kind === 'river' && time}
      {isCategoryShown && (
        <a href={listingPath(locale, { kind: 'category', segment: toSegment(category) })}>
          {formatTopic(locale, category)}
        </a>
      )}
      {!isKindFirst && kindName && <span>{kindName}</span>}
      {isSentimentShown && article.sentiment && <span>{sentiments[article.sentiment]}</span>}
      <ProvenanceLabel article={article} isShort />
      {kind !== 'river' && time}
      {(kind === 'row' || kind === 'lead') && <SaveButton />}
    </p>
  )
  return (
    <article className={`teaser teaser-${kind === 'feature' ? 'second' : kind}`}>
      {place && <CoverPicture article={article} place={place} isLargest={isLargest} isDecoration />}
      <div className="teaser-text">
        {kind === 'river' && meta}
        <Heading className="teaser-title">
          {isKindFirst && kindName && <span className="teaser-kind">{`${kindName} `}</span>}
          <a href={articlePath(locale, slug)}>{typeset(locale, title)}</a>
        </Heading>
        {hasStandfirst && description && (
          <p className="teaser-standfirst">{typeset(locale, description)}</p>
        )}
        {kind !== 'river' && meta}
      </div>
    </article>
  )
}
