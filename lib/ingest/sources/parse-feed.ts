import { decodeDocument } from '../fetch/decode-document.ts'
import { FetchFailure } from '../fetch/fetch-failure.ts'
import { identifyStory, isNoId } from '../intake/story-identity.ts'
import { parseStoryDate } from '../intake/story-instant.ts'
import { toTitleText } from '../intake/title-text.ts'
import type { FeedSourceConfig } from '../settings/ingest-config.ts'
import type { IdentifiedStory, RawStory } from '../story.ts'

import { parseJsonFeed } from './parse-json-feed.ts'
import { firstStories, type Rejection } from './source-result.ts'
import { escapeHtml, textToHtml } from './text-to-html.ts'
import {
  findChildren,
  hasMarkup,
  parseXml,
  toInnerHtml,
  toText,
  type XmlElement,
} from './xml-tree.ts'

/** What a document of a source holds. `notes` are peculiarities that are no failures. */
export type ParsedDocument = {
  stories: IdentifiedStory[]
  rejections: Rejection[]
  notes: string[]
}

type FeedDocument = { bytes: Uint8Array; contentType: string; url: string }

/** The stories of a feed's document. Throws `FetchFailure` when there is no feed in it. */
export function parseFeedDocument(
  document: FeedDocument,
  config: Pick<FeedSourceConfig, 'name' | 'key' | 'language'>,
): ParsedDocument {
  const text = decodeDocument(document.bytes, document.contentType)
  const { type, stories, notes } = parseFeed(text, document.url)
  if (stories.length === 0) notes.push('is empty')
  const rejections: Rejection[] = []
  const read: IdentifiedStory[] = []
  for (const story of stories) {
    const why = findFault(story)
    if (why === undefined) read.push(identifyStory(toRawStory(story, type, config)))
    else rejections.push({ what: (story.title || story.id || 'a story').slice(0, 200), why })
  }
  return { stories: read, rejections, notes }
}

function findFault({ id, url, title, text }: FeedStory): string | undefined {
  if (id === undefined && url === undefined) return 'has neither an id nor an address'
  return title.trim() === '' && text.trim() === '' ? 'has neither a title nor a text' : undefined
}

function toRawStory(
  { text, dates, updatedAt, ...story }: FeedStory,
  type: string,
  config: Pick<FeedSourceConfig, 'name' | 'key' | 'language'>,
): RawStory {
  const { language } = config
  // Which of several dates can be read does not depend on when they are read.
  const context = { language, seenAt: '2200-01-01T00:00:00.000Z' }
  return {
    ...story,
    source: { name: config.name, key: config.key, type },
    html: text,
    publishedAt: dates.find((date) => parseStoryDate(date, context) !== undefined) ?? dates[0],
    updatedAt,
    sentiment: undefined,
    score: undefined,
    language,
    isSponsored: story.categories.some((name) => /^(sponsored|advertorial|реклама)$/i.test(name)),
    isWithdrawn: false,
  }
}

/** A story as any of the feed formats states it. Title and text are HTML, addresses are absolute. */
type FeedStory = {
  id: string | undefined
  url: string | undefined
  title: string
  text: string
  /** See `RawStory`. */
  base: string | undefined
  authors: string[]
  /** When it was published, in the order in which they count, as they are written. */
  dates: string[]
  updatedAt: string | undefined
  categories: string[]
}

export type ParsedFeed = { type: string; stories: FeedStory[]; notes: string[] }

/**
 * The stories of a feed of whatever format; `url` is where it was fetched. A feed that is broken is read
 * as far as it is whole, and `notes` says so. Throws `FetchFailure` when there is no feed in it.
 */
export function parseFeed(text: string, url: string): ParsedFeed {
  const trimmed = text.replace(/^[\uFEFF\0\s]+/, '')
  if (trimmed === '') throw new FetchFailure('sent nothing', {})
  const parsed = trimmed.startsWith('<') ? parseXmlFeed(trimmed, url) : parseJsonFeed(trimmed, url)
  if (!parsed) throw new FetchFailure(explain(trimmed), {})
  return parsed
}

