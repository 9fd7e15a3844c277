import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dump } from 'js-yaml'
import { articleIdentity, isSlug, toArticlePath } from '#lib/content/article-identity.ts'
import { authorSchema, parseAuthor } from '#lib/content/author.ts'
import { frontMatterSchema } from '#lib/content/front-matter/front-matter.ts'
import { pageSchema } from '#lib/content/page.ts'
import { formatProblem, InvalidArticleError, type Problem } from '#lib/content/problem.ts'
import { listContentFiles, redirectsFile } from '#lib/content/read-content-folder.ts'
import { maxBodyBytes } from '#lib/content/read-markdown-file.ts'
import { parseRedirects } from '#lib/content/redirects.ts'
import { toSlug } from '#lib/content/to-slug.ts'
import type { FetchDocument } from '#lib/ingest/fetch/fetch-document.ts'
import { createWorkerPool, type WorkerPool } from '#lib/node/call-worker.ts'
import { reasonOf } from '#lib/node/describe-error.ts'
import { writeWhole } from '#lib/node/write-whole.ts'
import { defaultLocale, isLocale, type Locale, locales } from '#lib/site/locales.ts'
import { articlePath, editorPagePath, isReservedName, parsePath } from '#lib/site/routes.ts'
import {
  type ConvertAnswer,
  type ConvertedBody,
  type ConvertRequest,
  replaceReferences,
} from './convert-body.ts'
import { openPictures, type PictureCounts } from './import-pictures.ts'
import {
  type ImportedAuthor,
  type ImportedPost,
  type ImportSource,
  type Loss,
  quoteFound,
} from './imported-post.ts'
import {
  createLinkFinder,
  encodePath,
  type LinkFinder,
  placePicture,
  readable,
  resolveReference,
  toPathKey,
} from './resolve-references.ts'

/** Converts texts in a thread of its own, each under a limit of time. */
export type Converter = WorkerPool<ConvertRequest, ConvertAnswer>

/** Close it to let the process end. */
export const openConverter = (): Converter =>
  createWorkerPool({
    url: new URL('./convert-body.ts', import.meta.url),
    answer: 'convertOrRead',
    size: 1,
    timeLimitMs,
    maxWaiting: Number.POSITIVE_INFINITY,
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
  })

export type ImportOptions = {
  contentDir: string
  converter: Converter
  /** Folders in which pictures lie. */
  pictureRoots: string[]
  /** Given: pictures that no folder has are fetched. */
  fetchDocument?: FetchDocument
  /** Of articles that say none. Without it such an article is a draft. */
  category?: string
  /** Old category in any spelling → ours. */
  categories: ReadonlyMap<string, string>
  /** Of articles that say none. */
  lang?: string
  /** Other addresses of the old site. */
  sites: string[]
  isDryRun: boolean
  /** Writes over files that are there and are not the same. */
  overwrites: boolean
}

export type ImportReport = {
  dryRun: boolean
  /** Paths relative to the content folder. */
  written: string[]
  unchanged: string[]
  /** Files that are there with another content, and stay. */
  kept: string[]
  drafts: number
  pictures: PictureCounts
  redirects: number
  /** Posts that are not in the content folder. */
  leftOut: Loss[]
  losses: Loss[]
  /** What the check says of the written files. */
  problems: Problem[]
}

/** Stands in files whose date is not known; they are drafts. */
const unknownDate = '2000-01-01T00:00:00.000Z'
const unknownCategory = 'UNSORTED'
/** How long one text may take, in ms. */
const timeLimitMs = 20_000
/** Of one kind of loss, so that a hostile file cannot fill the memory with them. */
const mostLosses = 200_000

/** What is known of every post before the first is written. */
type Target = { path: string; address: string; locale: Locale; publishedAt: string }

/**
 * Writes the posts of another tool into the content folder. Existing files are not overwritten: the
 * same import a second time changes nothing. The report names everything that was lost or changed. The
 * export is read twice: first every post gets its address, then the texts are written with links to them.
 */
