import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { StringDecoder } from 'node:string_decoder'
import sax from 'sax'
import { z } from 'zod'
import { isAuthorKey, toSegment } from '#lib/site/segment.ts'
import {
  type ImportedAuthor,
  type ImportedPost,
  type ImportSource,
  type Loss,
  type LossNote,
  quoteFound,
} from './imported-post.ts'
import { readDate } from './map-fields.ts'

/** In bytes. The file is read in pieces, so that memory does not grow with it. */
const maxFileBytes = 2 * 1024 * 1024 * 1024
/** Of one post with its comments and fields, in UTF-16 units. */
const maxItemLength = 16 * 1024 * 1024
const mostItems = 200_000

/** An element of an item: its name with prefix, attributes, text, and the line where the text begins. */
type Field = {
  name: string
  attributes: Record<string, string>
  text: string
  line: number
  children: Field[]
}

type Item = { line: number; fields: Field[]; length: number; isTooLong: boolean }
type Attachment = { url: string; alt: string; parent: string }

/**
 * An export of WordPress (WXR: Tools → Export → All content). The file is read twice, in pieces: first
 * for what posts name by number, then for the posts. Entities of a DTD are not expanded. A post of more
 * than 16 MB is left out and named, and so is everything behind an end of the file that comes too early.
 */
