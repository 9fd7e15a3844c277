import { parseFeed as parseAnyFeed } from 'feedsmith'
import { decodeDocument } from '../fetch/decode-document.ts'
import { FetchFailure } from '../fetch/fetch-failure.ts'
import { identifyStory } from '../intake/story-identity.ts'
import type { FeedSourceConfig } from '../settings/ingest-config.ts'
import type { IdentifiedStory, RawStory } from '../story.ts'
import { repairXml } from './repair-xml.ts'
import type { Rejection } from './source-result.ts'
import { escapeHtml, textToHtml } from './text-to-html.ts'

/** More stories than this are not read from one document; real feeds have up to a few hundred. */
const maxStories = 1000

/** What a document of a source holds. `notes` are peculiarities that are no failures. */
export type ParsedDocument = {
  stories: IdentifiedStory[]
  rejections: Rejection[]
  notes: string[]
}

/** The stories of a feed's document. Throws `FetchFailure` when there is no feed in it. */
export function parseFeedDocument(
  document: { bytes: Uint8Array; contentType: string; url: string },
  config: Pick<FeedSourceConfig, 'name' | 'key' | 'language'>,
): ParsedDocument {
  const { type, stories, notes } = parseFeed(decodeDocument(document.bytes, document.contentType))
  if (stories.length === 0) notes.push('is empty')
  if (stories.length > maxStories) {
    notes.push(`has ${stories.length} stories; only the first ${maxStories} are read`)
  }
  const rejections: Rejection[] = []
  const read: IdentifiedStory[] = []
  for (const story of stories.slice(0, maxStories)) {
    const why = findFault(story)
    if (why === undefined) read.push(identifyStory(toRawStory(story, type, config, document.url)))
    else rejections.push({ what: (story.title || story.id || 'a story').slice(0, 200), why })
  }
  return { stories: read, rejections, notes }
}

function findFault({ id, title, text }: FeedStory): string | undefined {
  if (id === undefined || id.trim() === '') return 'has neither an id nor an address'
  return title.trim() === '' && text.trim() === '' ? 'has neither a title nor a text' : undefined
}

function toRawStory(
  { text, ...story }: FeedStory,
  type: string,
  config: Pick<FeedSourceConfig, 'name' | 'key' | 'language'>,
  base: string,
): RawStory {
  return {
    ...story,
    source: { name: config.name, key: config.key, type },
    url: story.url === undefined ? undefined : URL.parse(story.url.trim(), base)?.href,
    html: text,
    sentiment: undefined,
    score: undefined,
    language: config.language,
    isSponsored: story.categories.some((name) => /^(sponsored|advertorial|реклама)$/i.test(name)),
    isWithdrawn: false,
  }
}

/** A story as any of the feed formats states it. Title and text are HTML. */
export type FeedStory = {
  id: string | undefined
  url: string | undefined
  title: string
  text: string
  authors: string[]
  publishedAt: string | undefined
  updatedAt: string | undefined
  categories: string[]
}

type AnyFeed = ReturnType<typeof parseAnyFeed>
type RssStory = NonNullable<Extract<AnyFeed, { format: 'rss' }>['feed']['items']>[number]
type RdfStory = NonNullable<Extract<AnyFeed, { format: 'rdf' }>['feed']['items']>[number]
type AtomStory = NonNullable<Extract<AnyFeed, { format: 'atom' }>['feed']['entries']>[number]
type JsonStory = NonNullable<Extract<AnyFeed, { format: 'json' }>['feed']['items']>[number]

/**
 * The stories of a feed of whatever format. A feed that is broken is mended where it can be, and
 * `notes` says so. Throws `FetchFailure` when there is no feed in it.
 */
export function parseFeed(text: string): {
  type: string
  stories: FeedStory[]
  notes: string[]
} {
  const trimmed = text.replace(/^\uFEFF?\s+/, '')
  if (trimmed === '') throw new FetchFailure('sent nothing', {})
  const { xml: short, notes } = dropLongPersons(trimmed)
  const parsed = tryParse(short)
  if (parsed) return { ...toStories(parsed), notes }
  const mended = short.startsWith('<') ? tryParse(repairXml(short)) : undefined
  if (mended) {
    const found = toStories(mended)
    return {
      ...found,
      notes: [...notes, `is broken XML; ${found.stories.length} stories could be read`],
    }
  }
  throw new FetchFailure(explain(trimmed), {})
}

/** In characters. A byline has a few dozen. */
const maxPersonLength = 2000

/**
 * RSS puts name, address and page of a person into one text; the parser looks at the rest of it from
 * every bracket. What is too long for a name goes.
 */
