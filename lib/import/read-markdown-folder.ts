import { existsSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, extname, join, posix } from 'node:path'
import { load } from 'js-yaml'
import { parse as parseToml } from 'smol-toml'
import { decodeText } from '#lib/content/encoding/decode-text.ts'
import { formatFound } from '#lib/content/front-matter/finding.ts'
import { parseFields, splitFrontMatter } from '#lib/content/front-matter/front-matter-block.ts'
import { locateFields } from '#lib/content/front-matter/locate-fields.ts'
import { toPlainText } from '#lib/content/plain-text.ts'
import { maxFileBytes } from '#lib/content/read-content-folder.ts'
import { isAuthorKey } from '#lib/site/segment.ts'
import type {
  ImportedAuthor,
  ImportedBody,
  ImportedPost,
  ImportSource,
  Loss,
  LossNote,
} from './imported-post.ts'
import { mapFields, readDate } from './map-fields.ts'

const readable = /\.(?:md|mdx|markdown|mdown|mkdn?|html?)$/i
/** Texts that we cannot read; other files are data, programs and pictures. */
const unreadable = /\.(?:adoc|asciidoc|docx?|ipynb|odt|org|rst|rtf|textile|txt|wiki)$/i
/** Folders of programs and of what tools make. */
const passedOver =
  /^(?:\..*|node_modules|_site|_layouts|_includes|_sass|_data|_plugins|archetypes|layouts|themes|i18n|public|dist|build|vendor|resources|static|assets|templates)$/
/** Of these: where pictures and other files of texts are. */
const holdsFiles = /^(?:public|resources|static|assets)$/
/** Files that tell people about the folder. */
const aboutFolder =
  /^(?:readme|license|licence|changelog|contributing|code_of_conduct|authors|security)\.(?:md|markdown|html?)$/i
const mostFiles = 100_000

export type MarkdownFolderOptions = {
  /** A permalink of Jekyll, such as `/:year/:month/:day/:title/`, for posts that say none. */
  oldAddresses?: string
  now: Date
}

/**
 * A folder of Hugo, Jekyll, Astro, Eleventy, Gatsby, Docusaurus, Obsidian or of ours. Reads Markdown and
 * HTML files with front matter in YAML, TOML or JSON, and files without any. Which tool it is shows in
 * the files (`_posts`, `_config.yml`, `hugo.toml`) and decides old addresses and lists of words.
 */
