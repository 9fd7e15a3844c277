import type {
  Article,
  ArticleSummary,
  Author,
  Byline,
  Correction,
  EditorPage,
  EditorPageSummary,
  Picture,
  Source,
} from '#lib/content/article.ts'
import type { Problem } from '#lib/content/problem.ts'
import type { Redirect } from '#lib/content/redirects.ts'
import type { ArticleFilter, SentimentSegment } from '#lib/site/addresses/article-filter.ts'
import type { Locale } from '#lib/site/locales.ts'
import type { MoodPeriod, MoodScope, MoodSpan } from '#lib/site/mood.ts'
import type { ListingScope } from '#lib/site/routes.ts'

export type { ListingScope }

/** One page of summaries, newest first, and where it stands. Pages count from 1. */
export type Listing = {
  articles: ArticleSummary[]
  page: number
  /** 0 when the scope holds nothing. A page past it has no articles. */
  pageCount: number
  articleCount: number
}

/** A category or a tag that has at least one visible article. `name` is as most recently written. */
export type Topic = { name: string; segment: string; articleCount: number; latestAt: string }

export type SourceCount = { source: Source; articleCount: number; latestAt: string }

/** A month (UTC) that has at least one visible article. */
export type ArchiveMonth = { year: number; month: number; articleCount: number }

/** A day with at least one visible article, in the publication's time zone: `2026-11-30`. */
export type ArchiveDay = { date: string; articleCount: number }

/** How many articles have each sentiment. Articles without one are not counted. */
export type MoodCounts = Record<SentimentSegment, number>

/** The mood in a stretch of time: an hour or a day. */
export type MoodStep = { period: MoodPeriod; counts: MoodCounts }

/** The mood of the coverage in one category or tag, or from one source. */
export type MoodOfTopic = { name: string; scope: MoodScope; counts: MoodCounts }

/** A correction, and the article in which it was made. `number` counts the article's own from 1. */
export type ListedCorrection = { correction: Correction; number: number; article: ArticleSummary }

/** One page of corrections, newest first. */
export type CorrectionListing = Omit<Listing, 'articles' | 'articleCount'> & {
  corrections: ListedCorrection[]
  correctionCount: number
}

/** How much of the publication comes from a source. Instants are publication times. */
export type SourceFacts = {
  source: Source
  /** The origin of its newest story's address; undefined when that story has none. */
  siteUrl: string | undefined
  articleCount: number
  /** Of all articles in this language, in hundredths, with one decimal place. */
  sharePercent: number
  firstAt: string
  latestAt: string
}

/** A run of text that either matched the query or stands around a match. */
export type HighlightedText = { text: string; isMatch: boolean }[]

export type SearchHit = {
  article: ArticleSummary
  title: HighlightedText
  /** Up to about 40 words around the best matches in description or body, as plain text. */
  excerpt: HighlightedText
}

/** A question to the full-text search. Without words it finds what meets the conditions, if any. */
export type SearchQuery = {
  locale: Locale
  text: string
  filter?: ArticleFilter
  /** UTC instants of publication: inclusive, exclusive. */
  from?: string | undefined
  before?: string | undefined
  /** The default is the best first; without words it is always the newest. */
  order?: 'relevance' | 'newest'
  /** Words that nothing has are searched for as they are, and not put right. */
  isExact?: boolean
  page: number
  pageSize: number
}

/** `all`: every match is counted. `newest`: there are more, and the newest thousand or so are. */
type Coverage = 'all' | 'newest'

/** How many matches have this category, source or sentiment; the most first. */
export type SearchFacet = {
  values: { segment: string; name: string; articleCount: number }[]
  coverage: Coverage
}

export type SearchResults = {
  hits: SearchHit[]
  page: number
  pageCount: number
  /** Matches that can be paged through; see `coverage`. */
  hitCount: number
  /** `none`: too many searches at once, or one took too long; nothing was looked at. */
  coverage: Coverage | 'none'
  /** Each is counted under all conditions but the one of its own kind. */
  facets: Record<'category' | 'source' | 'sentiment', SearchFacet>
  /** What the same question finds in each language. */
  languages: { locale: Locale; articleCount: number; coverage: Coverage }[]
  /** The question with its unknown words put right, where nothing has all of them. */
  suggestion: string | undefined
  /** The question that was answered instead, where nothing has all words of the one that was asked. */
  correctedTo: string | undefined
}

