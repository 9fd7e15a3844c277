import { defaultLocale, isLocale } from '#lib/site/locales.ts'
import type { Rejection } from '../sources/source-result.ts'
import type { IngestStore } from '../state/ingest-store.ts'
import type { StoryRecord } from '../state/story-table.ts'
import type { IdentifiedStory, Story } from '../story.ts'
import type { CleanedStory } from './clean-story.ts'
import { stripTrackers } from './story-url.ts'

/** How the stories of one source result were stored. */
export type IntakeCounts = {
  /** Not seen before. */
  new: number
  /** Seen before, and unchanged. */
  known: number
  changed: number
  duplicates: number
  withdrawn: number
  /** Left to the next pass, because their text has not been cleaned. */
  postponed: number
  rejections: Rejection[]
}

/** A cleaned story. With `isFinal` a rejection is stored, and the story is never tried again. */
export type CleanedText = CleanedStory & { isFinal?: boolean }

export type StoreOptions = {
  store: IngestStore
  /** The key of the configured source. */
  sourceKey: string
  section: string
  seenAt: string
  /** Stories published before this instant are rejected. */
  notBefore: string | undefined
  takesSponsored: boolean
  /** Undefined when the story's text has not been cleaned. */
  findText(raw: IdentifiedStory): CleanedText | undefined
}

/**
 * Writes the stories of one source result to the store. A known story is recognised by its id, its
 * address or its article; a known story that changed or was retracted becomes work, and so does a new
 * one. Call it inside the transaction that writes the source's checkpoint.
 */
export function storeStories(stories: IdentifiedStory[], options: StoreOptions): IntakeCounts {
  const counts: IntakeCounts = {
    new: 0,
    known: 0,
    changed: 0,
    duplicates: 0,
    withdrawn: 0,
    postponed: 0,
    rejections: [],
  }
  const shared = findSharedAddresses(stories)
  for (const raw of stories) {
    const urlKey = toOwnKey(raw, shared)
    const outcome = tryToStoreStory(raw, urlKey, options)
    if (typeof outcome === 'string') counts[outcome] += 1
    else counts.rejections.push(outcome)
  }
  return counts
}

/**
 * The stories whose cleaned text `storeStories` will need: new ones and changed ones. Stores each
 * story without its text and rolls back.
 */
export function listStoriesToClean(
  stories: IdentifiedStory[],
  options: Omit<StoreOptions, 'findText'>,
): IdentifiedStory[] {
  const shared = findSharedAddresses(stories)
  const withoutText = { ...options, findText: () => undefined }
  return stories.filter((raw) => {
    try {
      return options.store.transact((): boolean => {
        storeStory(raw, toOwnKey(raw, shared), withoutText)
        throw new Rollback()
      })
    } catch (cause) {
      return cause instanceof MissingText
    }
  })
}

/** Ends a trial of `listStoriesToClean`. */
class Rollback extends Error {}

/** The cleaned text of a story is needed and missing. */
class MissingText extends Error {}

function toOwnKey({ urlKey }: IdentifiedStory, shared: Set<string>): string | undefined {
  return urlKey === undefined || shared.has(urlKey) ? undefined : urlKey
}

/** Some feeds give every story the same address, which then identifies none. */
function findSharedAddresses(stories: IdentifiedStory[]): Set<string> {
  const ids = new Map<string, string | undefined>()
  const shared = new Set<string>()
  for (const raw of stories) {
    const key = raw.urlKey
    if (key === undefined) continue
    if (ids.has(key) && ids.get(key) !== raw.id) shared.add(key)
    ids.set(key, raw.id)
  }
  return shared
}

type Outcome = Exclude<keyof IntakeCounts, 'rejections'> | Rejection

/** A story that fails is rejected, so that the others are stored. */
function tryToStoreStory(
  raw: IdentifiedStory,
  urlKey: string | undefined,
  options: StoreOptions,
): Outcome {
  try {
    return options.store.transact(() => storeStory(raw, urlKey, options))
  } catch (cause) {
    if (cause instanceof MissingText) return 'postponed'
    const reason = cause instanceof Error ? cause.message : String(cause)
    return { what: raw.title.slice(0, 120), why: `cannot be read: ${reason}` }
  }
}

function storeStory(
  raw: IdentifiedStory,
  urlKey: string | undefined,
  options: StoreOptions,
): Outcome {
  const { store } = options
  const id = raw.storyId
  const publisher = raw.source.key
  const record =
    (id === undefined ? undefined : store.stories.find(publisher, id)) ??
    (urlKey === undefined ? undefined : store.stories.findByUrl(urlKey, publisher))
  if (record && record.publisher === publisher) return storeKnownStory(raw, record, options)
  if (id !== undefined && !record) {
    const remembered = restoreFromContent(raw, id, urlKey, options)
    if (remembered !== undefined) return remembered
  }
  if (raw.isWithdrawn) return 'known'
  const { seenAt } = options
  const cleaned = textOf(raw, options)
  if ('rejection' in cleaned) {
    if (cleaned.isFinal && id !== undefined && !record) rejectUnreadable(raw, id, urlKey, options)
    return { what: raw.title.slice(0, 200) || id || 'a story', why: cleaned.rejection }
  }
  const { story, lead } = cleaned
  const common = {
    publisher,
    id: story.id,
    sourceKey: options.sourceKey,
    urlKey,
    fingerprint: raw.fingerprint,
    title: story.title,
    lead,
    language: story.language,
    publishedAt: story.publishedAt,
    source: { ...story.source, url: story.url },
    seenAt,
  }
  const duplicateOf = record ? (record.path ?? record.duplicateOf) : undefined
  if (record && duplicateOf !== undefined) {
    store.stories.add({ ...common, state: 'duplicate', duplicateOf, story })
    return 'duplicates'
  }
  const rejection = findPolicyRejection(story, options)
  if (rejection !== undefined) {
    store.stories.add({ ...common, state: 'rejected', reason: rejection })
    return { what: story.title, why: rejection }
  }
  store.stories.add({ ...common, state: 'new', story })
  return 'new'
}