function dropLongPersons(xml: string): { xml: string; notes: string[] } {
  const opening = /<(author|managingEditor|webMaster)\b/gi
  const unclosed = new Set<string>()
  let kept = ''
  let end = 0
  let count = 0
  for (let match = opening.exec(xml); match; match = opening.exec(xml)) {
    const name = (match[1] ?? '').toLowerCase()
    if (unclosed.has(name)) continue
    const closing = new RegExp(`</${name}\\s*>`, 'gi')
    closing.lastIndex = opening.lastIndex
    if (!closing.test(xml)) {
      unclosed.add(name)
      continue
    }
    if (closing.lastIndex - match.index > maxPersonLength) {
      kept += xml.slice(end, match.index)
      end = closing.lastIndex
      count += 1
    }
    opening.lastIndex = closing.lastIndex
  }
  const notes = [
    `names ${count} authors in more than ${maxPersonLength} characters; they were left out`,
  ]
  return { xml: kept + xml.slice(end), notes: count > 0 ? notes : [] }
}

function tryParse(text: string): AnyFeed | undefined {
  try {
    return parseAnyFeed(text)
  } catch {
    return undefined
  }
}

function explain(text: string): string {
  if (/^<(!doctype html|html|head|body)/i.test(text)) return 'sent a web page, not a feed'
  if (text.startsWith('{') || text.startsWith('[')) return 'sent JSON that is no JSON Feed'
  if (text.startsWith('<')) return 'sent XML that is no feed or broken beyond mending'
  return 'sent something that is no feed'
}

function toStories(parsed: AnyFeed): { type: string; stories: FeedStory[] } {
  switch (parsed.format) {
    case 'rss':
      return { type: 'RSS', stories: (parsed.feed.items ?? []).map(fromRss) }
    case 'rdf':
      return { type: 'RSS', stories: (parsed.feed.items ?? []).map(fromRdf) }
    case 'atom':
      return { type: 'ATOM', stories: (parsed.feed.entries ?? []).map(fromAtom) }
    case 'json':
      return { type: 'JSON', stories: (parsed.feed.items ?? []).map(fromJson) }
  }
}

function fromRss(story: RssStory): FeedStory {
  const { guid, link, title, description, content, dc, dcterms, atom } = story
  const isAddress = guid?.value !== undefined && guid.isPermaLink !== false
  const guidUrl = isAddress && /^https?:/i.test(guid.value ?? '') ? guid.value : undefined
  return {
    id: guid?.value ?? link,
    url: link ?? guidUrl ?? atom?.links?.[0]?.href,
    title: title ?? dc?.titles?.[0] ?? '',
    text: longest(content?.encoded, description),
    authors: [...(story.authors ?? []).map(nameOf), ...(dc?.creators ?? [])].filter(isThere),
    publishedAt: toDateText(story.pubDate ?? dc?.dates?.[0] ?? dcterms?.created?.[0]),
    updatedAt: toDateText(atom?.updated),
    categories: (story.categories ?? []).map(({ name }) => name).filter(isThere),
  }
}

function fromRdf({ rdf, link, title, description, content, dc }: RdfStory): FeedStory {
  return {
    id: rdf?.about ?? link,
    url: link ?? rdf?.about,
    title: title ?? dc?.titles?.[0] ?? '',
    text: longest(content?.encoded, description),
    authors: dc?.creators ?? [],
    publishedAt: toDateText(dc?.dates?.[0]),
    updatedAt: undefined,
    categories: dc?.subjects ?? [],
  }
}

function fromAtom(story: AtomStory): FeedStory {
  const { id, links = [], title, content, summary, authors, categories } = story
  const page = links.find(({ rel }) => rel === undefined || rel === 'alternate') ?? links[0]
  const body = content?.value ?? summary?.value ?? ''
  const bodyType = content?.value === undefined ? summary?.type : content.type
  return {
    id: id ?? page?.href,
    url: page?.href,
    title: asHtml(title?.value ?? '', title?.type),
    text: asHtml(body, bodyType),
    authors: (authors ?? []).map(({ name }) => name).filter(isThere),
    publishedAt: toDateText(story.published ?? story.updated),
    updatedAt: toDateText(story.updated),
    categories: (categories ?? []).map(({ label, term }) => label ?? term).filter(isThere),
  }
}

function fromJson(story: JsonStory): FeedStory {
  const { content_html, content_text, summary } = story
  const url = story.url ?? story.external_url
  return {
    id: story.id ?? url,
    url,
    title: escapeHtml(story.title ?? ''),
    text: content_html ?? textToHtml(content_text ?? summary ?? ''),
    authors: (story.authors ?? []).map(({ name }) => name).filter(isThere),
    publishedAt: toDateText(story.date_published),
    updatedAt: toDateText(story.date_modified),
    categories: story.tags ?? [],
  }
}

/** An Atom text is plain unless it says otherwise (RFC 4287, section 3.1.1). */
function asHtml(text: string, type: string | undefined): string {
  return type === undefined || type === 'text' || type === 'text/plain' ? textToHtml(text) : text
}

function longest(...texts: (string | undefined)[]): string {
  return texts.filter(isThere).toSorted((a, b) => b.length - a.length)[0] ?? ''
}

/** The parser leaves dates as they were written. */
function toDateText(date: unknown): string | undefined {
  return typeof date === 'string' ? date : undefined
}

function nameOf(author: { name?: string; email?: string }): string | undefined {
  return author.name
}

function isThere<Value>(value: Value | undefined): value is Value {
  return value !== undefined && value !== ''
}