function explain(text: string): string {
  const start = text.replace(/^(?:<\?xml[^>]*>\s*|<!--[^>]*-->\s*)+/, '')
  if (/^<(!doctype html|html|head|body)\b/i.test(start)) return 'sent a web page, not a feed'
  if (text.startsWith('{') || text.startsWith('[')) return 'sent JSON that is no JSON Feed'
  if (text.startsWith('<')) return 'sent XML that is no feed or broken beyond mending'
  return 'sent something that is no feed'
}

function parseXmlFeed(text: string, url: string): ParsedFeed | undefined {
  const { root, isCut, hasCutStory, notes } = parseXml(text, url)
  if (!root) return undefined
  const isAtom = root.name === 'atom:feed' || root.name === 'atom:entry'
  const isRss = ['rss', 'rdf:rdf', 'channel'].includes(root.name)
  if (!isAtom && !isRss) return undefined
  const channel = findChildren(root, 'channel')[0] ?? root
  const elements = listStories(root, channel)
  if (hasCutStory) elements.pop()
  if (isCut && elements.length === 0) return undefined
  const feed = {
    channel,
    url,
    ownIds: root.name === 'atom:entry' ? new Set<string>() : listOwnIds(channel, url),
  }
  const stories = firstStories(elements, notes).map((element) => toStory(element, feed))
  if (isCut) {
    const cut = hasCutStory ? '; the last one was cut off and left out' : ''
    notes.push(`is broken XML; ${stories.length} stories could be read${cut}`)
  }
  return { type: isAtom ? 'ATOM' : 'RSS', stories, notes }
}

function listStories(root: XmlElement, channel: XmlElement): XmlElement[] {
  if (root.name === 'atom:entry') return [root]
  const places = [...new Set([root, channel, ...findChildren(channel, 'items')])]
  return places.flatMap((place) => [
    ...findChildren(place, 'item'),
    ...findChildren(place, 'atom:entry'),
  ])
}

/** What a feed is built from. `ownIds` name the feed itself, so they name no story of it. */
type Feed = { channel: XmlElement; url: string; ownIds: Set<string> }

function listOwnIds(channel: XmlElement, url: string): Set<string> {
  const links = findChildren(channel, 'atom:link').map(
    ({ attributes }) => attributes.get('href') ?? '',
  )
  const texts = [...findChildren(channel, 'atom:id'), ...findChildren(channel, 'link')].map(toText)
  const about = channel.attributes.get('rdf:about') ?? ''
  const all = [url, about, ...links, ...texts].map((id) => id.trim()).filter((id) => id !== '')
  return new Set(all.flatMap((id) => [id, URL.parse(id, channel.base ?? url)?.href ?? id]))
}

function toStory(story: XmlElement, feed: Feed): FeedStory {
  const links = listLinks(story, feed)
  const guid = findChildren(story, 'guid').find((one) => toText(one).trim() !== '')
  const written = [
    ...texts(story, 'atom:id'),
    guid && toText(guid).trim(),
    story.attributes.get('rdf:about')?.trim(),
  ].find((id) => id !== undefined && id !== '')
  const hasOwnId = written !== undefined && !isNoId(written) && !feed.ownIds.has(written)
  const id = hasOwnId ? written : undefined
  const isAddress = guid?.attributes.get('ispermalink')?.trim().toLowerCase() !== 'false'
  const idUrl = isAddress && id !== undefined && /^https?:/i.test(id) ? id : undefined
  const url = links[0] ?? idUrl
  const { text, base } = findText(story)
  return {
    id,
    url,
    title: findTitle(story),
    text,
    base: base ?? findDefaultBase(url, feed),
    authors: findAuthors(story, feed.channel),
    dates: [
      ...texts(story, 'pubdate', 'atom:published', 'atom:issued', 'dcterms:issued', 'dc:date'),
      ...texts(story, 'dcterms:created', 'atom:created', 'dcterms:date', 'dcterms:available'),
      ...texts(story, 'date', 'dc:created', 'published'),
      // The Channel Definition Format has attributes.
      ...[story.attributes.get('lastmod')?.trim() ?? ''].filter((date) => date !== ''),
    ],
    updatedAt: texts(story, 'atom:updated', 'atom:modified', 'dcterms:modified', 'updated')[0],
    categories: listCategories(story),
  }
}