/** What questions about an article need to know of it. */
export type ArticleKey = Pick<
  ArticleSummary,
  'locale' | 'slug' | 'publishedAt' | 'category' | 'tags' | 'source'
>

/** An article's place in the order of every listing: newest first, equal instants by slug. */
export type ListingCursor = Pick<ArticleSummary, 'publishedAt' | 'slug'>

/** What meets a filter, newest first, from some place on. */
export type MatchQuery = {
  locale: Locale
  scope: ListingScope
  filter: ArticleFilter
  limit: number
  /** The walk goes on after this place; from the newest when left out. */
  after?: ListingCursor
}

/**
 * Some of what meets a filter. `next` is where to go on; undefined when there is no more. Where few
 * articles meet it, looking ends after a while: there may be fewer than `limit`, and a `next`.
 */
export type Matches<Found> = { articles: Found[]; next: ListingCursor | undefined }
/**
 * A span of publication time in one language, or a stretch of it. Oldest first: the first `limit`
 * articles (all, when not given) after the article `after`, leaving out `skip` of them.
 */
export type SpanSlice = {
  locale: Locale
  /** UTC instants: inclusive, exclusive. */
  from: string
  before: string
  after?: Pick<ArticleSummary, 'publishedAt' | 'slug'> | undefined
  skip?: number
  limit?: number
}

/** What sitemaps say of a span without reading its articles. Instants are absent when it is empty. */
export type SpanCount = {
  articleCount: number
  /** Of the newest article, and of the newest edition of any. */
  publishedAt: string | undefined
  updatedAt: string | undefined
  /** How many characters the longest slug has at most when it is percent-encoded. */
  longestSlug: number
}

/** How to answer an address that has no visible article. */
type Absence = { kind: 'moved'; slug: string } | { kind: 'withdrawn' } | { kind: 'unknown' }

/** Where an article is served. */
export type ArticleAddress = Pick<ArticleSummary, 'locale' | 'slug'>

/**
 * An article that must not be served although the index file still holds it: it was withdrawn, made a
 * draft or removed while nothing could be written. `kind` is how its address is answered meanwhile.
 * Plain JSON.
 */
export type SuppressedArticle = ArticleAddress & { kind: Exclude<Absence['kind'], 'moved'> }

/** The same for a page, an author, a redirect or a picture. Without a key it is all that a file holds. */
export type SuppressedEntry = { kind: 'entry'; path: string; key: string | undefined }

/** What must not be served although the index file still holds it. */
export type Suppressed = SuppressedArticle | SuppressedEntry

type IndexStatus = {
  /** Files that became articles, whether visible or not. */
  articleCount: number
  /** Visible articles now, by locale. */
  visibleCount: Record<Locale, number>
  /** Content files seen. */
  fileCount: number
  errorCount: number
  warningCount: number
  /** Grows with every piece of writing that changed something; a large sync has many. */
  revision: number
}

/**
 * The one door to articles. Every method answers only what is visible now: published, not a draft,
 * not withdrawn, not dated in the future, and in the locale asked for. Summaries never carry a body.
 * Reading never throws for lack of data: it finds `undefined` or lists nothing.
 */