export async function openWordPressExport(file: string, name: string): Promise<ImportSource> {
  const info = await stat(file).catch(() => undefined)
  if (!info?.isFile()) throw new Error(`There is no file ${file}.`)
  if (info.size > maxFileBytes)
    throw new Error(`${file} has ${info.size} bytes: at most 2 GB can be read.`)
  const losses: Loss[] = []
  const lose = (note: LossNote) => losses.push({ ...note, file: name })
  const attachments = new Map<string, Attachment>()
  const authors = new Map<string, ImportedAuthor>()
  /** Names of authors whose login is no key. */
  const authorNames = new Map<string, string>()
  const categoryNames = new Map<string, string>()
  const pageSlugs = new Map<string, { slug: string; parent: string }>()
  const redirects: [string, string][] = [['/feed', '/rss.xml']]
  const sites = new Set<string>()
  const uploadSites = new Set<string>()
  let items = 0
  let channelLink = ''

  for await (const part of readParts(file)) {
    if ('problem' in part) {
      lose(part.problem)
      continue
    }
    if ('item' in part) {
      items += 1
      if (items > mostItems) throw new Error(`${file} has more than ${mostItems} items.`)
      const { get, meta } = readerOf(part.item)
      if (get('wp:post_type') === 'attachment') {
        const alt = meta('_wp_attachment_image_alt') ?? ''
        const url = get('wp:attachment_url') || get('guid')
        if (url) attachments.set(get('wp:post_id'), { url, alt, parent: get('wp:post_parent') })
        // WordPress.com keeps uploads on a host of their own.
        const origin = URL.parse(url)?.origin
        if (origin) uploadSites.add(origin)
      }
      if (get('wp:post_type') === 'page') {
        pageSlugs.set(get('wp:post_id'), {
          slug: get('wp:post_name'),
          parent: get('wp:post_parent'),
        })
      }
      continue
    }
    readChannelField(part.field)
  }
  if (items === 0 && sites.size === 0) {
    throw new Error(`${file} is no export of WordPress: it has no posts and no wp:base_site_url.`)
  }

  function readChannelField(field: Field): void {
    const child = (wanted: string) => textOf(field.children, wanted)
    if (field.name === 'link') channelLink = field.text
    if (field.name === 'wp:base_blog_url' || field.name === 'wp:base_site_url') {
      if (/^https?:\/\//.test(field.text)) sites.add(field.text)
    }
    if (field.name === 'wp:author') {
      const login = child('wp:author_login')
      const full = child('wp:author_display_name') || login
      const key = login.toLowerCase()
      if (isAuthorKey(key) && full) authors.set(login, { key, name: full })
      else if (full) authorNames.set(login, full)
    }
    const isCategory = field.name === 'wp:category'
    if (isCategory || field.name === 'wp:tag') {
      const termName = child(isCategory ? 'wp:cat_name' : 'wp:tag_name')
      const slug = child(isCategory ? 'wp:category_nicename' : 'wp:tag_slug')
      if (isCategory) categoryNames.set(child('wp:term_id'), termName)
      const segment = toSegment(termName)
      const kind = isCategory ? 'category' : 'tag'
      if (slug && segment && slug !== segment) {
        redirects.push([`/${kind}/${slug}`, `/${kind}/${encodeURIComponent(segment)}`])
      }
      const about = child(isCategory ? 'wp:category_description' : 'wp:tag_description')
      if (about) {
        lose({
          severity: 'lost',
          line: field.line,
          field: `${kind} ${termName}`,
          found: quoteFound(about),
          outcome: 'left behind: categories and tags have no description',
        })
      }
    }
  }

  const usedAuthors = new Map<string, ImportedAuthor>()
  const typesLeft = new Map<string, { count: number; line: number }>()
  let isFirst = true

  function toPost(item: Item): ImportedPost | undefined {
    const { get, meta, lineOf, all } = readerOf(item)
    const type = get('wp:post_type') || 'post'
    const status = get('wp:status') || 'publish'
    const title = decodeEntities(get('title'))
    const id = get('wp:post_id')
    if (type === 'attachment') return undefined
    const leaveOut = (outcome: string, field: string, severity: LossNote['severity'] = 'lost') => {
      const found = quoteFound(title || get('wp:post_name') || id)
      if (isFirst) lose({ severity, line: item.line, field, found, outcome })
      return undefined
    }
    if (type !== 'post' && type !== 'page') {
      const known = typesLeft.get(type)
      typesLeft.set(type, { count: (known?.count ?? 0) + 1, line: known?.line ?? item.line })
      return undefined
    }
    if (status === 'trash') return leaveOut('left behind: it is in the trash', 'wp:status')
    if (status === 'auto-draft' || status === 'inherit')
      return leaveOut('left behind: a copy of a text', 'wp:status')
    if (item.isTooLong) return leaveOut('left out: more than 16 MB', 'item', 'refused')

    const footnotes = readFootnotes(meta('footnotes') ?? '') ?? {}
    const post: ImportedPost = {
      kind: type === 'page' ? 'page' : 'article',
      file: name,
      line: item.line,
      fields: {},
      slug: decodeSlug(get('wp:post_name')),
      draftReasons: [],
      addresses: [],
      body: {
        format: 'html',
        flavour: 'wordpress',
        text: get('content:encoded'),
        line: lineOf('content:encoded'),
        attachments: pickAttachments(get('content:encoded'), id, attachments),
        footnotes,
      },
      losses: [],
    }
    const note = (
      severity: LossNote['severity'],
      field: string,
      found: string,
      outcome: string,
      line = lineOf(field),
    ) => post.losses.push({ severity, line, field, found: quoteFound(found), outcome })
    const { fields } = post
    if (title) fields.title = title
    readTimes()
    readStatus()
    readTerms()
    readMeta()
    const excerpt = get('excerpt:encoded').replace(/<[^>]*>/g, ' ')
    if (excerpt.trim()) fields.description = decodeEntities(excerpt)
    const login = get('dc:creator')
    const author = authors.get(login)
    if (author) {
      usedAuthors.set(login, author)
      fields.authors = [author.key]
    } else if (login) fields.authors = [authorNames.get(login) ?? login]
    if (get('wp:is_sticky') === '1') fields.stickyWeight = 1
    const comments = all('wp:comment')
    if (comments.length > 0) {
      note(
        'lost',
        'wp:comment',
        `${comments.length} ${comments.length === 1 ? 'comment' : 'comments'}`,
        'left behind: there are no comments here',
        comments[0]?.line,
      )
    }
    readAddresses()
    return post

    function readTimes(): void {
      const read = (gmt: string, local: string) => {
        const universal = get(gmt).startsWith('0000') ? undefined : readDate(get(gmt))
        if (universal !== undefined) return universal
        const here = get(local).startsWith('0000') ? undefined : readDate(get(local))
        if (here !== undefined)
          note('changed', local, get(local), 'taken as UTC: the export has no time zone for it')
        return here
      }
      const at = read('wp:post_date_gmt', 'wp:post_date')
      if (at !== undefined) fields.publishedAt = at
      const changed = get('wp:post_modified_gmt')
      const updatedAt = changed.startsWith('0000') ? undefined : readDate(changed)
      if (updatedAt !== undefined && at !== undefined && updatedAt > at)
        fields.updatedAt = updatedAt
    }

    function readStatus(): void {
      const password = get('wp:post_password')
      if (password) post.draftReasons.push('It had a password in WordPress')
      if (status === 'private') post.draftReasons.push('It was private in WordPress')
      else if (status === 'draft' || status === 'pending')
        post.draftReasons.push(
          `It was ${status === 'draft' ? 'a draft' : 'waiting for review'} in WordPress`,
        )
      else if (status !== 'publish' && status !== 'future')
        post.draftReasons.push(`Its status in WordPress was ${status}`)
    }

    function readTerms(): void {
      const names = { category: [] as string[], post_tag: [] as string[] }
      for (const { attributes, text, line } of all('category')) {
        const domain = attributes.domain ?? ''
        const term = decodeEntities(text)
        if (toSegment(term) === '') continue
        if (domain === 'category' || domain === 'post_tag') names[domain].push(term)
        else if (domain === 'tag') names.post_tag.push(term)
        else
          note('lost', `category ${domain}`, term, 'left behind: a taxonomy that is not here', line)
      }
      const primary = categoryNames.get(meta('_yoast_wpseo_primary_category') ?? '')
      const [category, ...others] = [
        ...new Set(
          primary !== undefined && names.category.includes(primary)
            ? [primary, ...names.category]
            : names.category,
        ),
      ]
      if (category !== undefined) fields.category = category
      if (others.length > 0)
        note('changed', 'category', others.join(', '), 'became tags: here is one category')
      const tags = [...new Set([...names.post_tag, ...others])]
      if (tags.length > 0) fields.tags = tags
    }

    function readMeta(): void {
      const thumbnail = attachments.get(meta('_thumbnail_id') ?? '')
      if (thumbnail)
        fields.cover = { address: thumbnail.url, ...(thumbnail.alt ? { alt: thumbnail.alt } : {}) }
      else if (meta('_thumbnail_id'))
        note(
          'lost',
          '_thumbnail_id',
          meta('_thumbnail_id') ?? '',
          'no cover: the picture is not in the export',
          item.line,
        )
      const about =
        meta('_yoast_wpseo_metadesc') ??
        meta('_aioseop_description') ??
        meta('rank_math_description')
      if (about && !/%%/.test(about) && !get('excerpt:encoded').trim()) fields.description = about
      const canonical = meta('_yoast_wpseo_canonical')
      if (canonical?.startsWith('https://')) fields.canonicalUrl = canonical
      if (meta('_yoast_wpseo_meta-robots-noindex') === '1') fields.noindex = true
      for (const field of all('wp:postmeta')) {
        const key = textOf(field.children, 'wp:meta_key')
        const value = textOf(field.children, 'wp:meta_value')
        // What begins with an underscore is WordPress's and its plugins' own bookkeeping.
        if (key === '' || value === '' || usedMeta.has(key)) continue
        const areShown = key === 'footnotes' ? Object.keys(footnotes) : []
        if (areShown.length > 0 && areShown.every((one) => post.body.text.includes(one))) continue
        if (key.startsWith('_') && !/desc|title|canonical|excerpt|subtitle/i.test(key)) continue
        note('lost', `wp:postmeta ${key}`, value, 'left behind: a field of your own', field.line)
      }
    }

    function readAddresses(): void {
      const link = get('link')
      if (/^https?:/.test(link)) post.addresses.push(link)
      const guid = get('guid')
      if (/^https?:/.test(guid)) post.addresses.push(guid)
      post.addresses.push(`?${type === 'page' ? 'page_id' : 'p'}=${id}`)
      if (type === 'page') {
        const parts: string[] = []
        for (let at: string | undefined = id; at !== undefined && parts.length < 20; ) {
          const known = pageSlugs.get(at)
          if (!known) break
          parts.unshift(known.slug)
          at = known.parent
        }
        if (parts.length > 0 && parts.every(Boolean)) post.addresses.push(`/${parts.join('/')}/`)
      }
      if (post.slug === '') post.slug = type === 'page' ? `page-${id}` : ''
    }
  }

  return {
    async *readPosts() {
      for await (const part of readParts(file)) {
        const post = 'item' in part ? toPost(part.item) : undefined
        if (post) yield post
      }
      if (isFirst) {
        for (const [type, { count, line }] of typesLeft) {
          lose({
            severity: 'lost',
            line,
            field: 'wp:post_type',
            found: quoteFound(`${count} × ${type}`),
            outcome: 'left behind: neither a post nor a page',
          })
        }
      }
      isFirst = false
    },
    finish() {
      if (/^https?:\/\//.test(channelLink)) sites.add(channelLink)
      return {
        authors: [...usedAuthors.values()],
        losses,
        sites: [...sites, ...uploadSites],
        redirects,
      }
    },
  }
}

const usedMeta = new Set([
  ...['_thumbnail_id', '_yoast_wpseo_metadesc', '_yoast_wpseo_canonical', '_aioseop_description'],
  ...['rank_math_description', '_yoast_wpseo_primary_category'],
])

const footnoteList = z.array(z.object({ id: z.string(), content: z.string() }))

/** Footnotes of the block editor, which keeps them in a field; undefined where they cannot be read. */
function readFootnotes(json: string): Record<string, string> | undefined {
  try {
    const notes = footnoteList.parse(JSON.parse(json))
    return Object.fromEntries(notes.map(({ id, content }) => [id, content]))
  } catch {
    return undefined
  }
}

/** Only the pictures that this text may name, so that it can be handed to another thread. */
function pickAttachments(text: string, id: string, all: ReadonlyMap<string, Attachment>) {
  if (!/\[(?:gallery|playlist)/.test(text)) return {}
  const picked: Record<string, { url: string; alt: string }> = {}
  for (const [number] of text.matchAll(/\d+/g)) {
    const one = all.get(number)
    if (one) picked[number] = { url: one.url, alt: one.alt }
  }
  for (const [number, one] of all) {
    if (one.parent === id) picked[number] = { url: one.url, alt: one.alt }
  }
  return picked
}

function readerOf({ fields }: Item) {
  const all = (name: string) => fields.filter((field) => field.name === name)
  const first = (name: string) => fields.find((field) => field.name === name)
  return {
    all,
    get: (name: string) => first(name)?.text.trim() ?? '',
    lineOf: (name: string) => first(name)?.line ?? fields[0]?.line ?? 1,
    meta: (key: string) =>
      all('wp:postmeta')
        .filter(({ children }) => textOf(children, 'wp:meta_key') === key)
        .map(({ children }) => textOf(children, 'wp:meta_value'))
        .find((value) => value !== ''),
  }
}

const textOf = (fields: Field[], name: string) =>
  fields.find((field) => field.name === name)?.text.trim() ?? ''

/** Slugs stand percent-encoded in the export where they have other letters than Latin ones. */
function decodeSlug(text: string): string {
  try {
    return decodeURIComponent(text).normalize('NFC')
  } catch {
    return text
  }
}

const named: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
}

/** Titles are HTML in WordPress. */
function decodeEntities(text: string): string {
  return text
    .replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal, hex, word) => {
      if (word) return named[String(word).toLowerCase()] ?? whole
      const code = decimal ? Number(decimal) : Number.parseInt(hex, 16)
      return code > 31 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000)
        ? String.fromCodePoint(code)
        : whole
    })
    .replace(/\s+/g, ' ')
    .trim()
}