/**
 * What a text without `xml:base` is relative to: the story's own page (undefined), unless it is a page
 * of somebody else or there is none.
 */
function findDefaultBase(url: string | undefined, feed: Feed): string | undefined {
  const pages = [feed.url, ...feed.ownIds]
  const hosts = new Set(pages.map(toHost))
  const home = pages.find((page) => toHost(page) !== toHost(feed.url) && /^https?:/i.test(page))
  return url !== undefined && hosts.has(toHost(url)) ? undefined : (home ?? feed.url)
}

function toHost(url: string): string | undefined {
  return URL.parse(url)?.host.replace(/^www\./, '')
}

/** The texts of elements by these names, without those that are empty. */
function texts(element: XmlElement, ...names: string[]): string[] {
  return names
    .flatMap((name) => findChildren(element, name))
    .map((child) => toText(child).trim())
    .filter((text) => text !== '')
}

/**
 * The addresses of a story's page, the best first: the original of one that counts readers, the link of
 * RSS, Atom's alternates with HTML before others. What an alternate is not, such as an enclosure, is no
 * page.
 */
function listLinks(story: XmlElement, { url }: Feed): string[] {
  const resolve = (address: string | undefined, base: string | undefined) =>
    address === undefined || address.trim() === ''
      ? undefined
      : URL.parse(address.trim(), base ?? url)?.href
  const original = ['feedburner:origlink', 'pheedo:origlink'].flatMap((name) =>
    findChildren(story, name).map((one) => resolve(toText(one), one.base)),
  )
  const plain = findChildren(story, 'link').map((one) =>
    resolve(toText(one).trim() || one.attributes.get('href'), one.base),
  )
  const alternates = findChildren(story, 'atom:link')
    .filter(({ attributes }) => isAlternate(attributes.get('rel')))
    .toSorted((a, b) => toRank(a) - toRank(b))
    .map((one) => resolve(one.attributes.get('href') ?? toText(one), one.base))
  const own = resolve(story.attributes.get('href'), story.base)
  return [...original, ...plain, ...alternates, own].filter(
    (link) => link !== undefined && /^https?:/i.test(link),
  ) as string[]
}

function isAlternate(rel: string | undefined): boolean {
  const name = rel?.trim().toLowerCase() ?? ''
  return name === '' || /(?:^|[\s/])(?:alternate|canonical)$/.test(name)
}

function toRank({ attributes }: XmlElement): number {
  const type = attributes.get('type')?.trim().toLowerCase() ?? ''
  const isPage = type === 'text/html' || type === 'application/xhtml+xml'
  return isPage ? 0 : type === '' ? 1 : 2
}

function findTitle(story: XmlElement): string {
  for (const name of ['atom:title', 'title', 'dc:title', 'dcterms:title', 'media:title']) {
    for (const title of findChildren(story, name)) {
      const html = toTitleHtml(title)
      if (html.trim() !== '') return html
    }
  }
  return ''
}

function toTitleHtml(title: XmlElement): string {
  if (!title.name.startsWith('atom:')) return hasMarkup(title) ? toInnerHtml(title) : toText(title)
  const kind = toKind(title)
  if (kind === 'xml') return escapeHtml(toTitleText(toInnerHtml(title), { isHtml: true }))
  const text = kind === 'base64' ? decodeBase64(toText(title)) : toText(title)
  const isHtml = kind === 'html' || /html/i.test(title.attributes.get('type') ?? '')
  return escapeHtml(isHtml ? toTitleText(text, { isHtml: true }) : text)
}

type TextKind = 'text' | 'html' | 'xml' | 'base64' | 'other'