export async function importContent(
  source: ImportSource,
  options: ImportOptions,
): Promise<ImportReport> {
  const { contentDir, isDryRun, converter } = options
  const report: ImportReport = {
    dryRun: isDryRun,
    written: [],
    unchanged: [],
    kept: [],
    drafts: 0,
    pictures: { copied: 0, downloaded: 0, unchanged: 0, left: 0 },
    redirects: 0,
    leftOut: [],
    losses: [],
    problems: [],
  }
  const pictures = openPictures({
    contentDir,
    roots: options.pictureRoots,
    fetchDocument: options.fetchDocument,
    isDryRun,
  })
  report.pictures = pictures.counts
  const lose = (loss: Loss) => {
    if (loss.severity === 'refused') report.leftOut.push(detach(loss))
    else if (report.losses.length < mostLosses) report.losses.push(detach(loss))
  }

  const plan = await planTargets(source, options)
  const { authors, losses, sites, redirects } = source.finish()
  for (const loss of losses) lose(loss)
  const links = createLinkFinder(plan.map(toMovable), [...sites, ...options.sites])
  let index = 0
  for await (const post of source.readPosts()) {
    const planned = plan[index]
    index += 1
    for (const loss of post.losses) lose({ ...loss, file: post.file })
    if (!planned?.target) {
      lose(planned?.refused ?? toLoss(post, 'left out: the export changed while it was read'))
      continue
    }
    for (const loss of planned.losses) lose(loss)
    await writePost(post, planned.target, links)
  }
  for (const author of authors) await writeAuthor(author)
  for (const loss of source.finish().losses.slice(losses.length)) lose(loss)
  await writeRedirects(plan, links, redirects)
  return report

  async function writePost(post: ImportedPost, target: Target, links: LinkFinder): Promise<void> {
    let converted: ConvertedBody
    const { format, text: written } = post.body
    if (format === 'markdown' && Buffer.byteLength(written) > maxBodyBytes) {
      return lose(toLoss(post, `left out: its text has more than ${maxBodyBytes} bytes`))
    }
    try {
      const answer = await converter.call({ convert: post.body })
      if (!('converted' in answer)) throw new Error('no answer')
      converted = answer.converted
    } catch (cause) {
      const reason = reasonOf(cause)
      lose(toLoss(post, `left out: its text cannot be converted: ${reason}`))
      return
    }
    for (const loss of converted.losses) lose({ ...loss, file: post.file })
    const body = await writeReferences(post, converted, links)
    const reasons = [...post.draftReasons, ...findMissingFields(post, options)]
    for (const reason of findMissingFields(post, options)) {
      lose(toLoss(post, `a draft: ${reason}`, 'changed'))
    }
    const cover = await placeCover(post, links)
    const text =
      post.kind === 'page'
        ? composePage(post, body, reasons)
        : composeArticle(post, body, { reasons, target, cover }, options)
    const answer = await converter.call({ read: { kind: post.kind, path: target.path, text } })
    const problems = 'problems' in answer ? answer.problems : []
    const errors = problems.filter(({ severity }) => severity === 'error')
    if (errors.length > 0) {
      const reason = errors.map(formatProblem).join('; ')
      lose(
        toLoss(
          post,
          `left out: it cannot become ${post.kind === 'page' ? 'a page' : 'an article'}: ${reason}`,
        ),
      )
      return
    }
    report.problems.push(...problems)
    if (reasons.length > 0) report.drafts += 1
    await writeFile(target.path, text)
  }

  async function writeFile(path: string, text: string): Promise<void> {
    const there = await readFile(join(contentDir, path), 'utf8').catch(() => undefined)
    if (there === text) report.unchanged.push(path)
    else if (there !== undefined && !options.overwrites) report.kept.push(path)
    else {
      report.written.push(path)
      if (!isDryRun) await writeWhole(join(contentDir, path), text)
    }
  }

  async function writeReferences(
    post: ImportedPost,
    { markdown, references, embedded, headingIds }: ConvertedBody,
    links: LinkFinder,
  ): Promise<string> {
    const addresses: (string | undefined)[] = []
    for (const reference of references) {
      const line = post.body.line + (post.body.format === 'markdown' ? reference.line - 1 : 0)
      const say = (severity: Loss['severity'], outcome: string) =>
        lose({
          severity,
          file: post.file,
          line,
          field: reference.kind,
          found: quoteFound(readable(reference.address)),
          outcome,
        })
      addresses.push(
        await resolveReference(post, reference, { embedded, headingIds, links, say, pictures }),
      )
    }
    return replaceReferences(markdown, references, addresses)
  }

  async function placeCover(post: ImportedPost, links: LinkFinder): Promise<string | undefined> {
    const address = post.fields.cover?.address
    if (address === undefined) return undefined
    const placed = await placePicture(post, address, links, pictures)
    if ('address' in placed) return placed.address
    lose({
      severity: 'lost',
      file: post.file,
      line: post.line,
      field: 'cover',
      found: quoteFound(address),
      outcome: `left behind: ${placed.reason}`,
    })
    return undefined
  }

  async function writeAuthor(author: ImportedAuthor): Promise<void> {
    const path = `authors/${author.key}.md`
    const { key: _key, picture, ...fields } = author
    const say = (field: string, found: string, outcome: string) =>
      lose({ severity: 'lost', file: path, line: 1, field, found: quoteFound(found), outcome })
    let portrait: string | undefined
    if (picture !== undefined) {
      const placed = await placePicture(
        undefined,
        picture,
        createLinkFinder([], [...source.finish().sites, ...options.sites]),
        pictures,
      )
      if ('address' in placed) portrait = placed.address
      else say('picture', picture, `left behind: ${placed.reason}`)
    }
    const text = `---\n${toYaml({ ...fields, picture: portrait }, Object.keys(authorSchema.shape))}---\n`
    try {
      parseAuthor({ path, bytes: new TextEncoder().encode(text) })
    } catch (error) {
      if (!(error instanceof InvalidArticleError)) throw error
      return say('file', author.name, `left out: ${error.message}`)
    }
    await writeFile(path, text)
  }

  async function writeRedirects(
    plan: Planned[],
    links: LinkFinder,
    listings: [string, string][],
  ): Promise<void> {
    const file = join(contentDir, redirectsFile)
    const before = existsSync(file) ? await readFile(file, 'utf8') : ''
    const known = new Map(
      parseRedirects({ path: redirectsFile, bytes: Buffer.from(before) }).redirects.map(
        ({ from, to }) => [from, to] as const,
      ),
    )
    const owned = new Set(plan.flatMap(({ target }) => (target ? [toPathKey(target.address)] : [])))
    const lines: string[] = []
    const add = (from: string, to: string, say: (outcome: string) => void) => {
      const key = toPathKey(from)
      if (key === undefined || key === '/' || key === toPathKey(to)) return
      const there = known.get(key)
      if (there !== undefined) {
        if (toPathKey(there) !== toPathKey(to))
          say(`no redirect to ${to}: ${redirectsFile} leads it to ${there}`)
        return
      }
      const route = parsePath(encodePath(key))
      const isListing =
        route?.page === 'listing' && ['category', 'tag', 'author'].includes(route.scope.kind)
      if (owned.has(key)) return say(`no redirect to ${to}: something else has this address now`)
      if (route && route.page !== 'editor-page' && route.page !== 'article' && !isListing) {
        return say(`no redirect to ${to}: the site itself answers there`)
      }
      known.set(key, to)
      lines.push(`${encodePath(key)} ${to} 301`)
    }
    for (const { target, addresses, file: from, line } of plan) {
      if (!target) continue
      for (const address of addresses) {
        const path = links.toPath(address)
        if (path === undefined) continue
        add(path, target.address, (outcome) =>
          lose({
            severity: 'lost',
            file: from,
            line,
            field: 'address',
            found: quoteFound(path),
            outcome,
          }),
        )
      }
    }
    for (const [from, to] of listings) {
      add(from, to, (outcome) =>
        lose({
          severity: 'lost',
          file: redirectsFile,
          line: 1,
          field: 'address',
          found: quoteFound(from),
          outcome,
        }),
      )
    }
    const room = 10_000 - (known.size - lines.length)
    if (lines.length > room) {
      lose({
        severity: 'lost',
        file: redirectsFile,
        line: 1,
        field: 'redirect',
        found: quoteFound(`${lines.length - room} lines`),
        outcome: `left out: ${redirectsFile} holds at most 10000; put them into the proxy`,
      })
      lines.length = Math.max(0, room)
    }
    report.redirects = lines.length
    if (lines.length === 0) return
    const start = before === '' || before.endsWith('\n') ? before : `${before}\n`
    report.written.push(redirectsFile)
    if (!isDryRun) await writeWhole(file, `${start}${lines.join('\n')}\n`)
  }
}