export type ArticleIndex = {
  findArticle(locale: Locale, slug: string): Article | undefined
  /**
   * Why `findArticle` found nothing: an alias of another article, withdrawn, or unknown. An
   * alias counts only where no file holds the address: not that of a draft, a scheduled or withdrawn
   * article, nor of a file that cannot be read, each also with `.md` at its end.
   */
  findAbsence(locale: Locale, slug: string): Absence
  /**
   * The article in other locales, as far as it is visible there: those with its `translationKey`,
   * for which an article without one has its slug. At most one a locale, the newest.
   */
  listTranslations(article: Pick<ArticleSummary, 'locale' | 'slug'>): ArticleSummary[]
  /** The visible articles published just after and just before this one in its locale. */
  findNeighbours(article: ArticleKey): {
    newer: ArticleSummary | undefined
    older: ArticleSummary | undefined
  }
  /** Others that share tags or the category, the most alike and recent first. Never itself. */
  listRelated(article: ArticleKey, limit: number): ArticleSummary[]

  listArticles(query: {
    locale: Locale
    scope: ListingScope
    page: number
    pageSize: number
  }): Listing
  /** The newest full articles, bodies included: for feeds. */
  listFullArticles(query: { locale: Locale; scope: ListingScope; limit: number }): Article[]
  /**
   * When an article last left a listing, as a UTC ISO instant: it was withdrawn, deleted, renamed, or
   * got another date or section. With a filter, of all that meets it. Undefined when none has since the
   * index was built.
   */
  findLastRemovalAt(query: {
    locale: Locale
    scope: ListingScope
    filter?: ArticleFilter
  }): string | undefined
  /** Articles that stand in a listing and meet a filter, a piece at a time. */
  listMatches(query: MatchQuery): Matches<ArticleSummary>
  /** The same with bodies. */
  listFullMatches(query: MatchQuery): Matches<Article>
  /** Pins that have not ended (`pinnedUntil`): the heaviest first, then the newest. */
  listPinned(locale: Locale, limit: number): ArticleSummary[]
  /** Breaking news that has not ended (`breakingUntil`), the newest first. */
  listBreaking(locale: Locale, limit: number): ArticleSummary[]
  /** Most articles first. */
  listCategories(locale: Locale): Topic[]
  listTags(locale: Locale): Topic[]
  listSources(locale: Locale): SourceCount[]
  /** By their keys, also those with a single article; most articles first. */
  listStories(locale: Locale): Topic[]
  /** Assets of the list of names, by their keys. Most articles first. */
  listAssets(locale: Locale): Topic[]
  /** Newest first. */
  listMonths(locale: Locale): ArchiveMonth[]
  /**
   * The days of a month (1 to 12), the newest first. The month is one of UTC, as in addresses: the first
   * or the last day may be one of the month beside it.
   */
  listDays(locale: Locale, month: { year: number; month: number }): ArchiveDay[]
  /** What is known of a source without reading its articles. */
  findSourceFacts(locale: Locale, key: string): SourceFacts | undefined

  /** The mood of a listing over a span that ends now. */
  countMood(query: { locale: Locale; scope: MoodScope; span: MoodSpan }): MoodCounts
  /** The same hour by hour or day by day, oldest first; also those without articles. */
  listMoodSteps(query: { locale: Locale; scope: MoodScope; span: MoodSpan }): MoodStep[]
  /** Those with most judged articles in a span, most first. */
  listMoodsByTopic(query: {
    locale: Locale
    kind: 'category' | 'source' | 'tag'
    span: MoodSpan
    limit: number
  }): MoodOfTopic[]
  /** Articles of a listing with one sentiment, or with any, within a period. */
  listMoodArticles(query: {
    locale: Locale
    scope: MoodScope
    period: MoodPeriod
    sentiment?: SentimentSegment | undefined
    page: number
    pageSize: number
  }): Listing
  /** Corrections of visible articles. */
  listCorrections(query: { locale: Locale; page: number; pageSize: number }): CorrectionListing

  /**
   * The articles that search engines may list: those that do not ask to be left out (`noindex`)
   * and have no canonical address of their own. Counted in a time proportional to their number,
   * 0.2 µs each; listed in slices, so that a long list need not be held.
   */
  countIndexable(slice: SpanSlice): SpanCount
  listIndexable(slice: SpanSlice): ArticleSummary[]
  /**
   * A number that is another one when `listIndexable` would answer otherwise, or when a translation
   * that is indexable as well has changed, and how many such there are.
   */
  digestIndexable(slice: SpanSlice): {
    digest: number
    translationCount: number
    /** Where the slice ends; undefined when it is the last one. */
    last: SpanSlice['after']
  }

  /**
   * Ranked full-text search over title, description, tags and body. Words are joined by AND, and by
   * OR when that finds nothing; `"…"` keeps words together; any input is safe.
   */
  search(query: SearchQuery): Promise<SearchResults>

  /** A published page that an editor wrote. */
  findPage(locale: Locale, name: string): EditorPage | undefined
  /** All of them in a language, by name. */
  listPages(locale: Locale): EditorPageSummary[]
  /** The author's file in this language, else the one for every language. */
  findAuthor(locale: Locale, key: string): Author | undefined
  /** All authors that have a file for this language or for every one, by key. */
  listAuthors(locale: Locale): Author[]
  /** The authors of an article as readers see them, in its order. Who has no file is named as written. */
  listBylines(article: Pick<ArticleSummary, 'locale' | 'authors'>): Byline[]
  /** Where a path leads that nothing else answers. `path` is decoded and begins with a slash. */
  findRedirect(path: string): Redirect | undefined
  /** A picture of the content folder and its size. `path` is decoded: `media/a.jpg`. */
  findPicture(path: string): Picture | undefined

  /**
   * When answers change next by the clock alone, in any locale: a scheduled article becomes visible,
   * a pin or breaking news ends. UTC ISO instant.
   */
  findNextDueAt(): string | undefined
  /**
   * A number that is another one whenever an answer may be: something was written, by whatever
   * process, or an article has come due. Never the same for two states of one process's lifetime.
   */
  epoch(): number
  listProblems(): Problem[]
  status(): IndexStatus
  close(): void
}

