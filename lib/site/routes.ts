import { type ArticleFilter, toFilterQuery } from './addresses/article-filter.ts'
import { type MoodAddress, parseMoodSegments, toMoodSegments } from './addresses/mood-address.ts'
import { type SearchParams, toSearchQueryString } from './addresses/search-params.ts'
import { defaultLocale, isLocale, type Locale, locales } from './locales.ts'
import {
  fixedSegments,
  isPlainPageName,
  type PlainPageName,
  plainPageNames,
} from './plain-pages.ts'

/** Which articles a listing holds. Segments are those of `toSegment`; a month is 1 to 12. */
export type ListingScope =
  | { kind: 'latest' }
  | { kind: 'category'; segment: string }
  | { kind: 'tag'; segment: string }
  | { kind: 'source'; key: string }
  | { kind: 'author'; key: string }
  /** Articles about one event and its course: those with its `storyKey`. */
  | { kind: 'story'; key: string }
  /** Articles that name an asset of the list of names. */
  | { kind: 'asset'; key: string }
  | { kind: 'archive'; year: number; month: number }

/** A page of the site that shows content, as its address names it. */
export type Route = { locale: Locale } & (
  | { page: 'home' }
  | { page: 'article'; slug: string }
  | { page: 'listing'; scope: ListingScope; number: number }
  | { page: PlainPageName }
  /** A page that an editor wrote. */
  | { page: 'editor-page'; name: string }
  | { page: 'corrections'; number: number }
  | ({ page: 'mood' } & MoodAddress)
  | { page: 'search'; question?: SearchParams }
  | { page: 'feed'; scope: ListingScope; format: FeedFormat }
  | { page: 'feed-outline' }
  | { page: 'briefing-mail' }
)

/** How many articles one page of a listing shows. Changing it changes what `/page/2` means. */
export const articlesPerPage = 24

/** How many articles a listing needs to be a page. One article is no story yet. */
export const leastArticles = ({ kind }: ListingScope): number => (kind === 'story' ? 2 : 1)

/** The feed documents, by their file name under a listing. */
export const feedFiles = { rss: 'rss.xml', atom: 'atom.xml', json: 'feed.json' } as const
export type FeedFormat = keyof typeof feedFiles

/** The feeds' MIME types, as the `type` of a link has them. */
export const feedTypes = {
  rss: 'application/rss+xml',
  atom: 'application/atom+xml',
  json: 'application/feed+json',
} as const satisfies Record<FeedFormat, string>

export const feedFormats = Object.keys(feedFiles) as FeedFormat[]

/** The list of feeds for feed readers. */
export const feedOutlineFile = 'feeds.opml'

/** The briefing as an e-mail. */
const briefingMailFile = 'briefing.html'

/** Beside every listing, for pages that are open: what is newest there. */
export const newestFile = 'newest.json'

/** Beside the front page and the sections: what is read most there. */
export const mostReadFile = 'most-read.json'

/** Where a page says that its article is being read. `page.browser.ts` has it in words of its own. */
export const readBeaconPath = '/api/read'

/** Of the API, whatever the language. */
export const openApiPath = '/api/openapi.json'
export const apiSearchPath = '/api/search'

const encode = encodeURIComponent
const prefixOf = (locale: Locale) => (locale === defaultLocale ? '' : `/${locale}`)

export const homePath = (locale: Locale) => prefixOf(locale) || '/'
export const articlePath = (locale: Locale, slug: string) =>
  `${prefixOf(locale)}/article/${encode(slug)}`
export const plainPagePath = (locale: Locale, page: PlainPageName) => `${prefixOf(locale)}/${page}`
export const editorPagePath = (locale: Locale, name: string) =>
  `${prefixOf(locale)}/${encode(name)}`
export function correctionsPath(locale: Locale, page = 1): string {
  return `${prefixOf(locale)}/corrections${page > 1 ? `/page/${page}` : ''}`
}

/** Where in its article a correction stands; an article's corrections count from 1. */
export const correctionId = (number: number) => `_correction-${number}`