function toLoss(post: ImportedPost, outcome: string, severity: Loss['severity'] = 'refused'): Loss {
  const found = quoteFound(post.fields.title ?? (post.slug || post.file))
  return { severity, file: post.file, line: post.line, field: post.kind, found, outcome }
}

/** A short piece cut from a long text keeps all of it in memory. */
const detach = <Value>(value: Value): Value => structuredClone(value)

const toMovable = ({ target, ...planned }: Planned) => ({ ...planned, address: target?.address })

type Planned = {
  target: Target | undefined
  refused?: Loss
  addresses: string[]
  file: string
  line: number
  slug: string
  title: string | undefined
  losses: Loss[]
}

/** Chooses the file and address of every post. Does not read the texts. */
async function planTargets(source: ImportSource, options: ImportOptions): Promise<Planned[]> {
  const plan: Planned[] = []
  /** Language and slug → file, of what is in the content folder. */
  const there = new Map<string, string>()
  if (existsSync(options.contentDir)) {
    for await (const { path } of listContentFiles(options.contentDir)) {
      if (!path.endsWith('.md')) continue
      const { slug, hintedLocale } = articleIdentity(path)
      const kind = path.startsWith('pages/')
        ? 'page'
        : path.startsWith('authors/')
          ? 'author'
          : 'article'
      there.set(`${kind} ${hintedLocale ?? defaultLocale} ${slug}`, path)
    }
  }
  const taken = new Set<string>()
  for await (const post of source.readPosts()) {
    const { file, line, kind } = post
    const { addresses, slug, title } = detach({
      addresses: post.addresses,
      slug: post.slug,
      title: post.fields.title,
    })
    const planned: Planned = {
      target: undefined,
      addresses,
      file,
      line,
      slug,
      title,
      losses: [],
    }
    plan.push(planned)
    const lang = post.lang?.split(/[-_]/)[0] ?? options.lang
    const locale = lang ?? defaultLocale
    if (!isLocale(locale)) {
      planned.refused = toLoss(
        post,
        `left out: its language is ${post.lang ?? lang}; the site has ${locales.join(', ')}`,
      )
      continue
    }
    const publishedAt = post.fields.publishedAt ?? unknownDate
    const wanted = chooseName(post)
    if (wanted !== post.slug.normalize('NFC')) {
      planned.losses.push({
        ...toLoss(post, `the address ends with ${wanted}`, 'changed'),
        field: 'slug',
        found: quoteFound(post.slug),
      })
    }
    const toPath = (name: string) =>
      kind === 'page' ? `pages/${locale}/${name}.md` : toArticlePath(locale, publishedAt, name)
    let name = wanted
    for (let number = 2; taken.has(`${kind} ${locale} ${name}`); number += 1)
      name = `${wanted}-${number}`
    const holder = there.get(`${kind} ${locale} ${name}`)
    if (holder !== undefined && holder !== toPath(name)) {
      planned.refused = toLoss(post, `left out: ${holder} has the slug ${name} already`)
      continue
    }
    if (name !== wanted) {
      planned.losses.push({
        ...toLoss(post, `the address ends with ${name}: another post has ${wanted}`, 'changed'),
        field: 'slug',
        found: quoteFound(wanted),
      })
    }
    taken.add(`${kind} ${locale} ${name}`)
    const address = kind === 'page' ? editorPagePath(locale, name) : articlePath(locale, name)
    planned.target = { path: toPath(name), address, locale, publishedAt }
  }
  return plan
}