export async function openMarkdownFolder(
  folder: string,
  { oldAddresses, now }: MarkdownFolderOptions,
): Promise<ImportSource> {
  const info = await stat(folder).catch(() => undefined)
  if (!info?.isDirectory()) throw new Error(`${folder} is no folder.`)
  const losses: Loss[] = []
  const all = await listFiles(folder)
  if (all.length > mostFiles) {
    throw new Error(`${folder} has more than ${mostFiles} files: import its parts one by one.`)
  }
  const isJekyll =
    all.some((path) => /(?:^|\/)_posts\//.test(path)) || existsSync(join(folder, '_config.yml'))
  const isHugo = ['hugo.toml', 'hugo.yaml', 'hugo.json', 'config.toml'].some((name) =>
    [folder, dirname(folder)].some((place) => existsSync(join(place, name))),
  )
  const config = isJekyll ? await readYaml(join(folder, '_config.yml')) : {}
  const pattern = oldAddresses ?? (isJekyll ? toJekyllPattern(config.permalink) : undefined)
  const base = typeof config.baseurl === 'string' ? config.baseurl.replace(/\/$/, '') : ''
  const site = `${config.url ?? ''}${base}`
  const authors = await readAuthors(folder, losses)
  const paths: string[] = []
  for (const path of all) {
    const name = basename(path)
    if (path.endsWith('/')) {
      const outcome = holdsFiles.test(basename(path))
        ? 'no texts are read here; what a text shows from it is copied'
        : 'a folder of programs or patterns, passed over'
      noteFile(path, outcome, holdsFiles.test(basename(path)) ? 'changed' : 'lost')
    } else if (aboutFolder.test(name)) noteFile(path, 'a file about the folder, left behind')
    else if (readable.test(name)) paths.push(path)
    else if (unreadable.test(name)) noteFile(path, 'left behind: no Markdown or HTML')
  }
  function noteFile(file: string, outcome: string, severity: Loss['severity'] = 'lost'): void {
    const found = `"${basename(file)}"`
    losses.push({ severity, file, line: 1, field: 'file', found, outcome })
  }

  async function readPost(path: string): Promise<ImportedPost | Loss> {
    const refuse = (found: string, outcome: string, line = 1): Loss => {
      const severity = outcome.startsWith('left behind') ? 'lost' : 'refused'
      return { severity, file: path, line, field: 'file', found, outcome }
    }
    const absolute = join(folder, path)
    const { size } = await stat(absolute)
    if (size > maxFileBytes)
      return refuse(`${size} bytes`, `left out: more than ${maxFileBytes} bytes`)
    const { text, findings } = decodeText(await readFile(absolute))
    const block = readBlock(text)
    if ('outcome' in block) return refuse(block.found, block.outcome, block.line)
    const { fields, body, bodyLine, lineOf } = block
    const isHtml = /\.html?$/i.test(path)
    // A page of a theme, not a text: Jekyll and Eleventy keep both in one folder.
    if (isHtml && Object.keys(fields).length === 0) {
      return refuse(`"${basename(path)}"`, 'left behind: HTML without front matter')
    }
    const { date, slug, lang, isDraft, isIndex } = readPath(path)
    const mapped = mapFields(fields, { lineOf, splitsAtSpaces: isJekyll, now })
    const more: LossNote[] = findings.map((finding) => ({
      severity: 'changed',
      line: 'line' in finding ? finding.line : 1,
      field: 'file',
      found: finding.found,
      outcome: 'marks of bytes that are no text',
    }))
    if (isIndex)
      return refuse(`"${basename(path)}"`, 'left behind: the page of a section, not a text')
    if (isDraft) mapped.draftReasons.push('It was in a folder of drafts')
    const publishedAt = mapped.fields.publishedAt ?? date
    const kind =
      mapped.isPage || (publishedAt === undefined && /(?:^|\/)_?pages?\//.test(path))
        ? 'page'
        : 'article'
    const title = mapped.fields.title ?? (isJekyll ? toTitle(slug) : readTitle(body))
    const post: ImportedPost = {
      ...mapped,
      kind,
      file: path,
      line: 1,
      fields: {
        ...mapped.fields,
        ...(publishedAt === undefined ? {} : { publishedAt }),
        ...(title === undefined ? {} : { title }),
      },
      slug: mapped.slug ?? slug,
      addresses: [...mapped.addresses],
      body: {
        format: isHtml ? 'html' : 'markdown',
        flavour: flavourOf(path),
        text: body,
        line: bodyLine,
      },
      losses: [...mapped.losses, ...more],
    }
    if (mapped.fields.title === undefined && title !== undefined) {
      const from = isJekyll ? 'the name of the file' : 'the first heading'
      post.losses.push({
        severity: 'changed',
        line: 1,
        field: 'title',
        found: 'nothing',
        outcome: `taken from ${from}`,
      })
    }
    const language = mapped.lang ?? lang
    if (language !== undefined) post.lang = language
    if (kind === 'article' && pattern && /(?:^|\/)_posts\//.test(path)) {
      const written = /^\d{4}-\d\d-\d\d/.exec(String(fields.date ?? ''))?.[0]
      const day = written ?? date?.slice(0, 10)
      const own = toOldAddresses(pattern, {
        day,
        slug: post.slug,
        categories: mapped.categories,
        path,
      })
      // Links within the site leave the base out.
      post.addresses.push(...own, ...(base === '' ? [] : own.map((address) => base + address)))
    } else if (isHugo || kind === 'page')
      post.addresses.push(toFolderAddress(path, post.slug, mapped.slug !== undefined))
    return post
  }

  function flavourOf(path: string): ImportedBody['flavour'] {
    if (path.toLowerCase().endsWith('.mdx')) return 'mdx'
    return isJekyll ? 'jekyll' : 'markdown'
  }

  let isFirst = true
  return {
    async *readPosts() {
      const refused: Loss[] = []
      for (const path of paths) {
        const post = await readPost(path)
        if ('kind' in post) yield post
        else refused.push(post)
      }
      if (isFirst) losses.push(...refused)
      isFirst = false
    },
    finish: () => ({
      authors,
      losses,
      sites: /^https?:\/\//.test(site) ? [site] : [],
      redirects: isJekyll
        ? [['/feed.xml', '/rss.xml']]
        : isHugo
          ? [['/index.xml', '/rss.xml']]
          : [],
    }),
  }
}

/** Paths relative to the folder, with forward slashes, sorted. No symbolic links are followed. */
async function listFiles(folder: string): Promise<string[]> {
  const found: string[] = []
  const walk = async (path: string): Promise<void> => {
    for (const entry of await readdir(join(folder, path), { withFileTypes: true })) {
      const inside = path === '' ? entry.name : `${path}/${entry.name}`
      if (entry.isDirectory() && !passedOver.test(entry.name)) await walk(inside)
      else if (entry.isDirectory() && !/^(?:\.|node_modules$)/.test(entry.name))
        found.push(`${inside}/`)
      else if (entry.isFile() && !entry.name.startsWith('.')) found.push(inside)
      if (found.length > mostFiles) return
    }
  }
  await walk('')
  return found.sort()
}

type Block = {
  fields: Record<string, unknown>
  body: string
  bodyLine: number
  lineOf: (field: string) => number
}
type BadBlock = { found: string; outcome: string; line: number }

/** Front matter in YAML, TOML (`+++`) or JSON (`{`), or none. */
function readBlock(text: string): Block | BadBlock {
  const failed = (cause: unknown, format: string): BadBlock => {
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)
    const line = cause instanceof Error && 'line' in cause ? Number(cause.line) + 1 : 1
    return { found: `front matter in ${format}`, outcome: `left out: ${reason}`, line }
  }
  if (/^\+\+\+[ \t]*\n/.test(text)) {
    const end = /\n\+\+\+[ \t]*(?:\n|$)/.exec(text)
    if (!end) return { found: '+++', outcome: 'left out: no closing +++', line: 1 }
    const source = text.slice(text.indexOf('\n') + 1, end.index + 1)
    try {
      const fields = toPlain(parseToml(source)) as Record<string, unknown>
      return toBlock(fields, text, end.index + end[0].length, source, /^\s*"?([\w-]+)"?\s*=/)
    } catch (cause) {
      return failed(cause, 'TOML')
    }
  }
  if (/^\{\s*\n/.test(text)) {
    const end = /\n\}[ \t]*(?:\n|$)/.exec(text)
    if (!end) return { found: '{', outcome: 'left out: no closing }', line: 1 }
    try {
      const fields = toPlain(JSON.parse(text.slice(0, end.index + 2))) as Record<string, unknown>
      const source = text.slice(text.indexOf('\n') + 1, end.index + 1)
      return toBlock(fields, text, end.index + end[0].length, source, /^\s*"([^"]+)"\s*:/)
    } catch (cause) {
      return failed(cause, 'JSON')
    }
  }
  const opened = text.replace(/^\s*(?=---[ \t]*\n)/, '')
  if (!/^---[ \t]*\n/.test(opened)) {
    return { fields: {}, body: text, bodyLine: 1, lineOf: () => 1 }
  }
  const block = splitFrontMatter(opened)
  const bad = (finding: { found: string; expected: string }, line: number): BadBlock => ({
    found: finding.found,
    outcome: `left out: expected ${finding.expected}`,
    line,
  })
  if (!('yaml' in block)) return bad(block, 'line' in block ? block.line : 1)
  if (block.yaml.trim() === '')
    return { fields: {}, body: block.body, bodyLine: block.bodyLine, lineOf: () => 1 }
  const parsed = parseFields(block)
  if (!('fields' in parsed)) return bad(parsed, 'line' in parsed ? parsed.line : 1)
  let places: ReturnType<typeof locateFields> | undefined
  const lineOf = (field: string) => {
    places ??= locateFields(block.yaml)
    return places.lineOf([field])
  }
  return { fields: parsed.fields, body: block.body, bodyLine: block.bodyLine, lineOf }
}

