import { defaultLocale, isLocale } from '#lib/site/locales.ts'
import type { Refusal } from '../sources/source-answer.ts'
import type { Ledger } from '../state/ledger.ts'
import type { StoryRecord } from '../state/story-record.ts'
import type { ReadStory, Story } from '../story.ts'
import type { CleanedForLedger } from './clean-for-ledger.ts'
import { stripTrackers } from './strip-trackers.ts'

/** What became of the stories of one answer of a source. */
export type Intake = {
  fresh: number
  known: number
  changed: number
  twins: number
  withdrawn: number
  /** Their text has not been cleaned yet: they are for the next pass. */
  left: number
  refusals: Refusal[]
}

/** What became of a story's text. `isFinal`: it is not tried again, so that it cannot hold up others. */
export type CleanText = CleanedForLedger & { isFinal?: boolean }

export type Circumstances = {
  ledger: Ledger
  /** The key of the configured source. */
  feed: string
  section: string
  seenAt: string
  /** Stories published before this are not told. */
  notBefore: string | undefined
  takesSponsored: boolean
  /** The text of a story, cleaned; undefined when it has not been. */
  findText(raw: ReadStory): CleanText | undefined
}

/**
 * Writes the stories of one answer into the ledger: those we know are recognised by their id, by
 * their address or by an article that is there; those that have changed or gone become work, and so
 * do new ones. Call it inside the transaction that keeps the source's memory.
 */
export function takeIn(stories: ReadStory[], circumstances: Circumstances): Intake {
  const intake: Intake = {
    fresh: 0,
    known: 0,
    changed: 0,
    twins: 0,
    withdrawn: 0,
    left: 0,
    refusals: [],
  }
  const shared = findSharedAddresses(stories)
  for (const raw of stories) {
    const urlKey = toOwnKey(raw, shared)
    const outcome = tryToTakeIn(raw, urlKey, circumstances)
    if (typeof outcome === 'string') intake[outcome] += 1
    else intake.refusals.push(outcome)
  }
  return intake
}

/**
 * The stories whose text `takeIn` needs: those that are new or have changed. Nothing is kept of the
 * trial.
 */
export function listUncleaned(
  stories: ReadStory[],
  circumstances: Omit<Circumstances, 'findText'>,
): ReadStory[] {
  const shared = findSharedAddresses(stories)
  const around = { ...circumstances, findText: () => undefined }
  return stories.filter((raw) => {
    try {
      return around.ledger.transact((): boolean => {
        takeInOne(raw, toOwnKey(raw, shared), around)
        throw new Undone()
      })
    } catch (cause) {
      return cause instanceof TextMissing
    }
  })
}

/** Ends a trial. */
class Undone extends Error {}

/** A story's text is needed and has not been cleaned. */
class TextMissing extends Error {}

function toOwnKey({ urlKey }: ReadStory, shared: Set<string>): string | undefined {
  return urlKey === undefined || shared.has(urlKey) ? undefined : urlKey
}

