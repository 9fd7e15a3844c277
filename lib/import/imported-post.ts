/**
 * Something of the imported text that is not in the written files as it was. `refused`: a post that
 * should be there and is not; `lost`: nobody finds it there; `changed`: it is there in another form or
 * place.
 */
export type Loss = {
  severity: 'refused' | 'lost' | 'changed'
  /** The file that was read: the export, or a file of the imported folder relative to it. */
  file: string
  /** Counts from 1; 1 where the format has no lines (JSON). */
  line: number
  /** A field of that file, `body`, or where it stands: `posts[3].html`. */
  field: string
  /** What stands there, shortened. */
  found: string
  /** What became of it, as a phrase: `left behind`. */
  outcome: string
}

/** What a reader of an export reports. The caller adds the file. */
export type LossNote = Omit<Loss, 'file'>

/** Text with its format. `line` is where it begins in the file that was read. */
export type ImportedBody = {
  format: 'html' | 'markdown'
  /** Whose shortcodes, blocks and cards are read. */
  flavour: 'wordpress' | 'ghost' | 'markdown' | 'jekyll' | 'mdx'
  text: string
  line: number
  /** Pictures and recordings that the text names by number (WordPress galleries and playlists). */
  attachments?: Record<string, { url: string; alt: string }>
  /** Footnotes as HTML, by the `data-fn` of their marks (WordPress). */
  footnotes?: Record<string, string>
}

/** A post or page of another tool. Instants are UTC ISO strings, addresses as they were written. */
export type ImportedPost = {
  kind: 'article' | 'page'
  file: string
  line: number
  /** Field values by our names, of `frontMatterSchema`; pages take what `pageSchema` has of them. */
  fields: {
    title?: string
    description?: string
    publishedAt?: string
    updatedAt?: string
    category?: string
    tags?: string[]
    authors?: string[]
    cover?: { address: string; alt?: string; credit?: { name: string; url?: string } }
    canonicalUrl?: string
    translationKey?: string
    aliases?: string[]
    stickyWeight?: number
    noindex?: boolean
    /** Fields that are written as they were: of files that have our own. */
    own?: Record<string, unknown>
  }
  /** As written; undefined where the file says nothing. */
  lang?: string
  /** What the address ended with. It may be none that we can have. */
  slug: string
  /** Why nobody may read it yet; an article without any is published. */
  draftReasons: string[]
  /** Paths that it had on the old site, decoded or not, and the numbers by which links name it. */
  addresses: string[]
  body: ImportedBody
  losses: LossNote[]
}

/** Becomes `content/authors/<key>.md`. */
export type ImportedAuthor = {
  key: string
  name: string
  bio?: string
  links?: { name: string; url: string }[]
  picture?: string
}

/** A tool's export, opened. */
export type ImportSource = {
  /** The posts with their texts, in an order that is the same each time. Reads the export again. */
  readPosts(): AsyncIterable<ImportedPost>
  /** What is known once all posts have been read: authors, and losses that belong to no post. */
  finish(): {
    authors: ImportedAuthor[]
    losses: Loss[]
    /** The old site, whose addresses are ours now: `https://old.example/blog`. */
    sites: string[]
    /** Old paths of listings and feeds → what answers now. */
    redirects: [from: string, to: string][]
  }
}

/** A quotation of at most 100 characters on one line, for `found`. */
export function quoteFound(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  const short = line.length > 100 ? `${line.slice(0, 99).toWellFormed()}…` : line
  return `"${short.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, '')}"`
}
