import { readFile, stat } from 'node:fs/promises'
import { z } from 'zod'
import { reasonOf } from '#lib/node/describe-error.ts'
import { isAuthorKey, toSegment } from '#lib/site/segment.ts'
import { lexicalToHtml, mobiledocToHtml } from './ghost-documents.ts'
import {
  type ImportedAuthor,
  type ImportedPost,
  type ImportSource,
  type Loss,
  type LossNote,
  quoteFound,
} from './imported-post.ts'
import { readDate } from './map-fields.ts'

/** In bytes. JSON is read whole, and takes some six times as much memory. */
const maxFileBytes = 256 * 1024 * 1024

const id = z.union([z.string(), z.number()]).transform(String)
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '')
const instant = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) =>
    typeof value === 'number' ? toIso(value) : value ? readDate(value) : undefined,
  )
const flag = z.union([z.boolean(), z.number()]).nullish().transform(Boolean)

const post = z.looseObject({
  id,
  title: text,
  slug: text,
  html: text,
  lexical: text,
  mobiledoc: text,
  markdown: text,
  plaintext: text,
  feature_image: text,
  image: text,
  featured: flag,
  type: z.string().nullish(),
  page: flag,
  status: z.string().nullish(),
  visibility: z.string().nullish(),
  published_at: instant,
  created_at: instant,
  updated_at: instant,
  custom_excerpt: text,
  meta_description: text,
  canonical_url: text,
  locale: text,
  author_id: id.nullish(),
})
type GhostPost = z.output<typeof post>

const list = <Kind extends z.ZodType>(kind: Kind) =>
  z
    .array(kind)
    .nullish()
    .transform((all) => all ?? [])

const exported = z.looseObject({
  posts: z.array(post),
  tags: list(z.looseObject({ id, name: text, slug: text, description: text, visibility: text })),
  posts_tags: list(z.looseObject({ post_id: id, tag_id: id, sort_order: z.number().nullish() })),
  users: list(
    z.looseObject({
      id,
      name: text,
      slug: text,
      bio: text,
      website: text,
      profile_image: text,
      image: text,
      location: text,
      facebook: text,
      twitter: text,
    }),
  ),
  posts_authors: list(
    z.looseObject({ post_id: id, author_id: id, sort_order: z.number().nullish() }),
  ),
  posts_meta: list(
    z.looseObject({
      post_id: id,
      feature_image_alt: text,
      feature_image_caption: text,
      meta_description: text,
    }),
  ),
})

/** What has no place here, beside what every post has. */
const fieldsLeft = [
  ...[
    'codeinjection_head',
    'codeinjection_foot',
    'custom_template',
    'meta_title',
    'og_title',
    'og_description',
  ],
  ...[
    'og_image',
    'twitter_title',
    'twitter_description',
    'twitter_image',
    'email_subject',
    'frontmatter',
  ],
]

/**
 * An export of Ghost (Settings → Labs → Export). Texts come from the HTML that Ghost made, else from its
 * lexical or mobiledoc document. What is not for everybody becomes a draft. Throws an `Error` with a
 * sentence for a file that is no export.
 */
