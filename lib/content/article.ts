import type { Locale } from '#lib/site/locales.ts'
import type { FrontMatter } from './front-matter/front-matter.ts'

/** How a story was judged to read for the market. Given by the source or by the model. */
export type Sentiment = 'POSITIVE' | 'NEUTRAL' | 'NEGATIVE'

/** Who gave us the story. `key` identifies it in paths and filters; `url` is the story itself. */
export type Source = {
  name: string
  key: string
  type: string | undefined
  url: string | undefined
}

/**
 * The cover's files by the names Unsplash gives them: absolute https URLs or site-relative paths.
 * At least one variant is present. Nominal widths: `regular` 1080, `small` 400, `thumb` 200 px.
 */
export type Cover = {
  raw: string | undefined
  full: string | undefined
  regular: string | undefined
  small: string | undefined
  thumb: string | undefined
  small_s3: string | undefined
  /** What the picture shows; undefined means that it is decoration. */
  alt: string | undefined
  /** The photographer, and the page that names them. */
  credit: { name: string; url: string | undefined } | undefined
}

/** What a model did to the text. Pages, feeds and structured data show it. */
export type AiProvenance = {
  rewritten: boolean
  expandedAt: string | undefined
  version: number | undefined
  translatedFrom: string | undefined
}

export type Correction = { at: string; text: string }

/** Numbers that are shown as a chart; at least two. */
export type Chart = NonNullable<FrontMatter['chart']>

/**
 * An article without its body; lists carry only these. Instants (`…At`) are UTC ISO 8601 strings
 * with milliseconds. Categories and tags are the front matter's values as written (`LAYER 2`).
 *
 * What is not named here is a field of `frontMatterSchema` as it stands there, with its sentence.
 */
export type ArticleSummary = Completed &
  Partial<
    Omit<FrontMatter, 'author' | 'coverImage' | 'ingest' | 'lang' | 'review' | keyof Completed>
  >

/** What is always there, whatever the file leaves out, and what the file does not say by itself. */
type Completed = {
  /** The file's base name without `.md` and without a trailing `.<lang>`. Unique in its locale. */
  slug: string
  locale: Locale
  title: string
  description: string
  publishedAt: string
  /** Never before `publishedAt`. Equal to it when the article was not updated. */
  updatedAt: string
  category: string
  tags: string[]
  source: Source | undefined
  /** Others who reported the same event. */
  alsoReportedBy: Source[]
  /** Keys of authors and names, as written; see `ArticleIndex.listBylines`. */
  authors: string[]
  /** Above 0: pinned to the front page, the heaviest first. */
  stickyWeight: number
  sentiment: Sentiment | undefined
  score: number
  cover: Cover | undefined
  ai: AiProvenance | undefined
  /** Who has reviewed the text as it stands, and when; undefined without a review that is valid. */
  reviewedBy: string | undefined
  reviewedAt: string | undefined
  /** Former slugs; they redirect here. */
  aliases: string[]
  corrections: Correction[]
  /** Asks search engines to leave the page out. */
  noindex: boolean
  /** Not finished: never served. */
  draft: boolean
  /** Taken back: its address answers 410. */
  withdrawn: boolean
  wordCount: number
}

/** An article as it is read. `body` is Markdown with `\n` line ends. */
export type Article = ArticleSummary & { body: string }

/** Who writes. `body` is the biography in Markdown. */
export type Author = {
  key: string
  name: string
  role: string | undefined
  bio: string | undefined
  links: { name: string; url: string }[]
  /** A path of the site or an https address. */
  picture: string | undefined
  body: string
}

/** An article's author as readers see them. `key` is there where the author has a page. */
export type Byline = { name: string; key: string | undefined }

/** A page that an editor wrote, without its body. `name` is its address: `/<name>`, `/uk/<name>`. */
export type EditorPageSummary = {
  locale: Locale
  name: string
  title: string
  description: string
  /** UTC ISO instant. */
  updatedAt: string | undefined
  noindex: boolean
  inFooter: boolean
}

/** `body` is Markdown. */
export type EditorPage = EditorPageSummary & { body: string }

/** A file of `content/media`. `path` is decoded and begins with `media/`; sizes in pixels, upright. */
export type Picture = { path: string; width: number; height: number }
