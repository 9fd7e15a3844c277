import type { PageIndex, Topic } from '#lib/article-index/article-index.ts'
import type { ArticleSummary } from '#lib/content/article.ts'
import type { Locale } from '#lib/site/locales.ts'
import type { ListingScope } from '#lib/site/routes.ts'
import { site } from '#lib/site/site.ts'

export type FrontPageSection = { topic: Topic; articles: ArticleSummary[] }

/** What stands where on the front page. No article stands there twice. */
export type FrontPageArticles = {
  breaking: ArticleSummary[]
  lead: ArticleSummary | undefined
  /** More of the lead's story, then earlier articles on its subject. */
  related: ArticleSummary[]
  seconds: ArticleSummary[]
  /** Strictly by time. */
  latest: ArticleSummary[]
  /** The newest opinion and analysis, then explainers. */
  inDepth: ArticleSummary[]
  sections: FrontPageSection[]
}

const size = {
  breaking: 3,
  related: 3,
  seconds: 4,
  latest: 6,
  inDepth: 4,
  views: 2,
  sections: 6,
  perSection: 4,
}

/** How far back an article can lead. */
const candidates = 40

/** A third of what stands below the seconds goes to the river. */
function riverSize(articleCount: number): number {
  const below = articleCount - 1 - size.seconds
  return Math.min(size.latest, Math.max(3, 3 * Math.floor(below / 9)))
}

/**
 * Time leads. Breaking news stands above everything until it ends. Then come the editors' pins, the
 * heaviest first, as long as they last (`pinnedUntil`), then what weighs most: see `weigh`, of each
 * story one. Whatever is left stands in the river and in the sections by time alone.
 */
export function composeFrontPage(
  index: Pick<
    PageIndex,
    | 'listArticles'
    | 'listBreaking'
    | 'listPinned'
    | 'listCategories'
    | 'listRelated'
    | 'listMatches'
  >,
  locale: Locale,
): FrontPageArticles {
  const shown = new Set<string>()
  const take = (articles: ArticleSummary[], count: number) => {
    const taken = articles.filter(({ slug }) => !shown.has(slug)).slice(0, count)
    for (const { slug } of taken) shown.add(slug)
    return taken
  }
  const newest = (scope: ListingScope, count: number) =>
    index.listArticles({ locale, scope, page: 1, pageSize: count })

  const breaking = take(index.listBreaking(locale, size.breaking), size.breaking)
  const all = newest({ kind: 'latest' }, candidates)
  const recent = all.articles
  const pinned = index.listPinned(locale, 1 + size.seconds)
  const ranked = [...pinned, ...onePerStory(rank(recent), [...breaking, ...pinned])]
  const [lead] = take(ranked, 1)
  const seconds = take(ranked, size.seconds)
  const story = lead ? take(recent.filter(isOfStory(lead)), size.related) : []
  const latest = take(recent, riverSize(all.articleCount))
  const subject = lead ? index.listRelated(lead, size.related + shown.size) : []
  const related = [...story, ...take(subject, size.related - story.length)]
  const views = take(recent.filter(isView), size.views)
  const explainers = index.listMatches({
    locale,
    scope: { kind: 'latest' },
    filter: { kind: 'explainer' },
    limit: size.inDepth + shown.size,
  }).articles
  const inDepth = [...views, ...take(explainers, size.inDepth - views.length)]
  const sections = inMenuOrder(index.listCategories(locale))
    .slice(0, size.sections)
    .map((topic) => ({
      topic,
      articles: take(
        newest({ kind: 'category', segment: topic.segment }, size.perSection + shown.size).articles,
        size.perSection,
      ),
    }))
    .filter(({ articles }) => articles.length > 0)
  return { breaking, lead, related, seconds, latest, inDepth, sections }
}

/** The sections of the menu in its order, then the others, which have most articles first. */
function inMenuOrder(topics: Topic[]): Topic[] {
  const menu = site()
    .sections.filter(({ inMenu }) => inMenu)
    .map(({ segment }) => segment)
  const placeOf = ({ segment }: Topic) => {
    const place = menu.indexOf(segment)
    return place === -1 ? menu.length : place
  }
  return topics.toSorted((a, b) => placeOf(a) - placeOf(b))
}

const isOfStory =
  ({ storyKey }: ArticleSummary) =>
  (other: ArticleSummary) =>
    storyKey !== undefined && other.storyKey === storyKey

const isView = ({ kind }: ArticleSummary) => kind === 'opinion' || kind === 'analysis'

/** Without what tells a story that an article before it tells, or one of `above`. */
function onePerStory(articles: ArticleSummary[], above: ArticleSummary[]): ArticleSummary[] {
  return articles.filter(
    (article, position) => ![...above, ...articles.slice(0, position)].some(isOfStory(article)),
  )
}

/** The heaviest first; equal ones as they were. */
function rank(recent: ArticleSummary[]): ArticleSummary[] {
  const newestAt = Date.parse(recent[0]?.publishedAt ?? '')
  return recent
    .map((article) => ({ article, weight: weigh(article, newestAt) }))
    .sort((a, b) => b.weight - a.weight)
    .map(({ article }) => article)
}

/** An article loses half of its weight in this time, in ms. */
const halfLife = 8 * 3_600_000

/** What each further source that reported an event adds, and how many count. */
const reportWeight = { each: 0.35, most: 4 }

/** What explains or argues waits for a day without news. */
const weightOfKind = { news: 1, live: 1.2, analysis: 0.8, opinion: 0.4, explainer: 0.3 }

/**
 * How much an article weighs against others: its freshness, beside that of the newest one (ms since
 * 1970), how many sources reported the event, and what it is. The clock is not asked, so that a kept
 * page stays right.
 */
function weigh({ publishedAt, alsoReportedBy, kind = 'news' }: ArticleSummary, newestAt: number) {
  const freshness = 0.5 ** ((newestAt - Date.parse(publishedAt)) / halfLife)
  const reports = Math.min(alsoReportedBy.length, reportWeight.most)
  return freshness * (1 + reportWeight.each * reports) * weightOfKind[kind]
}
