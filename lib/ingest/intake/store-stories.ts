import { reasonOf } from '#lib/node/describe-error.ts'
import { defaultLocale, isLocale } from '#lib/site/locales.ts'
import type { Rejection } from '../sources/source-result.ts'
import type { IngestStore } from '../state/ingest-store.ts'
import type { PublishedRecord } from '../state/published-record.ts'
import type { StoryRecord } from '../state/story-table.ts'
import type { IdentifiedStory, Story } from '../story.ts'
import type { CleanedStory } from './clean-story.ts'
import { isOtherStory, toStoryId } from './story-identity.ts'
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
  /** Not stored, because their date or their identity is unknown; the store's holds name them. */
  held: number
  /** Have the id of another story and an address of their own. */
  reusedIds: number
  rejections: Rejection[]
}

/** A cleaned story. With `isFinal` a rejection is stored, and the story is never tried again. */
export type CleanedText = CleanedStory & { isFinal?: boolean }

export type StoreOptions = {
  store: IngestStore
  published: PublishedRecord
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
 * Writes the stories of one source result to the store; `separateStories` has taken ids and addresses
 * that identify nothing. A known story is recognised by its id, its address or its article; a known
 * story that changed or was retracted becomes work, and so does a new one. A story never takes the
 * place of another: see `storeKnownStory`. Call it inside the transaction that writes the source's checkpoint.
 */
export function storeStories(stories: IdentifiedStory[], options: StoreOptions): IntakeCounts {
  const counts: IntakeCounts = {
    new: 0,
    known: 0,
    changed: 0,
    duplicates: 0,
    withdrawn: 0,
    postponed: 0,
    held: 0,
    reusedIds: 0,
    rejections: [],
  }
  const { store, sourceKey, seenAt } = options
  const held = new Set<string>()
  for (const raw of stories) {
    const outcome = tryToStoreStory(raw, options, counts)
    if (typeof outcome === 'string') counts[outcome] += 1
    else if ('hold' in outcome) {
      const publisher = raw.source.key
      const about = {
        sourceKey,
        publisher,
        id: outcome.id,
        title: outcome.title,
        why: outcome.hold,
      }
      const rest = { path: undefined, difference: undefined, fileDigest: undefined, since: seenAt }
      store.holds.write({ kind: 'story', ...about, ...rest })
      held.add(`${publisher}\n${outcome.id}`)
      counts.held += 1
    } else counts.rejections.push(outcome)
    if (outcome === 'postponed') held.add(`${raw.source.key}\n${raw.storyId}`)
  }
  store.holds.prune(sourceKey, (publisher, id) => held.has(`${publisher}\n${id}`))
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
  const withoutText = { ...options, findText: () => undefined }
  return stories.filter((raw) => {
    try {
      return options.store.transact((): boolean => {
        storeStory(raw, withoutText)
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

/** A story that is held: the id under which it is known, and why, as a sentence without its subject. */
type Held = { id: string; title: string; hold: string }

type Outcome = Exclude<keyof IntakeCounts, 'rejections' | 'held' | 'reusedIds'> | Rejection | Held

/** A story that fails is rejected, so that the others are stored. */
function tryToStoreStory(
  raw: IdentifiedStory,
  options: StoreOptions,
  counts: Pick<IntakeCounts, 'reusedIds'>,
): Outcome {
  try {
    return options.store.transact(() =>
      storeStory(raw, options, () => {
        counts.reusedIds += 1
      }),
    )
  } catch (cause) {
    if (cause instanceof MissingText) return 'postponed'
    const reason = reasonOf(cause)
    return { what: raw.title.slice(0, 120), why: `cannot be read: ${reason}` }
  }
}

function storeStory(
  raw: IdentifiedStory,
  options: StoreOptions,
  onReusedId: () => void = () => {},
): Outcome {
  const { store } = options
  const { urlKey, storyId } = raw
  const publisher = raw.source.key
  const byId = storyId === undefined ? undefined : store.stories.find(publisher, storyId)
  const byUrl = urlKey === undefined ? undefined : store.stories.findByUrl(urlKey, publisher)
  if (byId) {
    const outcome = storeKnownStory(raw, byId, options)
    if (outcome !== 'other') return outcome
    onReusedId()
  }
  const isOwn = byUrl?.publisher === publisher
  if (byUrl && isOwn && byUrl.id !== byId?.id) {
    const outcome = storeKnownStory(raw, byUrl, options)
    if (outcome !== 'other') return outcome
  }
  const id = byId ? toStoryId({ id: undefined, url: raw.url }) : storyId
  if (!isOwn) return storeNewStory(raw, id, byUrl, options)
  // Another part of the same page: its address is not its own.
  const findText = () => options.findText(raw)
  return storeNewStory({ ...raw, urlKey: undefined }, id, undefined, { ...options, findText })
}

/** `earlier` is a story of another publisher with the same address. */
function storeNewStory(
  raw: IdentifiedStory,
  id: string | undefined,
  earlier: StoryRecord | undefined,
  options: StoreOptions,
): Outcome {
  const { store, published, sourceKey, seenAt } = options
  const { urlKey } = raw
  const publisher = raw.source.key
  if (id === undefined) {
    const what = raw.title.slice(0, 200) || 'a story'
    return { what, why: 'has no id, address or title that other stories do not have as well' }
  }
  if (!earlier) {
    const remembered = restoreFromContent(raw, id, options)
    if (remembered !== undefined) return remembered
  }
  if (raw.isWithdrawn) return 'known'
  // Neither the store nor the content folder has it any more: a person has deleted its article.
  if (!earlier && published.has(publisher, id, urlKey)) {
    rejectUnread(raw, id, 'was published before', options)
    return 'known'
  }
  const cleaned = textOf(raw, options)
  if ('rejection' in cleaned) {
    if (cleaned.isFinal && !earlier) rejectUnread(raw, id, 'cannot be read', options)
    return { what: raw.title.slice(0, 200) || id || 'a story', why: cleaned.rejection }
  }
  if (cleaned.hold !== undefined || !cleaned.story) {
    const title = cleaned.story?.title ?? raw.title.slice(0, 200)
    return { id, title, hold: cleaned.hold ?? 'cannot be read' }
  }
  const story = { ...cleaned.story, id }
  const common = {
    publisher,
    id,
    sourceKey,
    urlKey,
    fingerprint: raw.fingerprint,
    title: story.title,
    lead: cleaned.lead,
    language: story.language,
    publishedAt: story.publishedAt,
    source: { ...story.source, url: story.url },
    seenAt,
  }
  const duplicateOf = earlier ? (earlier.path ?? earlier.duplicateOf) : undefined
  if (duplicateOf !== undefined) {
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

function toHeld(raw: IdentifiedStory, record: StoryRecord): Held {
  const hold = `is another story in the place of “${record.title}”`
  return { id: record.id, title: raw.title.slice(0, 200), hold }
}

function textOf(raw: IdentifiedStory, { findText }: StoreOptions): CleanedText {
  const cleaned = findText(raw)
  if (!cleaned) throw new MissingText()
  return cleaned
}

/** Stored, so that the next pass goes on with the stories after it. */
function rejectUnread(
  raw: IdentifiedStory,
  id: string,
  reason: string,
  { store, sourceKey, seenAt }: StoreOptions,
): void {
  store.stories.add({
    publisher: raw.source.key,
    id,
    sourceKey,
    urlKey: raw.urlKey,
    fingerprint: raw.fingerprint,
    state: 'rejected',
    reason,
    title: raw.title.slice(0, 300),
    lead: '',
    language: isLocale(raw.language) ? raw.language : defaultLocale,
    publishedAt: seenAt,
    source: { ...raw.source, url: undefined },
    seenAt,
  })
}

/**
 * A story that is in the store, or one that has its id and nothing else of it. Such another story has
 * an address of its own (`other`: the id identifies nothing), or it is held, so that it does not replace
 * the article.
 */
function storeKnownStory(
  raw: IdentifiedStory,
  record: StoryRecord,
  options: StoreOptions,
): Outcome | 'other' {
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
  // A person has the file; what changes is listed for them.
  const isManual = record.state === 'manual' && record.path !== undefined
  const isLive = isPublished || isBack || isManual || record.state === 'new'
  const cleaned = textOf(raw, options)
  if ('rejection' in cleaned) {
    if (!cleaned.isFinal) return 'known'
    stories.setFingerprint(record, fingerprint)
    return { what: record.title, why: `has changed and ${cleaned.rejection}` }
  }
  if (!cleaned.story) return { id: record.id, title: record.title, hold: cleaned.hold }
  const before = { title: record.title, text: record.text ?? record.lead }
  if (isOtherStory(before, cleaned.story)) {
    return hasOwnAddress(raw, record) ? 'other' : toHeld(raw, record)
  }
  if (!isLive) {
    stories.setFingerprint(record, fingerprint)
    return 'known'
  }
  const state = record.state === 'new' ? 'new' : isUnchanged && lacksText ? 'excerpt' : 'changed'
  const story = { ...cleaned.story, id: record.id, publishedAt: record.publishedAt }
  const changedAt = state === 'excerpt' ? record.changedAt : seenAt
  stories.change(record, { story, fingerprint, state, changedAt })
  if (state === 'new') stories.setText(record, story)
  return state === 'changed' ? 'changed' : 'known'
}

/** Whether a story has another address than a record; a part of a page (`#may-5`) is one. */
function hasOwnAddress({ url, urlKey }: IdentifiedStory, record: StoryRecord): boolean {
  if (urlKey === undefined) return false
  const toPart = (address: string | undefined) => URL.parse(address ?? '')?.hash ?? ''
  const [part, before] = [toPart(url), toPart(record.source.url)]
  return urlKey !== record.urlKey || (part !== '' && before !== '' && part !== before)
}

/** After the data folder was lost, the articles say which stories have been published. */
function restoreFromContent(
  raw: IdentifiedStory,
  id: string,
  options: StoreOptions,
): Outcome | undefined {
  const { store, seenAt, sourceKey } = options
  const { urlKey } = raw
  const publisher = raw.source.key
  const byUrl = urlKey === undefined ? undefined : store.articles.findByUrl(urlKey, publisher)
  const article = store.articles.findByStory(publisher, id) ?? byUrl
  if (!article) return undefined
  // The record may have been left behind when the content folder was copied.
  options.published.add([{ publisher, id, url: raw.url, path: article.path }])
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
  const outcome = record ? storeKnownStory(raw, record, options) : 'known'
  return outcome === 'other' ? 'known' : outcome
}

function findPolicyRejection(
  story: Story,
  { notBefore, takesSponsored }: StoreOptions,
): string | undefined {
  if (notBefore !== undefined && story.publishedAt < notBefore) return 'is too old'
  return story.isSponsored && !takesSponsored ? 'is sponsored' : undefined
}
