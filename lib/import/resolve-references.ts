import { posix } from 'node:path'
import { toSegment } from '#lib/site/segment.ts'
import type { Reference } from './convert-body.ts'
import type { Pictures, PlacedPicture } from './import-pictures.ts'
import type { ImportedPost, Loss } from './imported-post.ts'

/** Stands for the address of the site in exports of Ghost. */
const ghostSite = '__GHOST_URL__'

/** A post whose new address is known; undefined for one that is left out. */
export type Movable = {
  address: string | undefined
  /** Addresses on the old site. */
  addresses: string[]
  file: string
  slug: string
  title: string | undefined
}

export const readable = (address: string) => {
  try {
    return decodeURI(address.replace(/^ref:/, ''))
  } catch {
    return address
  }
}

/** A path as redirects and links compare it: decoded, without what stands behind it or at its end. */
export function toPathKey(address: string): string | undefined {
  try {
    const path = decodeURIComponent(address.replace(/[?#].*$/, '')).normalize('NFC')
    if (!path.startsWith('/') || /[\p{Cc}\\]|\/\/|\/\.{1,2}(?:\/|$)/u.test(path)) return undefined
    return path.replace(/(?<=.)(?:\/index\.html?)?\/?$/, '') || '/'
  } catch {
    return undefined
  }
}

export const encodePath = (path: string) => path.split('/').map(encodeURIComponent).join('/')

export type LinkFinder = {
  /** The path on the old site that an address names; undefined for other sites and for queries. */
  toPath(address: string): string | undefined
  isOldSite(address: string): boolean
  /** The whole address of what an export names without its site; undefined when no site is known. */
  siteOf(address: string): string | undefined
  /** Where a link of the old site leads now, with its fragment. */
  find(address: string, from?: string): string | undefined
}

/** Finds links of the old site, by path, by number and by the names of files. */
export function createLinkFinder(plan: Movable[], sites: string[]): LinkFinder {
  const urls = sites.flatMap((site) => URL.parse(site) ?? [])
  const hosts = new Set(urls.map(({ host }) => host.replace(/^www\./, '')))
  /** The path and query that an address of the old site has there; undefined for other sites. */
  const stripSite = (address: string): string | undefined => {
    if (address.startsWith(ghostSite)) {
      const base = urls[0]?.pathname.replace(/\/$/, '') ?? ''
      return base + (address.slice(ghostSite.length) || '/')
    }
    if (!/^(?:https?:)?\/\//i.test(address)) return undefined
    // WordPress's network for pictures stands before the address of the site.
    const url = URL.parse(address.replace(/\/\/i\d\.wp\.com\//, '//'), 'https://site.invalid')
    const isOld = url !== null && hosts.has(url.host.replace(/^www\./, ''))
    return isOld ? url.pathname + url.search + url.hash : undefined
  }
  const targets = new Map<string, string>()
  const add = (key: string | undefined, address: string) => {
    if (key !== undefined && key !== '/' && !targets.has(key)) targets.set(key, address)
  }
  for (const { address: target, addresses } of plan) {
    if (target === undefined) continue
    for (const address of addresses) {
      const own = stripSite(address) ?? address
      add(own.includes('?') ? /\?(?:p|page_id)=\d+$/.exec(own)?.[0] : toPathKey(own), target)
    }
  }
  for (const { address: target, file, slug, title } of plan) {
    if (target === undefined) continue
    // Links by file name: relative ones of Markdown, `ref` of Hugo, `post_url` of Jekyll, wikilinks.
    const stem = file.replace(/\.\w+$/, '').replace(/\/index$/i, '')
    add(`/${file}`, target)
    for (const name of [
      stem,
      posix.basename(stem),
      stem.replace(/^(?:.*\/)?(?:content|_posts)\//, ''),
    ]) {
      add(`file:${name.toLowerCase()}`, target)
    }
    if (title !== undefined) add(`file:${title.toLowerCase()}`, target)
    add(`file:${slug.toLowerCase()}`, target)
  }
  return {
    toPath(address) {
      const own = stripSite(address) ?? address
      return own.startsWith('/') && !own.startsWith('//') && !own.includes('?') ? own : undefined
    },
    isOldSite: (address) => stripSite(address) !== undefined,
    siteOf(address) {
      const isWithout = address.startsWith(ghostSite) || /^\/(?!\/)/.test(address)
      const [base] = urls
      return isWithout && base ? new URL(stripSite(address) ?? address, base).href : undefined
    },
    find(address, from) {
      const fragment = /#.*$/.exec(address)?.[0] ?? ''
      const bare = address.slice(0, address.length - fragment.length)
      if (bare.startsWith('ref:')) {
        const name = readable(bare)
          .replace(/^\/+/, '')
          .replace(/\.(?:md|mdx|markdown)$/i, '')
          .replace(/\/(?:_?index)?$/, '')
          .toLowerCase()
        const found = targets.get(`file:${name}`) ?? targets.get(`file:${posix.basename(name)}`)
        return found && found + fragment
      }
      const own = stripSite(bare) ?? bare
      const query = /\?(?:p|page_id)=\d+/.exec(own)?.[0]
      const byNumber = query === undefined ? undefined : targets.get(query)
      const absolute =
        own.startsWith('/') || from === undefined || /^[a-z][a-z\d+.-]*:/i.test(own) || own === ''
          ? own
          : posix.join('/', posix.dirname(from), own)
      const key = toPathKey(absolute)
      const found =
        byNumber ??
        (key === undefined
          ? undefined
          : (targets.get(key) ?? targets.get(key.replace(/\.html?$/, ''))))
      return found && found + fragment
    },
  }
}

const pictureEnding = /\.(?:avif|gif|jpe?g|png|svg|tiff?|webp|bmp)(?:[?#].*)?$/i
const fileEnding =
  /\.(?:pdf|zip|docx?|xlsx?|pptx?|mp3|mp4|mov|webm|ogg|wav|csv|epub|odt|gz|tgz|svg)(?:[?#].*)?$/i

/** The new address of a link or a picture; `unlink` where only its words can stay, undefined: as it is. */
export async function resolveReference(
  post: ImportedPost,
  { kind, address }: Reference,
  {
    embedded,
    headingIds,
    links,
    say,
    pictures,
  }: {
    embedded: string[]
    headingIds: string[]
    links: LinkFinder
    say: (severity: Loss['severity'], outcome: string) => void
    pictures: Pictures
  },
): Promise<string | undefined> {
  if (address.startsWith('embedded:')) {
    const placed = await pictures.placeEmbedded(embedded[Number(address.slice(9))] ?? '')
    if ('address' in placed) return placed.address
    say('lost', `left behind: ${placed.reason}`)
    return undefined
  }
  const isOurs =
    links.isOldSite(address) ||
    !/^[a-z][a-z\d+.-]*:|^\/\//i.test(address) ||
    address.startsWith('ref:')
  if (kind === 'picture' || (isOurs && pictureEnding.test(address))) {
    const placed = await placePicture(post, address, links, pictures)
    if ('address' in placed) return placed.address
    say('lost', `left behind: ${placed.reason}`)
    return address.startsWith('ref:') ? address.slice(4) : undefined
  }
  if (address.startsWith('#')) {
    // Tools differ in the punctuation of ids; the same words are the same heading.
    const id = toSegment(readable(address.slice(1)))
    if (headingIds.includes(id)) return `#${id}`
    say('changed', 'kept as it is: it leads to no heading of the text')
    return undefined
  }
  if (/^(?:mailto|tel|sms):/i.test(address) || !isOurs) return undefined
  const found = links.find(address, post.file)
  if (found !== undefined) return found
  if (address.startsWith('ref:')) {
    say('changed', 'only its words stay: there is no such text')
    return 'unlink'
  }
  if (fileEnding.test(address))
    say('lost', 'left behind: a file that is no picture; put it into public/ of your own server')
  else say('changed', 'kept as it is: it leads to nothing that was imported')
  return undefined
}

/** The picture of an old address, from a folder or the net. */
export async function placePicture(
  post: ImportedPost | undefined,
  written: string,
  links: LinkFinder,
  pictures: Pictures,
): Promise<PlacedPicture> {
  const address = readable(written.startsWith('ref:') ? written : written.replace(/[?#].*$/, ''))
  const isWeb = /^(?:https?:)?\/\//i.test(address)
  const oldPath = links.isOldSite(written)
    ? // What follows `?` is the size that is asked for.
      readable(links.toPath(written.replace(/[?#].*$/, '')) ?? '')
    : undefined
  if (oldPath === undefined && isWeb) {
    const url = written.startsWith('//') ? `https:${written}` : written
    return pictures.placeUrl(url, toPathOf(url))
  }
  const path = oldPath ?? address
  const folder = post?.file.includes('/') ? posix.dirname(post.file) : ''
  // Pictures of WordPress in a smaller size are the same picture: the site scales them itself.
  const original = path.replace(/-\d{1,5}x\d{1,5}(?=\.\w+$)/, '')
  for (const one of new Set([original, path])) {
    const candidates = one.startsWith('/') ? [one] : [posix.join('/', folder, one), `/${one}`]
    for (const candidate of candidates) {
      const placed = await pictures.placeFile(candidate)
      if (placed) return placed
    }
  }
  if (/^https?:/.test(written)) return pictures.placeUrl(written, toPathOf(written))
  const base = links.siteOf(written)
  if (base !== undefined) return pictures.placeUrl(base, toPathOf(base))
  return { reason: 'in none of the folders: name its folder with --media' }
}

function toPathOf(url: string): string {
  const parsed = URL.parse(url)
  if (!parsed) return 'imported/picture'
  return `${parsed.hostname}${readable(parsed.pathname)}`.replace(
    /\/(?:wp-content\/uploads|content\/images)\//,
    '/',
  )
}