/** Some feeds give every story the same address: that address tells nothing. */
function findSharedAddresses(stories: ReadStory[]): Set<string> {
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

type Outcome = Exclude<keyof Intake, 'refusals'> | Refusal

/** A story that upsets a parser is refused; it must not keep the others. */
function tryToTakeIn(raw: ReadStory, urlKey: string | undefined, around: Circumstances): Outcome {
  try {
    return around.ledger.transact(() => takeInOne(raw, urlKey, around))
  } catch (cause) {
    if (cause instanceof TextMissing) return 'left'
    const reason = cause instanceof Error ? cause.message : String(cause)
    return { what: raw.title.slice(0, 120), why: `cannot be read: ${reason}` }
  }
}

function takeInOne(raw: ReadStory, urlKey: string | undefined, around: Circumstances): Outcome {
  const { ledger } = around
  const id = raw.storyId
  const publisher = raw.source.key
  const record =
    (id === undefined ? undefined : ledger.stories.find(publisher, id)) ??
    (urlKey === undefined ? undefined : ledger.stories.findByUrl(urlKey, publisher))
  if (record && record.publisher === publisher) return meetAgain(raw, record, around)
  if (id !== undefined && !record) {
    const remembered = recallFromContent(raw, id, urlKey, around)
    if (remembered !== undefined) return remembered
  }
  if (raw.isWithdrawn) return 'known'
  const { seenAt } = around
  const cleaned = textOf(raw, around)
  if ('refusal' in cleaned) {
    if (cleaned.isFinal && id !== undefined && !record) addUnreadable(raw, id, urlKey, around)
    return { what: raw.title.slice(0, 200) || id || 'a story', why: cleaned.refusal }
  }
  const { story, gist } = cleaned
  const common = {
    publisher,
    id: story.id,
    feed: around.feed,
    urlKey,
    fingerprint: raw.fingerprint,
    title: story.title,
    gist,
    language: story.language,
    publishedAt: story.publishedAt,
    source: { ...story.source, url: story.url },
    seenAt,
  }
  const twinPath = record ? (record.path ?? record.twinPath) : undefined
  if (record && twinPath !== undefined) {
    ledger.stories.add({ ...common, state: 'twin', twinPath, story })
    return 'twins'
  }
  const refusal = findPolicyRefusal(story, around)
  if (refusal !== undefined) {
    ledger.stories.add({ ...common, state: 'refused', reason: refusal })
    return { what: story.title, why: refusal }
  }
  ledger.stories.add({ ...common, state: 'new', story })
  return 'fresh'
}

function textOf(raw: ReadStory, { findText }: Circumstances): CleanText {
  const cleaned = findText(raw)
  if (!cleaned) throw new TextMissing()
  return cleaned
}

/** Kept, so that the next pass goes on with the stories behind it. */
function addUnreadable(
  raw: ReadStory,
  id: string,
  urlKey: string | undefined,
  { ledger, feed, seenAt }: Circumstances,
): void {
  ledger.stories.add({
    publisher: raw.source.key,
    id,
    feed,
    urlKey,
    fingerprint: raw.fingerprint,
    state: 'refused',
    reason: 'cannot be read',
    title: raw.title.slice(0, 300),
    gist: '',
    language: isLocale(raw.language) ? raw.language : defaultLocale,
    publishedAt: seenAt,
    source: { ...raw.source, url: undefined },
    seenAt,
  })
}

/** A story that the ledger has. */
function meetAgain(raw: ReadStory, record: StoryRecord, around: Circumstances): Outcome {
  const { stories } = around.ledger
  const { seenAt } = around
  const isTold = record.state === 'told' || record.state === 'changed'
  if (raw.isWithdrawn) {
    const isThere = isTold || record.state === 'left'
    if (isThere) stories.setState(record, 'gone', seenAt)
    if (record.state === 'new') {
      stories.settle(record, 'refused', 'was taken back')
      if (record.path !== undefined) stories.reviveTwins(record.path)
    }
    return isThere ? 'withdrawn' : 'known'
  }
  const { fingerprint } = raw
  const isBack = record.state === 'withdrawn' || record.state === 'gone'
  if (fingerprint === record.fingerprint && !isBack) return 'known'
  const isLive = isTold || isBack || record.state === 'new'
  if (!isLive) {
    stories.setFingerprint(record, fingerprint)
    return 'known'
  }
  const cleaned = textOf(raw, around)
  if ('refusal' in cleaned) {
    if (!cleaned.isFinal) return 'known'
    stories.setFingerprint(record, fingerprint)
    return { what: record.title, why: `has changed and ${cleaned.refusal}` }
  }
  const state = record.state === 'new' ? 'new' : 'changed'
  const story = { ...cleaned.story, id: record.id, publishedAt: record.publishedAt }
  stories.change(record, { story, fingerprint, state, changedAt: seenAt })
  return state === 'changed' ? 'changed' : 'known'
}

/** The ledger may be younger than the articles: then they say what has been told. */
function recallFromContent(
  raw: ReadStory,
  id: string,
  urlKey: string | undefined,
  around: Circumstances,
): Outcome | undefined {
  const { ledger, seenAt, feed } = around
  const publisher = raw.source.key
  const byUrl = urlKey === undefined ? undefined : ledger.articles.findByUrl(urlKey, publisher)
  const article = ledger.articles.findByStory(publisher, id) ?? byUrl
  if (!article) return undefined
  const current = raw.fingerprint
  const common = {
    publisher,
    id,
    feed,
    urlKey,
    title: article.title,
    gist: article.gist,
    language: article.locale,
    publishedAt: article.publishedAt,
    source: { ...raw.source, url: raw.url === undefined ? undefined : stripTrackers(raw.url) },
    seenAt,
  }
  if (article.publisher !== publisher) {
    ledger.stories.add({ ...common, fingerprint: current, state: 'twin', twinPath: article.path })
    if (byUrl?.urlPublisher === publisher) ledger.stories.note({ publisher, id })
    return 'twins'
  }
  const fingerprint = article.fingerprint ?? current
  ledger.stories.add({ ...common, fingerprint, state: 'told', path: article.path })
  const record = ledger.stories.find(publisher, id)
  return record ? meetAgain(raw, record, around) : 'known'
}

function findPolicyRefusal(
  story: Story,
  { notBefore, takesSponsored }: Circumstances,
): string | undefined {
  if (notBefore !== undefined && story.publishedAt < notBefore) return 'is too old'
  return story.isSponsored && !takesSponsored ? 'is sponsored' : undefined
}
