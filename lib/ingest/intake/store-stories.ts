import { defaultLocale, isLocale } from '#lib/site/locales.ts'
import type { Rejection } from '../sources/source-result.ts'
import type { IngestStore } from '../state/ingest-store.ts'
import type { StoryRecord } from '../state/story-record.ts'
import type { IdentifiedStory, Story } from '../story.ts'
import type { CleanedWithLead } from './clean-with-lead.ts'
import { stripTrackers } from './strip-trackers.ts'

/** What became of the stories of one answer of a source. */
export type IntakeCounts = {
  fresh: number
  known: number
  changed: number
  duplicates: number
  withdrawn: number
  /** Their text has not been cleaned yet: they are for the next pass. */
  left: number
  rejections: Rejection[]
}

/** What became of a story's text. `isFinal`: it is not tried again, so that it cannot hold up others. */
export type CleanText = CleanedWithLead & { isFinal?: boolean }

export type Circumstances = {
  store: IngestStore
  /** The key of the configured source. */
  sourceKey: string
  section: string
  seenAt: string
  /** Stories published before this are not told. */
  notBefore: string | undefined
  takesSponsored: boolean
  /** The text of a story, cleaned; undefined when it has not been. */
  findText(raw: IdentifiedStory): CleanText | undefined
}

/**
 * Writes the stories of one answer into the store: those we know are recognised by their id, by
 * their address or by an article that is there; those that have changed or gone become work, and so
 * do new ones. Call it inside the transaction that keeps the source's memory.
 */
export function storeStories(
  stories: IdentifiedStory[],
  circumstances: Circumstances,
): IntakeCounts {
  const intake: IntakeCounts = {
    fresh: 0,
    known: 0,
    changed: 0,
    duplicates: 0,
    withdrawn: 0,
    left: 0,
    rejections: [],
  }
  const shared = findSharedAddresses(stories)
  for (const raw of stories) {
    const urlKey = toOwnKey(raw, shared)
    const outcome = tryToStoreStory(raw, urlKey, circumstances)
    if (typeof outcome === 'string') intake[outcome] += 1
    else intake.rejections.push(outcome)
  }
  return intake
}

/**
 * The stories whose text `storeStories` needs: those that are new or have changed. Nothing is kept of the
 * trial.
 */
export function listStoriesToClean(
  stories: IdentifiedStory[],
  circumstances: Omit<Circumstances, 'findText'>,
): IdentifiedStory[] {
  const shared = findSharedAddresses(stories)
  const around = { ...circumstances, findText: () => undefined }
  return stories.filter((raw) => {
    try {
      return around.store.transact((): boolean => {
        storeStory(raw, toOwnKey(raw, shared), around)
        throw new Rollback()
      })
    } catch (cause) {
      return cause instanceof TextMissing
    }
  })
}

/** Ends a trial. */
class Rollback extends Error {}

/** A story's text is needed and has not been cleaned. */
class TextMissing extends Error {}

function toOwnKey({ urlKey }: IdentifiedStory, shared: Set<string>): string | undefined {
  return urlKey === undefined || shared.has(urlKey) ? undefined : urlKey
}

/** Some feeds give every story the same address: that address tells nothing. */
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

/** A story that upsets a parser is refused; it must not keep the others. */
function tryToStoreStory(
  raw: IdentifiedStory,
  urlKey: string | undefined,
  around: Circumstances,
): Outcome {
  try {
    return around.store.transact(() => storeStory(raw, urlKey, around))
  } catch (cause) {
    if (cause instanceof TextMissing) return 'left'
    const reason = cause instanceof Error ? cause.message : String(cause)
    return { what: raw.title.slice(0, 120), why: `cannot be read: ${reason}` }
  }
}