/** How the text of an Atom element is written (RFC 4287, section 3.1; Atom 0.3 had a `mode`). */
function toKind(element: XmlElement): TextKind {
  const type = element.attributes.get('type')?.trim().toLowerCase().split(';')[0] ?? ''
  const mode = element.attributes.get('mode')?.trim().toLowerCase()
  if (mode === 'base64') return 'base64'
  if (type === 'xhtml' || type === 'application/xhtml+xml') return 'xml'
  if (hasMarkup(element) && type !== 'text' && type !== 'text/plain') return 'xml'
  if (mode === 'escaped') return type === 'text/plain' || type === 'text' ? 'text' : 'html'
  if (type === 'html' || type === 'text/html') return 'html'
  if (type === '' || type === 'text' || type === 'text/plain') return 'text'
  if (mode === 'xml' && !/[/+]xml$/.test(type)) return 'xml'
  // RFC 4287, section 4.1.3.3: everything else is base64, but XML, which is not escaped.
  return /^text\//.test(type) ? 'text' : /[/+]xml$/.test(type) ? 'other' : 'base64'
}

/** Decodes UTF-8 in base64. Text that is not base64 is returned unchanged. */
function decodeBase64(text: string): string {
  const plain = text.replace(/\s+/g, '')
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(plain)) return text
  return new TextDecoder().decode(Buffer.from(plain, 'base64'))
}

/** The longest of the texts that state the whole story, else a summary. */
function findText(story: XmlElement): { text: string; base: string | undefined } {
  const whole = [
    'content:encoded',
    'atom:content',
    'xhtml:body',
    'xhtml:div',
    'fullitem',
    'description',
  ]
  const summaries = [
    'atom:summary',
    'media:description',
    'itunes:summary',
    'dcterms:abstract',
    'abstract',
    'dc:description',
  ]
  const media = findChildren(story, 'media:group')
  const places = [
    story,
    ...media,
    ...[story, ...media].flatMap((one) => findChildren(one, 'media:content')),
  ]
  for (const names of [whole, summaries]) {
    const found = names
      .flatMap((name) => places.flatMap((place) => findChildren(place, name)))
      .map((element) => ({ text: toTextHtml(element), base: element.base }))
      .filter(({ text }) => text.trim() !== '')
      .toSorted((a, b) => b.text.length - a.text.length)[0]
    if (found) return found
  }
  return { text: '', base: undefined }
}

function toTextHtml(element: XmlElement): string {
  if (!element.name.startsWith('atom:')) {
    const isPlain = element.attributes.get('type')?.trim().toLowerCase() === 'plain'
    if (hasMarkup(element)) return toInnerHtml(element)
    return isPlain ? textToHtml(toText(element)) : toText(element)
  }
  const kind = toKind(element)
  if (kind === 'xml') return toInnerHtml(element)
  if (kind === 'other') return ''
  if (kind === 'base64') {
    const type = element.attributes.get('type')?.trim().toLowerCase() ?? ''
    if (!/^(?:text\/.*|html|application\/(?:xhtml\+xml|octet-stream))?$/.test(type)) return ''
    const decoded = decodeBase64(toText(element))
    return type === 'text/plain' ? textToHtml(decoded) : decoded
  }
  return kind === 'html' ? toText(element) : textToHtml(toText(element))
}

/** Its own authors, else those of the feed that it was taken from, else those of this Atom feed. */
function findAuthors(story: XmlElement, channel: XmlElement): string[] {
  const own = [
    ...listPersons(story),
    ...texts(story, 'author', 'dc:creator', 'dcterms:creator', 'itunes:author', 'dc:author'),
  ]
  if (own.length > 0) return own
  const source = findChildren(story, 'atom:source').flatMap(listPersons)
  return source.length > 0 ? source : listPersons(channel)
}

function listPersons(element: XmlElement): string[] {
  return findChildren(element, 'atom:author').flatMap((author) => {
    const names = texts(author, 'atom:name', 'name')
    return names.length > 0 || hasMarkup(author) ? names : [toText(author).trim()].filter(Boolean)
  })
}

function listCategories(story: XmlElement): string[] {
  const atom = findChildren(story, 'atom:category').map(
    ({ attributes }) => attributes.get('label')?.trim() || attributes.get('term')?.trim() || '',
  )
  const all = [...texts(story, 'category', 'dc:subject', 'dcterms:subject'), ...atom]
  return [...new Set(all.filter((name) => name !== ''))]
}