function textOf(raw: IdentifiedStory, { findText }: StoreOptions): CleanedText {
  const cleaned = findText(raw)
  if (!cleaned) throw new MissingText()
  return cleaned
}

/** Stored, so that the next pass goes on with the stories after it. */
function rejectUnreadable(
  raw: IdentifiedStory,
  id: string,
  urlKey: string | undefined,
  { store, sourceKey, seenAt }: StoreOptions,
): void {
  store.stories.add({
    publisher: raw.source.key,
    id,
    sourceKey,
    urlKey,
    fingerprint: raw.fingerprint,
    state: 'rejected',
    reason: 'cannot be read',
    title: raw.title.slice(0, 300),
    lead: '',
    language: isLocale(raw.language) ? raw.language : defaultLocale,
    publishedAt: seenAt,
    source: { ...raw.source, url: undefined },
    seenAt,
  })
}

/** A story that is in the store. */
function storeKnownStory(
  raw: IdentifiedStory,
  record: StoryRecord,
  options: StoreOptions,
): Outcome {
  const { stories } = options.store
  const { seenAt } = options
  const isPublished = ['published', 'changed', 'excerpt'].includes(record.state)
  // After the data folder was lost: a model needs the text.
  const lacksText = record.state === 'excerpt' && record.story === undefined
  if (raw.isWithdrawn) {
    const isThere = isPublished || record.state === 'manual'
    if (isThere) stories.setState(record, 'retracted', seenAt)
    if (record.state === 'new') {
      stories.finish(record, 'rejected', 'was retracted')
      if (record.path !== undefined) stories.releaseDuplicates(record.path)
    }
    return isThere ? 'withdrawn' : 'known'
  }
  const { fingerprint } = raw
  const isBack = record.state === 'withdrawn' || record.state === 'retracted'
  const isUnchanged = fingerprint === record.fingerprint
  if (isUnchanged && !isBack && !lacksText) return 'known'
  const isLive = isPublished || isBack || record.state === 'new'
  if (!isLive) {
    stories.setFingerprint(record, fingerprint)
    return 'known'
  }
  const cleaned = textOf(raw, options)
  if ('rejection' in cleaned) {
    if (!cleaned.isFinal) return 'known'
    stories.setFingerprint(record, fingerprint)
    return { what: record.title, why: `has changed and ${cleaned.rejection}` }
  }
  const state = record.state === 'new' ? 'new' : isUnchanged && lacksText ? 'excerpt' : 'changed'
  const story = { ...cleaned.story, id: record.id, publishedAt: record.publishedAt }
  const changedAt = state === 'excerpt' ? record.changedAt : seenAt
  stories.change(record, { story, fingerprint, state, changedAt })
  return state === 'changed' ? 'changed' : 'known'
}

/** After the data folder was lost, the articles say which stories have been published. */
function restoreFromContent(
  raw: IdentifiedStory,
  id: string,
  urlKey: string | undefined,
  options: StoreOptions,
): Outcome | undefined {
  const { store, seenAt, sourceKey } = options
  const publisher = raw.source.key
  const byUrl = urlKey === undefined ? undefined : store.articles.findByUrl(urlKey, publisher)
  const article = store.articles.findByStory(publisher, id) ?? byUrl
  if (!article) return undefined
  const current = raw.fingerprint
  const common = {
    publisher,
    id,
    sourceKey,
    urlKey,
    title: article.title,
    lead: article.lead,
    language: article.locale,
    publishedAt: article.publishedAt,
    source: { ...raw.source, url: raw.url === undefined ? undefined : stripTrackers(raw.url) },
    seenAt,
  }
  if (article.publisher !== publisher) {
    store.stories.add({
      ...common,
      fingerprint: current,
      state: 'duplicate',
      duplicateOf: article.path,
    })
    if (byUrl?.urlPublisher === publisher) store.stories.markCredited({ publisher, id })
    return 'duplicates'
  }
  const fingerprint = article.fingerprint ?? current
  const state = article.isExcerpt ? 'excerpt' : 'published'
  store.stories.add({ ...common, fingerprint, state, path: article.path })
  const record = store.stories.find(publisher, id)
  return record ? storeKnownStory(raw, record, options) : 'known'
}

function findPolicyRejection(
  story: Story,
  { notBefore, takesSponsored }: StoreOptions,
): string | undefined {
  if (notBefore !== undefined && story.publishedAt < notBefore) return 'is too old'
  return story.isSponsored && !takesSponsored ? 'is sponsored' : undefined
}