function toBlock(
  fields: Record<string, unknown>,
  text: string,
  end: number,
  source: string,
  key: RegExp,
): Block {
  const lines = source.split('\n')
  const lineOf = (field: string) => {
    const at = lines.findIndex((line) => key.exec(line)?.[1] === field)
    return at === -1 ? 1 : at + 2
  }
  return { fields, body: text.slice(end), bodyLine: text.slice(0, end).split('\n').length, lineOf }
}

/** Numbers and dates as texts, as our front matter has them. */
function toPlain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (Array.isArray(value)) return value.map(toPlain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, toPlain(part)]))
}

/** `_posts/2020-01-02-a.md`, `posts/a/index.md`, `a.uk.md`: what a path says of its post. */
function readPath(path: string) {
  const segments = path.normalize('NFC').split('/')
  const name = (segments.pop() ?? '').slice(0, -extname(path).length)
  const [, stem = name, suffix] = /^(.+)\.([a-z]{2}(?:-[a-zA-Z]{2})?)$/.exec(name) ?? []
  const isBundle = /^index$/i.test(stem) && segments.length > 0
  const own = isBundle ? (segments.at(-1) ?? stem) : stem
  const [, day, rest] = /^(\d{4}-\d{1,2}-\d{1,2})-(.+)$/.exec(own) ?? []
  // Docusaurus has days as folders as well: 2021/08/26/name.md.
  const inFolders = /(?:^|\/)(\d{4})\/(\d\d)\/(\d\d)\//.exec(`${segments.join('/')}/`)
  const date = day ?? (inFolders ? inFolders.slice(1).join('-') : undefined)
  return {
    slug: rest ?? own,
    date: date === undefined ? undefined : readDate(date),
    lang: suffix ?? segments.find((one) => /^[a-z]{2}$/.test(one) && segments.indexOf(one) < 3),
    isDraft: segments.some((one) => /^_?drafts$/i.test(one)),
    // `_index.md` of Hugo, `index.md` at the top.
    isIndex: /^_index$/i.test(stem) || (/^index$/i.test(stem) && segments.length === 0),
  }
}