/** The mood of a listing, or the articles behind a part of it. */
export const moodPath = (locale: Locale, address: MoodAddress) =>
  `${prefixOf(locale)}/mood${toMoodSegments(address)
    .map((segment) => `/${encode(segment)}`)
    .join('')}`

export const briefingMailPath = (locale: Locale) => `${prefixOf(locale)}/${briefingMailFile}`

export const feedOutlinePath = (locale: Locale) => `${prefixOf(locale)}/${feedOutlineFile}`

export const searchPath = (locale: Locale, question: Partial<SearchParams> = {}) =>
  `${prefixOf(locale)}/search${toSearchQueryString(locale, question)}`

export function listingPath(locale: Locale, scope: ListingScope, page = 1): string {
  const further = page > 1 ? `/page/${page}` : ''
  return `${prefixOf(locale)}/${scopeSegments(scope).map(encode).join('/')}${further}`
}

/** Where the open page of a live story learns which updates it has. */
export const newestUpdatesPath = (locale: Locale, slug: string) =>
  `${articlePath(locale, slug)}/${newestFile}`

/** Where an open page learns what is new in its listing. */
export const newestPath = (locale: Locale, scope: ListingScope) =>
  `${basePath(locale, scope)}/${newestFile}`

/** Where a page learns what is read most, in everything or in a section. */
export const mostReadPath = (locale: Locale, scope: ListingScope) =>
  `${basePath(locale, scope)}/${mostReadFile}`

/** What stands beside a listing; beside the one of everything it stands at the root. */
const basePath = (locale: Locale, scope: ListingScope) =>
  scope.kind === 'latest' ? prefixOf(locale) : listingPath(locale, scope)

/** The feed of everything stands at the root; the others under their listing. A query filters it. */
export function feedPath(
  locale: Locale,
  scope: ListingScope,
  format: FeedFormat,
  filter: ArticleFilter = {},
): string {
  const base = scope.kind === 'latest' ? prefixOf(locale) : listingPath(locale, scope)
  return `${base}/${feedFiles[format]}${toFilterQuery(filter)}`
}

function scopeSegments(scope: ListingScope): string[] {
  switch (scope.kind) {
    case 'latest':
      return ['latest']
    case 'category':
    case 'tag':
      return [scope.kind, scope.segment]
    case 'source':
    case 'author':
    case 'story':
    case 'asset':
      return [scope.kind, scope.key]
    case 'archive':
      return ['archive', String(scope.year), String(scope.month).padStart(2, '0')]
  }
}

/** The address of a route: the inverse of `parsePath`. */
export function routePath(route: Route): string {
  switch (route.page) {
    case 'home':
      return homePath(route.locale)
    case 'article':
      return articlePath(route.locale, route.slug)
    case 'listing':
      return listingPath(route.locale, route.scope, route.number)
    case 'editor-page':
      return editorPagePath(route.locale, route.name)
    case 'corrections':
      return correctionsPath(route.locale, route.number)
    case 'mood':
      return moodPath(route.locale, route)
    case 'search':
      return searchPath(route.locale, route.question)
    case 'feed':
      return feedPath(route.locale, route.scope, route.format)
    case 'feed-outline':
      return feedOutlinePath(route.locale)
    case 'briefing-mail':
      return briefingMailPath(route.locale)
    default:
      return plainPagePath(route.locale, route.page)
  }
}

/** What the first segment of a page's address can be, behind the locale; `/` has none. */
export const pageSegments: ReadonlySet<string> = new Set([
  ...plainPageNames,
  ...(['latest', 'category', 'tag', 'source', 'author'] satisfies ListingScope['kind'][]),
  ...(['story', 'asset', 'archive'] satisfies ListingScope['kind'][]),
  ...(['article', 'search', 'mood', 'corrections'] satisfies Route['page'][]),
])

/**
 * What an address names, or undefined when no page of content can have it. Only the shape is
 * judged: whether the article or listing exists is the index's answer. Other spellings of the same
 * address (`/en/latest`, `/latest/page/1`, `/latest/rss.xml`, a trailing slash, `/archive/2026/7`)
 * parse to the same route, whose `routePath` is the one true address.
 */
