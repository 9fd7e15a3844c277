import { isSlug } from '#lib/content/article-identity.ts'
import { formatFound } from '#lib/content/front-matter/finding.ts'
import {
  type ForeignField,
  foreignNamesOf,
  hidesText,
} from '#lib/content/front-matter/foreign-fields.ts'
import { frontMatterSchema } from '#lib/content/front-matter/front-matter.ts'
import { parseStoryDate } from '#lib/ingest/intake/story-instant.ts'
import { toSegment } from '#lib/site/segment.ts'
import type { ImportedPost, LossNote } from './imported-post.ts'

/** What a front matter says; the other parts of a post come from its path and its text. */
export type MappedFields = Pick<
  ImportedPost,
  'fields' | 'lang' | 'draftReasons' | 'addresses' | 'losses'
> & {
  slug: string | undefined
  isPage: boolean
  /** All of them as written: old addresses are made of them. */
  categories: string[]
}

type Context = {
  lineOf: (field: string) => number
  /** Jekyll separates `categories` and `tags` by spaces where they are one text. */
  splitsAtSpaces: boolean
  now: Date
}

/** Fields that are ours by name and mean nothing elsewhere: written as they are. */
const ownFields = new Set(
  [
    ...['externalId', 'source', 'alsoReportedBy', 'sentiment', 'score', 'draftReason', 'ai'],
    ...['corrections', 'ingest', 'withdrawn'],
  ].filter((name) => name in frontMatterSchema.shape),
)

/** Fields whose value changes nothing for readers when it is this. */
const silent: Record<string, (value: unknown) => boolean> = {
  layout: (value) => ['post', 'default', 'blog', 'single', 'article'].includes(String(value)),
  type: (value) => ['post', 'posts', 'blog', 'article', 'news'].includes(String(value)),
  published: (value) => value === true,
  publish: (value) => value === true,
  draft: () => true,
}

/**
 * Front matter of another tool, or of ours → our fields. Values are texts, true, false, null, lists
 * and mappings. A value that has no place here, and a field that none of ours means, is a loss; a date
 * that cannot be read is one as well, and is left out. Never guesses: what is not said is undefined.
 */