export async function openGhostExport(
  file: string,
  name: string,
  site?: string,
): Promise<ImportSource> {
  const data = await readExport(file)
  const losses: Loss[] = []
  const lose = (note: LossNote) => losses.push({ ...note, file: name })
  const base = site === undefined ? '' : (URL.parse(site)?.pathname.replace(/\/$/, '') ?? '')
  const tags = new Map(data.tags.map((tag) => [tag.id, tag]))
  const users = new Map(data.users.map((user) => [user.id, user]))
  const metas = new Map(data.posts_meta.map((meta) => [meta.post_id, meta]))
  const tagsOf = groupBy(data.posts_tags)
  const authorsOf = groupBy(data.posts_authors)
  const redirects: [string, string][] = [['/rss', '/rss.xml']]
  const usedUsers = new Set<string>()
  const primaryTags = new Set([...tagsOf.values()].flatMap((links) => links[0]?.tag_id ?? []))

  for (const tag of data.tags) {
    const segment = toSegment(tag.name)
    if (isInternal(tag) || segment === '' || tag.slug === '') continue
    const kind = primaryTags.has(tag.id) ? 'category' : 'tag'
    redirects.push([`/tag/${tag.slug}`, `/${kind}/${encodeURIComponent(segment)}`])
    if (tag.description) {
      lose({
        severity: 'lost',
        line: 1,
        field: `tags ${tag.slug}`,
        found: quoteFound(tag.description),
        outcome: 'left behind: tags have no description',
      })
    }
  }

  function toPost(ghost: GhostPost, index: number): ImportedPost {
    const place = `posts[${index}]`
    const isPage = ghost.type === 'page' || (!ghost.type && ghost.page)
    const post: ImportedPost = {
      kind: isPage ? 'page' : 'article',
      file: name,
      line: 1,
      fields: {},
      slug: ghost.slug,
      draftReasons: [],
      addresses: ghost.slug ? [`${base}/${ghost.slug}/`] : [],
      body: { format: 'html', flavour: 'ghost', text: '', line: 1 },
      losses: [],
    }
    const note = (severity: LossNote['severity'], field: string, found: unknown, outcome: string) =>
      post.losses.push({
        severity,
        line: 1,
        field: `${place}.${field}`,
        found: quoteFound(typeof found === 'string' ? found : JSON.stringify(found)),
        outcome,
      })
    const { fields } = post
    const meta = metas.get(ghost.id)
    if (ghost.title) fields.title = ghost.title
    const description = ghost.custom_excerpt || meta?.meta_description || ghost.meta_description
    if (description) fields.description = description
    const at = ghost.published_at ?? (ghost.status === 'published' ? undefined : ghost.created_at)
    if (at !== undefined) fields.publishedAt = at
    if (ghost.updated_at !== undefined && at !== undefined && ghost.updated_at > at)
      fields.updatedAt = ghost.updated_at
    if (ghost.canonical_url.startsWith('https://')) fields.canonicalUrl = ghost.canonical_url
    else if (ghost.canonical_url)
      note('lost', 'canonical_url', ghost.canonical_url, 'left out: no https address')
    if (ghost.locale) post.lang = ghost.locale.toLowerCase()
    if (ghost.featured) note('lost', 'featured', 'true', 'left behind: pin it with `dateline pin`')
    readStatus()
    readTopics()
    readCover()
    readPeople()
    readBody()
    for (const field of fieldsLeft) {
      const value = ghost[field] ?? (meta as Record<string, unknown> | undefined)?.[field]
      if (value) note('lost', field, value, 'left behind: there is no such field here')
    }
    return post

    function readStatus(): void {
      const { status, visibility } = ghost
      if (visibility && visibility !== 'public')
        post.draftReasons.push(`It was not for everybody in Ghost: ${visibility}`)
      if (status === 'draft') post.draftReasons.push('It was a draft in Ghost')
      else if (status === 'sent') post.draftReasons.push('It was sent by e-mail only in Ghost')
      else if (status && status !== 'published' && status !== 'scheduled')
        post.draftReasons.push(`Its status in Ghost was ${status}`)
    }

    function readTopics(): void {
      const names = (tagsOf.get(ghost.id) ?? []).flatMap(({ tag_id }) => {
        const tag = tags.get(tag_id)
        if (!tag) return []
        if (!isInternal(tag) && toSegment(tag.name) !== '') return [tag.name]
        note('lost', 'tags', tag.name, 'left behind: a tag that readers did not see')
        return []
      })
      const [category, ...others] = [...new Set(names)]
      if (category !== undefined) fields.category = category
      if (others.length > 0) fields.tags = others
    }

    function readCover(): void {
      const address = ghost.feature_image || ghost.image
      if (!address) return
      const alt = meta?.feature_image_alt
      fields.cover = { address, ...(alt ? { alt } : {}) }
      const caption = meta?.feature_image_caption
      if (caption)
        note(
          'lost',
          'feature_image_caption',
          caption,
          'left behind: write it as coverImage.credit or into the text',
        )
    }

    function readPeople(): void {
      const links = authorsOf.get(ghost.id) ?? []
      const ids =
        links.length > 0 ? links.map(({ author_id }) => author_id) : [ghost.author_id ?? '']
      const names = ids.flatMap((one) => {
        const user = users.get(one ?? '')
        if (!user) return []
        usedUsers.add(user.id)
        return [isAuthorKey(user.slug) ? user.slug : user.name]
      })
      if (names.length > 0) fields.authors = names
    }

    function readBody(): void {
      const { body } = post
      const report = (found: string, outcome: string) => note('lost', 'body', found, outcome)
      if (ghost.html.trim()) body.text = ghost.html
      else if (ghost.lexical.trim()) body.text = lexicalToHtml(ghost.lexical, report)
      else if (ghost.mobiledoc.trim()) body.text = mobiledocToHtml(ghost.mobiledoc, report)
      else if (ghost.markdown.trim())
        post.body = { format: 'markdown', flavour: 'markdown', text: ghost.markdown, line: 1 }
      else
        body.text = ghost.plaintext
          .split(/\n{2,}/)
          .map((part) => `<p>${part.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`)
          .join('\n')
    }
  }

  return {
    async *readPosts() {
      for (const [index, one] of data.posts.entries()) yield toPost(one, index)
    },
    finish() {
      const authors = data.users
        .filter((user) => usedUsers.has(user.id) && isAuthorKey(user.slug))
        .map((user): ImportedAuthor => {
          for (const field of ['location', 'facebook', 'twitter'] as const) {
            if (user[field])
              lose({
                severity: 'lost',
                line: 1,
                field: `users ${user.slug}.${field}`,
                found: quoteFound(user[field]),
                outcome: 'left behind: write it as a link into authors',
              })
          }
          const picture = user.profile_image || user.image
          return {
            key: user.slug,
            name: user.name || user.slug,
            ...(user.bio ? { bio: user.bio } : {}),
            ...(user.website.startsWith('https://') && URL.canParse(user.website)
              ? { links: [{ name: new URL(user.website).hostname, url: user.website }] }
              : {}),
            ...(picture ? { picture } : {}),
          }
        })
      return { authors, losses, sites: site ? [site] : [], redirects }
    },
  }
}