/** The post's own slug where we can have it, else one from its title. */
function chooseName({ kind, slug, fields, file, line }: ImportedPost): string {
  const own = slug.normalize('NFC')
  const fallback = () =>
    toSlug(own) ||
    toSlug(fields.title ?? '') ||
    `${kind}-${createHash('sha256').update(`${file}:${line}`).digest('hex').slice(0, 8)}`
  if (kind === 'page') {
    const name =
      /^[\p{Ll}\p{Lo}\p{N}]+(?:-[\p{Ll}\p{Lo}\p{N}]+)*$/u.test(own) && own.length <= 100
        ? own
        : fallback()
    return isReservedName(name) ? `${name}-page` : name
  }
  const isFit =
    isSlug(own) &&
    Buffer.byteLength(own) <= 200 &&
    !/\.md$/i.test(own) &&
    articleIdentity(`${own}.md`).slug === own
  return isFit ? own : fallback()
}

function findMissingFields({ kind, fields }: ImportedPost, options: ImportOptions): string[] {
  const missing: string[] = []
  if (fields.title === undefined) missing.push('It has no title')
  if (kind === 'page') return missing
  if (fields.publishedAt === undefined)
    missing.push(`It has no date that can be read; ${unknownDate} stands in for it`)
  if (fields.category === undefined && options.category === undefined) {
    missing.push('It has no category: write one, or import with --category')
  }
  return missing
}

