import { defaultLocale, isLocale, type Locale } from './locales.ts'
import { articlePath } from './routes.ts'
import { toSegment } from './segment.ts'

/** Addresses of documents for programs: those that stand once, at the root. */
export const documentPaths = {
  robots: '/robots.txt',
  security: '/.well-known/security.txt',
  assistants: '/llms.txt',
  sitemapIndex: '/sitemap.xml',
  newsSitemap: '/news-sitemap.xml',
} as const

/** Addresses of documents that each language has its own of. */
const localized = {
  openSearch: 'opensearch.xml',
  manifest: 'manifest.webmanifest',
  shareImage: 'share.jpg',
} as const

export type LocalizedDocument = keyof typeof localized

export function localizedDocumentPath(locale: Locale, document: LocalizedDocument): string {
  const prefix = locale === defaultLocale ? '' : `/${locale}`
  return `${prefix}/${localized[document]}`
}

/** The text of an article as Markdown. */
export const articleMarkdownPath = (locale: Locale, slug: string) =>
  `${articlePath(locale, slug)}.md`

/** Shapes in which an article's picture can be asked for, in pixels. */
export const articleImageShapes = {
  share: { width: 1200, height: 630 },
  '16x9': { width: 1200, height: 675 },
  '4x3': { width: 1200, height: 900 },
  '1x1': { width: 1200, height: 1200 },
} as const

export type ArticleImageShape = keyof typeof articleImageShapes

export const isArticleImageShape = (name: string): name is ArticleImageShape =>
  Object.hasOwn(articleImageShapes, name)

export const articleImagePath = (locale: Locale, slug: string, shape: ArticleImageShape) =>
  `${articlePath(locale, slug)}/${shape}.jpg`

/**
 * A part of the sitemaps: the articles that a month (UTC, 1 to 12) brought in one language, or the
 * listings of all. Parts of one kind count from 1.
 */
export type SitemapPart =
  | { kind: 'articles'; locale: Locale; year: number; month: number; number: number }
  | { kind: 'listings'; number: number }

export function sitemapPartPath(part: SitemapPart): string {
  const suffix = part.number > 1 ? `-${part.number}` : ''
  if (part.kind === 'listings') return `/sitemaps/listings${suffix}.xml`
  const month = `${String(part.year).padStart(4, '0')}-${String(part.month).padStart(2, '0')}`
  return `/sitemaps/${part.locale}/${month}${suffix}.xml`
}

/** The inverse of `sitemapPartPath`; undefined for what it never writes. */
export function parseSitemapPartPath(pathname: string): SitemapPart | undefined {
  const [, name, rawNumber = '1'] =
    /^\/sitemaps\/(listings|[a-z]{2,3}\/\d{4}-\d{2})(?:-(\d{1,4}))?\.xml$/.exec(pathname) ?? []
  if (name === undefined) return undefined
  const number = Number(rawNumber)
  const [locale, year = '', month = ''] = name.split(/[/-]/)
  const part: SitemapPart | undefined =
    name === 'listings'
      ? { kind: 'listings', number }
      : isLocale(locale) && Number(month) >= 1 && Number(month) <= 12
        ? { kind: 'articles', locale, year: Number(year), month: Number(month), number }
        : undefined
  return part && sitemapPartPath(part) === pathname ? part : undefined
}

/** Raise it when the drawings change: fallback art is cached as immutable by its address. */
export const fallbackArtVersion = 1

/** What the drawing that stands in for a cover follows from. `category` as addresses have it. */
export type FallbackArt = { slug: string; category: string }

/** A category of front matter as addresses of drawings have it. */
export const toArtCategory = (category: string): string => toSegment(category) || 'any'

/** The drawing for an article's slug and its category; `width` in pixels. */
export const fallbackArtPath = (slug: string, category: string, width: number) =>
  `/prints/${fallbackArtVersion}/${encodeURIComponent(toArtCategory(category))}/${encodeURIComponent(slug)}?w=${width}`

/**
 * What the address of a drawing names, by its decoded segments; undefined for other addresses, and for
 * other editions.
 */
export function parseFallbackArtSegments(segments: readonly string[]): FallbackArt | undefined {
  const [room, edition, category, slug, ...further] = segments
  if (room !== 'prints' || edition !== String(fallbackArtVersion) || further.length > 0)
    return undefined
  return category === undefined || slug === undefined ? undefined : { category, slug }
}
