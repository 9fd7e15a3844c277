import type { Cover } from '#lib/content/article.ts'
import { toMediaPath } from '#lib/site/media-address.ts'

/** The names under which a cover gives files that take a size. */
type CoverVariant = 'raw' | 'full' | 'regular' | 'small' | 'thumb'

/** A cover's files alone. */
export type CoverFiles = Partial<Omit<Cover, 'alt' | 'credit'>>

/** Stands in for our own host while a site-relative path is taken apart. */
const ownOrigin = 'https://own.invalid'

/** A cover's address, or undefined for anything but an https URL or a path from our own root. */
export function parseCoverUrl(value: string | undefined): URL | undefined {
  if (!value || /[\u0000-\u001f\u007f\\]/.test(value)) return undefined
  const isOwnPath = /^\/[^/]/.test(value)
  if (!isOwnPath && !/^https:\/\/[^/]/i.test(value)) return undefined
  const url = URL.parse(value, ownOrigin)
  if (!url || url.username || url.password) return undefined
  if ((url.origin === ownOrigin) !== isOwnPath) return undefined
  return url
}

/**
 * The address as it may stand in `src` and `srcset`: percent-encoded throughout, commas too, since
 * a comma ends a srcset candidate. Own paths stay site-relative unless a base URL is given.
 */
export function formatCoverUrl(url: URL, baseUrl?: string): string {
  const path = `${url.pathname}${url.search}`.replaceAll(',', '%2C')
  if (url.origin !== ownOrigin) return `${url.origin}${path}`
  return baseUrl === undefined ? path : new URL(path, baseUrl).href
}

/** The first variant that Unsplash serves, the largest first: all of them take any size. */
export function findUnsplashUrl(cover: CoverFiles): URL | undefined {
  const variants: CoverVariant[] = ['raw', 'full', 'regular', 'small', 'thumb']
  return variants
    .map((variant) => parseCoverUrl(cover[variant]))
    .find((url) => url?.host === 'images.unsplash.com')
}

/** The largest file of a cover that lies in the content folder, which can be scaled to any place. */
export function findMediaPath(cover: CoverFiles): string | undefined {
  for (const variant of ['raw', 'full', 'regular', 'small', 'thumb', 'small_s3'] as const) {
    const path = toMediaPath(cover[variant] ?? '')
    if (path !== undefined && parseCoverUrl(cover[variant])) return path
  }
  return undefined
}

/**
 * An Unsplash photo cropped to a size in pixels. Only the parameters that Unsplash documents
 * (https://unsplash.com/documentation#supported-parameters) are used; `ixid` and `ixlib` are kept
 * because its terms ask for it, everything else that was there is replaced. The size comes last, so
 * that the addresses of one photo share their beginning and compress well.
 */
export function cropUnsplashUrl(
  photo: URL,
  { width, height, format }: { width: number; height: number; format: 'auto' | 'jpg' },
): URL {
  const url = new URL(photo.pathname, photo.origin)
  for (const name of ['ixid', 'ixlib']) {
    const value = photo.searchParams.get(name)
    if (value) url.searchParams.set(name, value)
  }
  if (format === 'auto') url.searchParams.set('auto', 'format')
  else url.searchParams.set('fm', format)
  for (const [name, value] of [
    ['crop', 'entropy'],
    ['fit', 'crop'],
    ['q', '70'],
  ] as const) {
    url.searchParams.set(name, value)
  }
  url.searchParams.set('h', String(height))
  url.searchParams.set('w', String(width))
  return url
}

/** A cover's file, and its width in pixels as far as its name or its address says. */
export type CoverFile = { url: URL; width: number }

const nominalWidths: Record<CoverVariant, number> = {
  thumb: 200,
  small: 400,
  regular: 1080,
  full: 1600,
  raw: 1600,
}

/**
 * The files of a cover that does not come from Unsplash, ascending by width, no width twice. A
 * variant is as wide as its name says, unless `w` or `width` in its query says otherwise. The copy
 * on S3, which takes no size, is given only when there is nothing else.
 */
export function listCoverFiles(cover: CoverFiles): CoverFile[] {
  const files = new Map<number, CoverFile>()
  // `full` before `raw`: of the two, an original is the one that may weigh many megabytes.
  const variants: CoverVariant[] = ['thumb', 'small', 'regular', 'full', 'raw']
  for (const variant of variants) {
    const url = parseCoverUrl(cover[variant])
    if (!url) continue
    const width = findStatedWidth(url) ?? nominalWidths[variant]
    const isKnown = [...files.values()].some((file) => file.url.href === url.href)
    if (!isKnown && !files.has(width)) files.set(width, { url, width })
  }
  const copy = files.size === 0 ? parseCoverUrl(cover.small_s3) : undefined
  if (copy) return [{ url: copy, width: nominalWidths.small }]
  return [...files.values()].sort((a, b) => a.width - b.width)
}

function findStatedWidth(url: URL): number | undefined {
  const stated = url.searchParams.get('w') ?? url.searchParams.get('width') ?? ''
  return /^[1-9]\d{1,3}$/.test(stated) ? Number(stated) : undefined
}

/**
 * One file of a cover as it is, the one nearest to what pages show: for documents that only name the
 * picture. Absolute; undefined when the cover has no usable file.
 */
export function findCoverFile(cover: CoverFiles, baseUrl: string): string | undefined {
  for (const variant of ['regular', 'full', 'raw', 'small', 'thumb', 'small_s3'] as const) {
    const url = parseCoverUrl(cover[variant])
    if (url) return formatCoverUrl(url, baseUrl)
  }
  return undefined
}