export function parsePath(pathname: string): Route | undefined {
  const segments = decodeSegments(pathname)
  return segments && toRoute(segments)
}

/** The same for an address that has been parsed already: its decoded segments. */
export function toRoute(segments: readonly string[]): Route | undefined {
  const [first, ...others] = segments
  const locale = isLocale(first) ? first : defaultLocale
  return parseSegments(locale, isLocale(first) ? others : segments)
}

function parseSegments(locale: Locale, segments: readonly string[]): Route | undefined {
  const [first, second] = segments
  if (first === undefined) return { locale, page: 'home' }
  if (first === 'article' && second !== undefined && segments.length === 2) {
    return { locale, page: 'article', slug: second }
  }
  if (first === 'search' && segments.length === 1) return { locale, page: 'search' }
  if (isPlainPageName(first) && segments.length === 1) return { locale, page: first }
  if (first === feedOutlineFile && segments.length === 1) return { locale, page: 'feed-outline' }
  if (first === briefingMailFile && segments.length === 1) return { locale, page: 'briefing-mail' }
  if (first === 'corrections') {
    const number = parsePageNumber(segments.slice(1))
    return number ? { locale, page: 'corrections', number } : undefined
  }
  if (first === 'mood') {
    const address = parseMoodSegments(segments.slice(1))
    return address && { locale, page: 'mood', ...address }
  }

  const format = feedFormats.find((name) => feedFiles[name] === segments.at(-1))
  if (format) {
    const { scope, rest } = parseScope(segments.length === 1 ? ['latest', first] : segments)
    return scope && rest.length === 1 ? { locale, page: 'feed', scope, format } : undefined
  }
  const { scope, rest } = parseScope(segments)
  const number = parsePageNumber(rest)
  if (scope) return number ? { locale, page: 'listing', scope, number } : undefined
  const isName = segments.length === 1 && !isReservedName(first)
  return isName ? { locale, page: 'editor-page', name: first } : undefined
}

const reservedNames: ReadonlySet<string> = new Set([
  ...locales,
  ...fixedSegments,
  // `about` is always there, and its text is a file of its name.
  ...plainPageNames.filter((name) => name !== 'about'),
])

/** Whether an editor's page cannot have a name because something else has its address. */
export const isReservedName = (name: string): boolean =>
  reservedNames.has(name) || name.includes('.')

function parseScope(segments: readonly string[]): {
  scope: ListingScope | undefined
  rest: readonly string[]
} {
  const [kind, name, detail] = segments
  if (kind === 'latest') return { scope: { kind }, rest: segments.slice(1) }
  if ((kind === 'category' || kind === 'tag') && name !== undefined) {
    return { scope: { kind, segment: name }, rest: segments.slice(2) }
  }
  const hasKey = kind === 'source' || kind === 'author' || kind === 'story' || kind === 'asset'
  if (hasKey && name !== undefined) {
    return { scope: { kind, key: name }, rest: segments.slice(2) }
  }
  if (kind === 'archive' && /^\d{4}$/.test(name ?? '') && /^(0?[1-9]|1[0-2])$/.test(detail ?? '')) {
    return {
      scope: { kind, year: Number(name), month: Number(detail) },
      rest: segments.slice(3),
    }
  }
  return { scope: undefined, rest: segments }
}

function parsePageNumber(rest: readonly string[]): number | undefined {
  if (rest.length === 0) return 1
  const [word, number] = rest
  return rest.length === 2 && word === 'page' && /^[1-9]\d{0,6}$/.test(number ?? '')
    ? Number(number)
    : undefined
}

function decodeSegments(pathname: string): string[] | undefined {
  try {
    const segments = pathname.split('/').slice(1).map(decodeURIComponent)
    if (segments.at(-1) === '') segments.pop()
    return segments.every(isSafeSegment) ? segments : undefined
  } catch {
    return undefined
  }
}

/** No empty, dotted, nested or unprintable segment can be the name of anything here. */
function isSafeSegment(segment: string): boolean {
  return segment !== '' && segment !== '.' && segment !== '..' && !/[/\\\p{Cc}]/u.test(segment)
}