function composeArticle(
  { fields, slug }: ImportedPost,
  body: string,
  { reasons, target, cover }: { reasons: string[]; target: Target; cover: string | undefined },
  { category: fallback, categories }: Pick<ImportOptions, 'category' | 'categories'>,
): string {
  const { title, own, cover: written, ...same } = fields
  const category = same.category ?? fallback ?? unknownCategory
  const ours = categories.get(category.toLowerCase()) ?? category
  const coverImage =
    cover === undefined
      ? undefined
      : written?.alt === undefined && written?.credit === undefined
        ? cover
        : { raw: cover, alt: written.alt, credit: written.credit }
  const reason = reasons.filter(Boolean).join('. ')
  const values = {
    ...own,
    ...same,
    title: title ?? slug,
    publishedAt: target.publishedAt,
    lang: target.locale,
    category: ours,
    coverImage,
    draft: reasons.length > 0 || undefined,
    draftReason: reason === '' ? undefined : reason,
  }
  return `---\n${toYaml(values, Object.keys(frontMatterSchema.shape))}---\n${body}`
}

function composePage({ fields, slug }: ImportedPost, body: string, reasons: string[]): string {
  const { title = slug, description, updatedAt, noindex } = fields
  const draft = reasons.length > 0 || undefined
  const values = { title, description, updatedAt, draft, noindex }
  return `---\n${toYaml(values, Object.keys(pageSchema.shape))}---\n${body}`
}

function toYaml(values: Record<string, unknown>, order: string[]): string {
  const said = order.flatMap((name) => {
    const value = withoutNothing(values[name])
    return value === undefined ? [] : [[name, value] as const]
  })
  return dump(Object.fromEntries(said), { lineWidth: -1, noRefs: true })
}

function withoutNothing(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(withoutNothing)
  if (typeof value !== 'object' || value === null) return value ?? undefined
  const kept = Object.entries(value).flatMap(([key, part]) => {
    const one = withoutNothing(part)
    return one === undefined ? [] : [[key, one] as const]
  })
  return kept.length === 0 ? undefined : Object.fromEntries(kept)
}
