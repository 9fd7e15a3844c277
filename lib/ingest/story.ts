import { z } from 'zod'
import { locales } from '#lib/site/locales.ts'

/** A story as its source sent it: text may be HTML. Untrusted. */
export type RawStory = {
  /** Who published it; `key` stands in the front matter. */
  source: { name: string; key: string; type: string }
  /** The source's id of the story. Undefined when it has none; then the address identifies it. */
  id: string | undefined
  /** Absolute, or relative to the feed. */
  url: string | undefined
  /** HTML. */
  title: string
  html: string
  /** What relative links in `html` are relative to; undefined for the story's own address. */
  base?: string | undefined
  authors: string[]
  publishedAt: string | undefined
  updatedAt: string | undefined
  categories: string[]
  sentiment: string | undefined
  score: number | undefined
  language: string
  isSponsored: boolean
  /** The source has retracted it. */
  isWithdrawn: boolean
}

/** A raw story with what identifies it. */
export type IdentifiedStory = RawStory & {
  /** Its id, or its address; undefined when it has neither. */
  storyId: string | undefined
  /** See `toUrlKey`. */
  urlKey: string | undefined
  /** See `toFingerprint`. */
  fingerprint: string
}

/** A story as the pipeline sees it: clean Markdown, UTC instants, absolute addresses. */
export const storySchema = z.object({
  source: z.object({ name: z.string(), key: z.string(), type: z.string() }),
  id: z.string(),
  url: z.string().optional(),
  title: z.string(),
  /** Markdown without pictures and raw HTML. */
  text: z.string(),
  authors: z.array(z.string()),
  publishedAt: z.string(),
  categories: z.array(z.string()),
  sentiment: z.enum(['POSITIVE', 'NEUTRAL', 'NEGATIVE']).optional(),
  score: z.number(),
  language: z.enum(locales),
  /** The section for a story that names none. */
  section: z.string(),
  isSponsored: z.boolean(),
})

export type Story = z.output<typeof storySchema>