function storeStory(
  raw: IdentifiedStory,
  urlKey: string | undefined,
  around: Circumstances,
): Outcome {
  const { store } = around
  const id = raw.storyId
  const publisher = raw.source.key
  const record =
    (id === undefined ? undefined : store.stories.find(publisher, id)) ??
    (urlKey === undefined ? undefined : store.stories.findByUrl(urlKey, publisher))
  if (record && record.publisher === publisher) return storeKnownStory(raw, record, around)
  if (id !== undefined && !record) {
    const remembered = restoreFromContent(raw, id, urlKey, around)
    if (remembered !== undefined) return remembered
  }
  if (raw.isWithdrawn) return 'known'
  const { seenAt } = around
  const cleaned = textOf(raw, around)
  if ('rejection' in cleaned) {
    if (cleaned.isFinal && id !== undefined && !record) addUnreadable(raw, id, urlKey, around)
    return { what: raw.title.slice(0, 200) || id || 'a story', why: cleaned.rejection }
  }
  const { story, lead } = cleaned
  const common = {
    publisher,
    id: story.id,
    sourceKey: around.sourceKey,
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
  const rejection = findPolicyRejection(story, around)
  if (rejection !== undefined) {
    store.stories.add({ ...common, state: 'rejected', reason: rejection })
    return { what: story.title, why: rejection }
  }
  store.stories.add({ ...common, state: 'new', story })
  return 'fresh'
}

function textOf(raw: IdentifiedStory, { findText }: Circumstances): CleanText {
  const cleaned = findText(raw)
  if (!cleaned) throw new TextMissing()
  return cleaned
}

/** Kept, so that the next pass goes on with the stories behind it. */
function addUnreadable(
  raw: IdentifiedStory,
  id: string,
  urlKey: string | undefined,
  { store, sourceKey, seenAt }: Circumstances,
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

/** A story that the store has. */
function storeKnownStory(
  raw: IdentifiedStory,
  record: StoryRecord,
  around: Circumstances,
): Outcome {
  const { stories } = around.store
  const { seenAt } = around
  const isPublished = record.state === 'published' || record.state === 'changed'
  if (raw.isWithdrawn) {
    const isThere = isPublished || record.state === 'manual'
    if (isThere) stories.setState(record, 'retracted', seenAt)
    if (record.state === 'new') {
      stories.finish(record, 'rejected', 'was taken back')
      if (record.path !== undefined) stories.releaseDuplicates(record.path)
    }
    return isThere ? 'withdrawn' : 'known'
  }
  const { fingerprint } = raw
  const isBack = record.state === 'withdrawn' || record.state === 'retracted'
  if (fingerprint === record.fingerprint && !isBack) return 'known'
  const isLive = isPublished || isBack || record.state === 'new'
  if (!isLive) {
    stories.setFingerprint(record, fingerprint)
    return 'known'
  }
  const cleaned = textOf(raw, around)
  if ('rejection' in cleaned) {
    if (!cleaned.isFinal) return 'known'
    stories.setFingerprint(record, fingerprint)
    return { what: record.title, why: `has changed and ${cleaned.rejection}` }
  }
  const state = record.state === 'new' ? 'new' : 'changed'
  const story = { ...cleaned.story, id: record.id, publishedAt: record.publishedAt }
  stories.change(record, { story, fingerprint, state, changedAt: seenAt })
  return state === 'changed' ? 'changed' : 'known'
}

/** The store may be younger than the articles: then they say what has been told. */
function restoreFromContent(
  raw: IdentifiedStory,
  id: string,
  urlKey: string | undefined,
  around: Circumstances,
): Outcome | undefined {
  const { store, seenAt, sourceKey } = around
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
  store.stories.add({ ...common, fingerprint, state: 'published', path: article.path })
  const record = store.stories.find(publisher, id)
  return record ? storeKnownStory(raw, record, around) : 'known'
}

function findPolicyRejection(
  story: Story,
  { notBefore, takesSponsored }: Circumstances,
): string | undefined {
  if (notBefore !== undefined && story.publishedAt < notBefore) return 'is too old'
  return story.isSponsored && !takesSponsored ? 'is sponsored' : undefined
}