const toTitle = (slug: string) => {
  const words = slug.replace(/[-_]+/g, ' ').trim()
  return words === '' ? undefined : words.charAt(0).toUpperCase() + words.slice(1)
}

/** The first heading of the first level; it stays where it is. */
function readTitle(body: string): string | undefined {
  const heading = /^#[ \t]+(.+?)[ \t#]*$/m.exec(body)?.[1]
  return heading === undefined ? undefined : toPlainText(heading).slice(0, 1000) || undefined
}

/** Jekyll's named permalinks; its default is `date`. */
function toJekyllPattern(written: unknown): string {
  const named: Record<string, string> = {
    date: '/:categories/:year/:month/:day/:title.html',
    pretty: '/:categories/:year/:month/:day/:title/',
    ordinal: '/:categories/:year/:y_day/:title.html',
    weekdate: '/:categories/:year/W:week/:short_day/:title.html',
    none: '/:categories/:title.html',
  }
  const pattern = typeof written === 'string' && written !== '' ? written : 'date'
  return named[pattern] ?? pattern
}

/**
 * The addresses that a pattern gives; none when it has a part that we do not know. `day` is as written:
 * Jekyll makes addresses in the site's own time zone.
 */
function toOldAddresses(
  pattern: string,
  {
    day: written,
    slug,
    categories: named,
    path,
  }: { day: string | undefined; slug: string; categories: string[]; path: string },
): string[] {
  if (written === undefined) return []
  const [year = '', month = '', day = ''] = written.split('-')
  const folders = path.slice(0, path.indexOf('_posts/')).split('/').filter(Boolean)
  const categories = [...folders, ...named].map((one) => one.toLowerCase().replace(/\s+/g, '-'))
  const ofYear = (Date.parse(written) - Date.parse(`${year}-01-01`)) / 86_400_000 + 1
  const values: Record<string, string> = {
    year,
    month,
    day,
    short_year: year.slice(2),
    i_month: String(Number(month)),
    i_day: String(Number(day)),
    y_day: String(ofYear).padStart(3, '0'),
    title: slug,
    slug,
    categories: [...new Set(categories)].join('/'),
    output_ext: '.html',
  }
  let isKnown = true
  const address = pattern.replace(/:([a-z_]+)/g, (whole, name: string) => {
    if (values[name] === undefined) isKnown = false
    return values[name] ?? whole
  })
  return isKnown ? [address.replace(/\/{2,}/g, '/').replace(/^\/?/, '/')] : []
}

