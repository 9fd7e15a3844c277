/**
 * What Hugo, Jekyll, Astro, Eleventy, Gatsby, Obsidian, Docusaurus and Ghost's tools call our fields,
 * in the order in which the import takes them: the first that says something counts. Names are
 * compared in lower case, without `_` and `-`.
 */
const namesByField = {
  title: ['headline'],
  description: ['summary', 'excerpt', 'abstract', 'lead', 'subtitle', 'dek', 'metadescription'],
  publishedAt: [
    ...['publishdate', 'publisheddate', 'published', 'date', 'pubdate', 'pubdatetime', 'posted'],
    ...['datepublished', 'datecreated', 'createdat', 'created'],
  ],
  updatedAt: [
    ...['lastmod', 'updated', 'updateddate', 'lastupdated', 'lastupdate', 'moddatetime'],
    ...['modified', 'modifiedat', 'lastmodified', 'lastmodifiedat', 'datemodified'],
  ],
  category: ['categories', 'section', 'topic'],
  tags: ['tag', 'labels', 'topics'],
  coverImage: [
    ...['cover', 'image', 'featuredimage', 'featureimage', 'heroimage', 'hero', 'banner'],
    ...['thumbnail', 'thumb', 'teaser', 'ogimage', 'socialimage', 'images', 'header', 'img'],
  ],
  authors: ['writer', 'writers', 'byline', 'creator'],
  lang: ['language', 'locale'],
  canonicalUrl: ['canonical', 'canonicallink', 'originalurl'],
  stickyWeight: ['sticky', 'pin', 'pinned'],
  noindex: ['robots', 'sitemap'],
  aliases: ['redirectfrom', 'redirects', 'alias', 'oldurls'],
  translationKey: ['translationid'],
} as const

/** Fields of other tools without one of ours, and what there is instead. */
const insteadByName = new Map([
  ['slug', 'no slug: the name of the file is the last part of the address'],
  ['permalink', 'no permalink: the name of the file makes the address'],
  ['url', 'no url: the name of the file makes the address'],
  ['layout', 'no layout: every article has the same'],
])

/** One of our fields that other tools have under other names. */
export type ForeignField = keyof typeof namesByField

const bare = (name: string) => name.toLowerCase().replace(/[_-]/g, '')

const fieldByName = new Map<string, ForeignField>(
  Object.entries(namesByField).flatMap(([field, names]) =>
    [bare(field), ...names].map((name) => [name, field as ForeignField] as const),
  ),
)

/** The field of ours that another tool calls so: `lastmod` → `updatedAt`. */
export const ourFieldFor = (name: string): ForeignField | undefined => fieldByName.get(bare(name))

/** The fields of a front matter that mean one of ours: our own name first, then in our order. */
export function foreignNamesOf(field: ForeignField, fields: Iterable<string>): string[] {
  const order: readonly string[] = [bare(field), ...namesByField[field]]
  return [...fields]
    .filter((name) => order.includes(bare(name)))
    .sort((a, b) => order.indexOf(bare(a)) - order.indexOf(bare(b)))
}

/** What to write instead of a field of another tool; undefined for a field that is not known from any. */
export function expectInsteadOf(name: string, known: readonly string[]): string | undefined {
  const ours = ourFieldFor(name)
  const advice =
    ours !== undefined && known.includes(ours)
      ? `a known field: did you mean ${ours}?`
      : known.includes('category')
        ? insteadByName.get(bare(name))
        : undefined
  return (
    advice && `${advice} (\`npx dateline import markdown <folder>\` maps the fields of other tools)`
  )
}

/**
 * Whether a field of another tool keeps the text from readers: `published: false` of Jekyll. Such a
 * field must not be passed over, or what somebody hid would be published.
 */
export function hidesText(name: string, value: unknown): boolean {
  const text = String(value).trim().toLowerCase()
  switch (bare(name)) {
    case 'published':
    case 'publish':
    case 'ispublished':
    case 'public':
      return ['false', 'no', 'off'].includes(text)
    case 'private':
    case 'hidden':
    case 'unlisted':
    case 'unpublished':
    case 'isdraft':
      return ['true', 'yes', 'on'].includes(text)
    case 'status':
    case 'poststatus':
    case 'visibility':
      return [
        'draft',
        'private',
        'pending',
        'hidden',
        'trash',
        'unpublished',
        'members',
        'paid',
      ].includes(text)
    default:
      return false
  }
}