type Part = { item: Item } | { field: Field } | { problem: LossNote }

/** The items and the fields of the channel, one after the other, from a file that is read in pieces. */
async function* readParts(file: string): AsyncGenerator<Part> {
  const ready: Part[] = []
  // Strict parsers stop at a bare `&`, or take all up to the next `;` for the name of an entity.
  const parser = sax.parser(false, { lowercase: true, noscript: true, position: true })
  const open: Field[] = []
  let item: Item | undefined
  let isRead = false

  parser.onerror = (error) => {
    const outcome = 'read as well as it can be: the file is no well-formed XML here'
    const found = quoteFound(error.message.split('\n')[0] ?? '')
    ready.push({
      problem: { severity: 'changed', line: parser.line + 1, field: 'file', found, outcome },
    })
    // The parser stops otherwise.
    Reflect.set(parser, 'error', null)
  }
  parser.onopentag = ({ name, attributes }) => {
    isRead = true
    if (name === 'item' && item === undefined) {
      item = { line: parser.line + 1, fields: [], length: 0, isTooLong: false }
      open.length = 0
      return
    }
    if (['rss', 'channel', 'rdf:rdf'].includes(name)) return
    const field: Field = {
      name,
      attributes: attributes as Record<string, string>,
      text: '',
      line: parser.line + 1,
      children: [],
    }
    const around = open.at(-1)
    if (around && open.length < 8) around.children.push(field)
    open.push(field)
  }
  const add = (text: string) => {
    const field = open.at(-1)
    if (!field) return
    if (item) {
      item.length += text.length
      // Its beginning is kept for the message.
      if (item.length > maxItemLength) item.isTooLong = true
      if (item.isTooLong && text.length > 1000) return
    } else if (field.text.length > 100_000) return
    field.text += text
  }
  parser.ontext = add
  parser.onopencdata = () => {
    const field = open.at(-1)
    // Lines of a text are counted from where it begins, not from where its element does.
    if (field && field.text.trim() === '') {
      field.text = ''
      field.line = parser.line + 1
    }
  }
  parser.oncdata = add
  parser.onclosetag = (name) => {
    if (name === 'item' && item) {
      ready.push({ item })
      item = undefined
      open.length = 0
      return
    }
    const field = open.at(-1)
    if (field?.name !== name) return
    open.pop()
    if (open.length > 0) return
    if (item) item.fields.push(field)
    else ready.push({ field })
  }

  const decoder = new StringDecoder('utf8')
  for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 })) {
    // Many exports contain characters that XML forbids. They are invisible.
    parser.write(decoder.write(chunk as Buffer).replace(forbidden, ''))
    yield* ready.splice(0)
  }
  // Closing would close all elements that are open: what the file ends within is no post.
  const last = item
  if (isRead && !last) parser.write(decoder.end()).close()
  if (last) {
    const found = quoteFound(textOf(last.fields, 'title'))
    ready.push({
      problem: {
        severity: 'refused',
        line: last.line,
        field: 'item',
        found,
        outcome: 'left out: the file ends within it',
      },
    })
  }
  yield* ready
}

const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