export function mapFields(written: Record<string, unknown>, context: Context): MappedFields {
  const losses: LossNote[] = []
  const used = new Set<string>()
  const fields: ImportedPost['fields'] = {}
  const draftReasons: string[] = []
  const addresses: string[] = []
  const note = (
    severity: LossNote['severity'],
    field: string,
    outcome: string,
    value: unknown = written[field],
  ) => {
    losses.push({
      severity,
      line: context.lineOf(field),
      field,
      found: formatFound(value),
      outcome,
    })
  }
  /** The first field with one of the names that `read` understands; others of them are losses. */
  function take<Value>(
    field: ForeignField,
    read: (value: unknown, name: string) => Value | undefined,
    unreadable: string,
  ): Value | undefined {
    let found: Value | undefined
    for (const name of foreignNamesOf(field, Object.keys(written))) {
      if (used.has(name) || isEmpty(written[name])) continue
      const value = read(written[name], name)
      if (value === undefined && hidesText(name, written[name])) continue
      if (silent[name]?.(written[name])) continue
      used.add(name)
      if (value === undefined) note('lost', name, unreadable)
      else if (found === undefined) found = value
      else if (JSON.stringify(found) !== JSON.stringify(value)) {
        note('lost', name, `left out: another field is our ${field}`)
      }
    }
    return found
  }
  const assign = <Name extends keyof typeof fields>(name: Name, value: (typeof fields)[Name]) => {
    if (value !== undefined) fields[name] = value
  }

  assign('title', take('title', toLine, 'left out: no text'))
  assign('description', take('description', toLine, 'left out: no text'))
  assign('publishedAt', take('publishedAt', toInstant, 'left out: no date that can be read'))
  assign('updatedAt', take('updatedAt', toInstant, 'left out: no date that can be read'))
  assign('canonicalUrl', take('canonicalUrl', toHttps, 'left out: no https address'))
  assign('translationKey', take('translationKey', toSlugText, 'left out: no key that we can have'))
  if (take('stickyWeight', (value) => toWeight(value), 'left out: no weight')) {
    fields.stickyWeight = toWeight(written.stickyWeight) ?? 1
  }
  const lang = take('lang', (value) => toLine(value)?.toLowerCase(), 'left out: no language')
  const categories = takeTopics()
  takeCover()
  assign('authors', takeAuthors())
  const isHidden = take('noindex', toNoindex, 'left out: more than one word for search engines')
  if (isHidden) fields.noindex = true
  takeAddresses()
  const slug = takeSlug()
  takeDraft()
  const own = Object.fromEntries(
    Object.entries(written).filter(([name]) => ownFields.has(name) && !used.has(name)),
  )
  for (const name of Object.keys(own)) used.add(name)
  if (Object.keys(own).length > 0) fields.own = own
  const isPage =
    ['page', 'pages', 'static'].includes(String(written.layout)) ||
    ['page', 'pages'].includes(String(written.type))
  if (isPage) for (const name of ['layout', 'type']) used.add(name)
  if (!isEmpty(written.review)) {
    used.add('review')
    note('lost', 'review', 'left out: nobody here has reviewed the text; approve it again')
  }
  for (const [name, value] of Object.entries(written)) {
    if (!used.has(name) && !isEmpty(value) && !silent[name]?.(value)) {
      note('lost', name, 'left behind: there is no such field here')
    }
  }
  return { fields, lang, slug, isPage, categories, draftReasons, addresses, losses }

  /** One category is ours; the others become tags, and a name without letters or digits nothing. */
  function takeTopics(): string[] {
    const toNames = (value: unknown, name: string) => {
      const names = toList(value, name === 'category' ? undefined : context.splitsAtSpaces)
      return names.length > 0 ? names : undefined
    }
    const categories = (take('category', toNames, 'left out: no names') ?? []).filter(isTopic)
    const [category, ...others] = categories
    const tags = take('tags', toNames, 'left out: no names') ?? []
    for (const bad of tags.filter((tag) => !isTopic(tag))) {
      note('lost', 'tags', 'left out: no letter or digit in it', bad)
    }
    if (category !== undefined) fields.category = category
    if (others.length > 0)
      note('changed', 'categories', 'became tags: here is one category', others)
    const all = [...tags.filter(isTopic), ...others]
    if (all.length > 0) fields.tags = [...new Set(all)]
    return categories
  }

  function takeCover(): void {
    const cover = take('coverImage', toCover, 'left out: no address of a picture')
    if (!cover) return
    const altName = Object.keys(written).find((name) =>
      /^(?:cover|image|hero_?image|featured_?image|thumbnail)_?(?:alt|alt_?text)$/i.test(name),
    )
    const alt = altName === undefined ? undefined : toLine(written[altName])
    if (altName !== undefined) used.add(altName)
    fields.cover = alt === undefined ? cover : { ...cover, alt }
  }

  function takeAuthors(): string[] | undefined {
    const names: string[] = []
    for (const name of ['author', ...foreignNamesOf('authors', Object.keys(written))]) {
      if (used.has(name) || isEmpty(written[name])) continue
      used.add(name)
      const people = Array.isArray(written[name]) ? written[name] : [written[name]]
      for (const person of people) {
        const known = toPerson(person)
        if (known === undefined) note('lost', name, 'left out: no name', person)
        else {
          names.push(known.name)
          if (known.rest.length > 0) {
            note('lost', name, 'only the name stays: authors have files of their own', known.rest)
          }
        }
      }
    }
    return names.length > 0 ? [...new Set(names)] : undefined
  }

  /** Hugo's aliases and Jekyll's `redirect_from` are paths; ours are former slugs. */
  function takeAddresses(): void {
    const aliases: string[] = []
    for (const name of [...foreignNamesOf('aliases', Object.keys(written))]) {
      if (used.has(name) || isEmpty(written[name])) continue
      used.add(name)
      for (const value of toList(written[name], false)) {
        if (/^https?:\/\//.test(value)) addresses.push(value)
        else if (value.includes('/')) addresses.push(value.replace(/^\/?/, '/'))
        else if (isSlug(value)) aliases.push(value)
        else note('lost', name, 'left out: no address', value)
      }
    }
    if (aliases.length > 0) fields.aliases = aliases
    for (const name of ['permalink', 'url']) {
      const value = toLine(written[name])
      if (value === undefined) continue
      used.add(name)
      // A pattern is a whole site's, and is read from its settings.
      if (!/:\w|\{\{/.test(value))
        addresses.push(/^https?:/.test(value) ? value : value.replace(/^\/?/, '/'))
      else note('lost', name, 'left out: a pattern, no address')
    }
  }

  function takeSlug(): string | undefined {
    const value = toLine(written.slug)
    if (value === undefined) return undefined
    used.add('slug')
    const last = value.split('/').filter(Boolean).at(-1)
    if (value.includes('/')) addresses.push(value.replace(/^\/?/, '/'))
    return last
  }

  function takeDraft(): void {
    const { draft, draftReason } = written
    used.add('draft')
    const reason = toLine(draftReason)
    if (draft === true || /^(?:true|yes|on|1)$/i.test(String(draft ?? ''))) {
      draftReasons.push(reason ?? '')
      used.add('draftReason')
    } else if (
      draft !== undefined &&
      draft !== false &&
      !/^(?:false|no|off|0)?$/i.test(String(draft ?? ''))
    ) {
      draftReasons.push(`The field draft was ${formatFound(draft)}`)
    }
    for (const [name, value] of Object.entries(written)) {
      if (used.has(name) || !hidesText(name, value)) continue
      used.add(name)
      draftReasons.push(`It was hidden: ${name}: ${String(value)}`)
    }
    for (const name of ['expiryDate', 'expirydate', 'expires', 'unpublishdate']) {
      if (isEmpty(written[name])) continue
      used.add(name)
      draftReasons.push(`It was to end: ${name}: ${formatFound(written[name])}`)
    }
  }
}

const isEmpty = (value: unknown) =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && Object.keys(value).length === 0)

const isTopic = (name: string) => toSegment(name) !== '' && name.length <= 100

function toLine(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
    return undefined
  const line = String(value).replace(/\s+/g, ' ').trim()
  return line === '' ? undefined : line
}

function toInstant(value: unknown): string | undefined {
  // Docusaurus: last_update: { date, author }.
  if (typeof value === 'object' && value !== null && 'date' in value) return toInstant(value.date)
  return typeof value === 'string' ? readDate(value) : undefined
}

/** Posts may be scheduled, so that a date that lies ahead rules out no reading. */
const endOfTime = '2200-12-31T00:00:00.000Z'

/**
 * A date of another tool as a UTC instant, read as ingest reads the dates of feeds: a missing time is
 * midnight, a missing zone UTC. Undefined for one that cannot be read or has two meanings (03/04/2026).
 */
export function readDate(text: string): string | undefined {
  return parseStoryDate(text.trim(), { language: 'en', seenAt: endOfTime })
}

function toHttps(value: unknown): string | undefined {
  const line = toLine(value)
  return line?.startsWith('https://') && URL.canParse(line) ? line : undefined
}

function toSlugText(value: unknown): string | undefined {
  const line = toLine(value)
  return line !== undefined && isSlug(line) ? line : undefined
}

function toWeight(value: unknown): number | undefined {
  if (value === true || value === 'true') return 1
  const number = Number(value)
  return typeof value !== 'boolean' && Number.isFinite(number) && number > 0 ? number : undefined
}

/** `robots: noindex`, `sitemap: false`, `sitemap: { exclude: true }`; other words are not ours. */
function toNoindex(value: unknown, name: string): boolean | undefined {
  if (typeof value === 'object' && value !== null) {
    return 'exclude' in value && String(value.exclude) === 'true' ? true : undefined
  }
  const text = String(value).toLowerCase()
  if (name.toLowerCase() === 'noindex')
    return text === 'true' ? true : text === 'false' ? false : undefined
  if (name.toLowerCase() === 'sitemap') return text === 'false' ? true : undefined
  if (/\bnoindex\b/.test(text)) return true
  return /^index\b/.test(text) ? false : undefined
}

/** Names in a list, or in one text that is divided at commas or, in Jekyll, at spaces. */
function toList(value: unknown, splitsAtSpaces: boolean | undefined): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((one) => {
      const known =
        typeof one === 'object' && one !== null ? (one.name ?? one.title ?? one.label) : one
      return toLine(known) ?? []
    })
  }
  const line = toLine(value)
  if (line === undefined) return []
  if (splitsAtSpaces === undefined) return [line]
  const parts = line.includes(',') || !splitsAtSpaces ? line.split(',') : line.split(' ')
  return parts.map((part) => part.trim()).filter(Boolean)
}

function toCover(value: unknown): { address: string; alt?: string } | undefined {
  if (Array.isArray(value)) return toCover(value[0])
  if (typeof value === 'object' && value !== null) {
    const parts = value as Record<string, unknown>
    const address = [
      'raw',
      'full',
      'regular',
      'small',
      'src',
      'url',
      'image',
      'path',
      'feature',
      'teaser',
      'relative',
    ]
      .map((name) => toLine(parts[name]))
      .find((one) => one !== undefined && /[./]/.test(one))
    const alt = toLine(parts.alt)
    return address === undefined ? undefined : { address, ...(alt === undefined ? {} : { alt }) }
  }
  const line = toLine(value)?.replace(/^!?\[\[|\]\]$/g, '')
  return line !== undefined && /[./]/.test(line) ? { address: line } : undefined
}

function toPerson(value: unknown): { name: string; rest: string[] } | undefined {
  if (typeof value !== 'object' || value === null) {
    const name = toLine(value)
    return name === undefined ? undefined : { name, rest: [] }
  }
  const { name, key, title: _title, ...rest } = value as Record<string, unknown>
  const known = toLine(name) ?? toLine(key)
  return known === undefined ? undefined : { name: known, rest: Object.keys(rest) }
}