export type QueryName = Exclude<keyof ArticleIndex, 'close'>

/** The answer of a recorded query is compared as JSON, so it must be there at once. */
type RecordableQuery = {
  [Name in QueryName]: ReturnType<ArticleIndex[Name]> extends Promise<unknown> ? never : Name
}[QueryName]

/**
 * Every query of the index. What opens an index, records what pages ask and tests the contract goes by
 * this record; a query that is missing here does not compile.
 *
 * `recorded`: pages may ask it. What a page asked is written down with the answer, and the page is kept
 * as long as the answers stay the same. `live`: only code that keeps nothing may ask it.
 */
const queries = {
  findArticle: 'recorded',
  findAbsence: 'recorded',
  listTranslations: 'recorded',
  findNeighbours: 'recorded',
  listRelated: 'recorded',
  listArticles: 'recorded',
  listFullArticles: 'recorded',
  findLastRemovalAt: 'recorded',
  listMatches: 'recorded',
  listFullMatches: 'recorded',
  listPinned: 'recorded',
  listBreaking: 'recorded',
  listCategories: 'recorded',
  listTags: 'recorded',
  listSources: 'recorded',
  listStories: 'recorded',
  listAssets: 'recorded',
  listMonths: 'recorded',
  listDays: 'recorded',
  findSourceFacts: 'recorded',
  countMood: 'recorded',
  listMoodSteps: 'recorded',
  listMoodsByTopic: 'recorded',
  listMoodArticles: 'recorded',
  listCorrections: 'recorded',
  findPage: 'recorded',
  listPages: 'recorded',
  findAuthor: 'recorded',
  listAuthors: 'recorded',
  listBylines: 'recorded',
  findRedirect: 'recorded',
  findPicture: 'recorded',
  countIndexable: 'live',
  listIndexable: 'live',
  digestIndexable: 'live',
  search: 'live',
  findNextDueAt: 'live',
  epoch: 'live',
  listProblems: 'live',
  status: 'live',
} as const satisfies {
  [Name in QueryName]: Name extends RecordableQuery ? 'recorded' | 'live' : 'live'
}

type RecordedNames<Record> = {
  [Name in keyof Record]: Record[Name] extends 'recorded' ? Name : never
}[keyof Record]

export type RecordedQueryName = RecordedNames<typeof queries>

/** The index as pages have it: the recorded queries and nothing else. */
export type PageIndex = Pick<ArticleIndex, RecordedQueryName>

export const queryNames = Object.keys(queries) as QueryName[]

export const recordedQueryNames = queryNames.filter(
  (name): name is RecordedQueryName => queries[name] === 'recorded',
)

/** An article whose `authors` are names for readers, for documents that show no links to them. */
export function withAuthorNames<Given extends ArticleSummary>(
  index: Pick<ArticleIndex, 'listBylines'>,
  article: Given,
): Given {
  const { locale, authors } = article
  if (authors.length === 0) return article
  return { ...article, authors: index.listBylines({ locale, authors }).map(({ name }) => name) }
}
