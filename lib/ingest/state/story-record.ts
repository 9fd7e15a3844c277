import type { Locale } from '#lib/site/locales.ts'
import type { Story } from '../story.ts'

/** See the store's schema for what each means. */
export type StoryState =
  | 'new'
  | 'changed'
  | 'retracted'
  | 'published'
  | 'duplicate'
  | 'rejected'
  | 'withdrawn'
  | 'manual'

/** What the store knows of a story. `story` is there while there is work to do with it. */
export type StoryRecord = {
  publisher: string
  id: string
  sourceKey: string
  urlKey: string | undefined
  fingerprint: string
  state: string
  path: string | undefined
  duplicateOf: string | undefined
  title: string
  lead: string
  language: Locale
  publishedAt: string
  source: { name: string; key: string; type: string; url: string | undefined }
  story: Story | undefined
  attempts: number
  seenAt: string
  changedAt: string | undefined
}

/** A story that the store meets for the first time. */
export type NewStory = {
  publisher: string
  id: string
  sourceKey: string
  urlKey: string | undefined
  fingerprint: string
  state: StoryState
  reason?: string
  path?: string
  duplicateOf?: string
  title: string
  lead: string
  language: Locale
  publishedAt: string
  source: StoryRecord['source']
  /** Left out where nothing is to be done with it. */
  story?: Story
  seenAt: string
}