/** Hugo's: the folders below `content` and the slug. */
function toFolderAddress(path: string, slug: string, isSlugWritten: boolean): string {
  const inContent = path.replace(/^(?:.*\/)?content\//, '')
  const folders = posix
    .dirname(inContent)
    .split('/')
    .filter((one) => one !== '.' && one !== '')
  const isBundle = /^index\./i.test(posix.basename(path))
  if (isBundle) folders.pop()
  const name = isSlugWritten
    ? slug
    : isBundle
      ? posix.basename(posix.dirname(path))
      : posix.basename(path).replace(/\.\w+$/, '')
  return `/${[...folders, name].join('/').toLowerCase().replace(/\s+/g, '-')}/`
}

async function readYaml(file: string): Promise<Record<string, unknown>> {
  try {
    const { size } = await stat(file)
    const value = size > maxFileBytes ? {} : load(await readFile(file, 'utf8'))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/** `authors.yml` of Docusaurus and of Jekyll: key → name, url, image. */
async function readAuthors(folder: string, losses: Loss[]): Promise<ImportedAuthor[]> {
  for (const path of ['blog/authors.yml', 'authors.yml', '_data/authors.yml']) {
    const people = await readYaml(join(folder, path))
    const known = Object.entries(people).flatMap(([key, value]): ImportedAuthor[] => {
      if (typeof value !== 'object' || value === null || !('name' in value)) return []
      const lower = key.toLowerCase()
      const person = value as Record<string, unknown>
      if (!isAuthorKey(lower)) return []
      const { name, url, website, image_url, avatar, bio, description, title, ...rest } = person
      for (const [field, left] of Object.entries({ title, ...rest })) {
        if (left === undefined || left === null) continue
        losses.push({
          severity: 'lost',
          file: path,
          line: 1,
          field: `${key}.${field}`,
          found: formatFound(left),
          outcome: 'left behind: authors have no such field here',
        })
      }
      const link = [url, website].find(
        (one) => typeof one === 'string' && one.startsWith('https://'),
      )
      const picture = image_url ?? avatar
      const about = bio ?? description
      return [
        {
          key: lower,
          name: String(name),
          ...(typeof about === 'string' ? { bio: about } : {}),
          ...(typeof link === 'string'
            ? { links: [{ name: new URL(link).hostname, url: link }] }
            : {}),
          ...(typeof picture === 'string' ? { picture } : {}),
        },
      ]
    })
    if (known.length > 0) return known
  }
  return []
}