const isInternal = (tag: { name: string; visibility: string }) =>
  tag.visibility === 'internal' || tag.name.startsWith('#')

function groupBy<Link extends { post_id: string; sort_order?: number | null | undefined }>(
  links: Link[],
): Map<string, Link[]> {
  const groups = new Map<string, Link[]>()
  for (const link of links) groups.set(link.post_id, [...(groups.get(link.post_id) ?? []), link])
  for (const group of groups.values())
    group.sort((a, b) => (a.sort_order ?? 0) - (b.sort_order ?? 0))
  return groups
}

function toIso(milliseconds: number): string | undefined {
  return Number.isFinite(milliseconds) && Math.abs(milliseconds) < 7e12
    ? readDate(new Date(milliseconds).toISOString())
    : undefined
}

async function readExport(file: string): Promise<z.output<typeof exported>> {
  const info = await stat(file).catch(() => undefined)
  if (!info?.isFile()) throw new Error(`There is no file ${file}.`)
  if (info.size > maxFileBytes) {
    throw new Error(`${file} has ${info.size} bytes: at most ${maxFileBytes} can be read.`)
  }
  let json: unknown
  try {
    json = JSON.parse((await readFile(file, 'utf8')).replace(/^\uFEFF/, ''))
  } catch (cause) {
    throw new Error(`${file} is no JSON: ${reasonOf(cause)}`)
  }
  const root = z
    .union([
      z
        .object({ db: z.array(z.object({ data: z.unknown() })).min(1) })
        .transform(({ db }) => db[0]?.data),
      z.object({ data: z.unknown() }).transform(({ data }) => data),
    ])
    .safeParse(json)
  const result = exported.safeParse(root.success ? root.data : undefined)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const where =
    issue && issue.path.length > 0
      ? `${issue.path.join('.')}: ${issue.message}`
      : 'it has no db[0].data.posts'
  throw new Error(`${file} is no export of Ghost: ${where}.`)
}
