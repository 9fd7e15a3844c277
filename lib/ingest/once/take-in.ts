import { toPlainText } from '#lib/content/plain-text.ts'
import { cleanStory } from '../clean/clean-story.ts'
import { toFingerprint, toStoryId } from '../clean/story-identity.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { StoryRecord } from '../ledger/story-record.ts'
import type { Refusal } from '../sources/source-answer.ts'
import type { RawStory, Story } from '../story.ts'
import { toUrlKey } from './url-key.ts'

/** What became of the stories of one answer of a source. */
export type Intake = {
  fresh: number
  known: number
  changed: number
  twins: number
  withdrawn: number
  refusals: Refusal[]
}

type Circumstances = {
  ledger: Ledger
  /** The key of the configured source. */
  feed: string
  section: string
  seenAt: string
  /** Stories published before this are not told. */
  notBefore: string | undefined
  takesSponsored: boolean
}

/**
 * Writes the stories of one answer into the ledger: those we know are recognised by their id, by
 * their address or by an article that is there; those that have changed or gone become work, and so
 * do new ones. Call it inside the transaction that keeps the source's memory.
 */
export function takeIn(stories: RawStory[], circumstances: Circumstances): Intake {
  const intake: Intake = {
    fresh: 0,
    known: 0,
    changed: 0,
    twins: 0,
    withdrawn: 0,
    refusals: [],
  }
  const shared = findSharedAddresses(stories)
  for (const raw of stories) {
    const key = toUrlKey(raw.url)
    const urlKey = key === undefined || shared.has(key) ? undefined : key
    const outcome = tryToTakeIn(raw, urlKey, circumstances)
    if (typeof outcome === 'string') intake[outcome] += 1
    else intake.refusals.push(outcome)
  }
  return intake
}

/** Some feeds give every story the same address: that address tells nothing. */
function findSharedAddresses(stories: RawStory[]): Set<string> {
  const ids = new Map<string, string | undefined>()
  const shared = new Set<string>()
  for (const raw of stories) {
    const key = toUrlKey(raw.url)
    if (key === undefined) continue
    if (ids.has(key) && ids.get(key) !== raw.id) shared.add(key)
    ids.set(key, raw.id)
  }
  return shared
}

type Outcome = Exclude<keyof Intake, 'refusals'> | Refusal

/** A story that upsets a parser is refused; it must not keep the others. */
function tryToTakeIn(raw: RawStory, urlKey: string | undefined, around: Circumstances): Outcome {
  try {
    return around.ledger.transact(() => takeInOne(raw, urlKey, around))
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    return { what: raw.title.slice(0, 120), why: `cannot be read: ${reason}` }
  }
}

function takeInOne(raw: RawStory, urlKey: string | undefined, around: Circumstances): Outcome {
  const { ledger } = around
  const id = toStoryId(raw)
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
  const { seenAt, section } = around
  const cleaned = cleanStory(raw, { seenAt, section })
  if ('refusal' in cleaned) return { what: raw.title || id || 'a story', why: cleaned.refusal }
  const { story } = cleaned
  const common = {
    publisher,
    id: story.id,
    feed: around.feed,
    urlKey,
    fingerprint: toFingerprint(raw),
    title: story.title,
    gist: toGist(story),
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

/** A story that the ledger has. */
function meetAgain(
  raw: RawStory,
  record: StoryRecord,
  { ledger: { stories }, seenAt, section }: Circumstances,
): Outcome {
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
  const fingerprint = toFingerprint(raw)
  const isBack = record.state === 'withdrawn' || record.state === 'gone'
  if (fingerprint === record.fingerprint && !isBack) return 'known'
  const isLive = isTold || isBack || record.state === 'new'
  if (!isLive) {
    stories.setFingerprint(record, fingerprint)
    return 'known'
  }
  const cleaned = cleanStory(raw, { seenAt, section })
  if ('refusal' in cleaned) return 'known'
  const state = record.state === 'new' ? 'new' : 'changed'
  const story = { ...cleaned.story, id: record.id, publishedAt: record.publishedAt }
  stories.change(record, { story, fingerprint, state, changedAt: seenAt })
  return state === 'changed' ? 'changed' : 'known'
}

/** The ledger may be younger than the articles: then they say what has been told. */
function recallFromContent(
  raw: RawStory,
  id: string,
  urlKey: string | undefined,
  around: Circumstances,
): Outcome | undefined {
  const { ledger, seenAt, feed } = around
  const publisher = raw.source.key
  const byUrl = urlKey === undefined ? undefined : ledger.articles.findByUrl(urlKey, publisher)
  const article = ledger.articles.findByStory(publisher, id) ?? byUrl
  if (!article) return undefined
  const current = toFingerprint(raw)
  const common = {
    publisher,
    id,
    feed,
    urlKey,
    title: article.title,
    gist: article.gist,
    language: article.locale,
    publishedAt: article.publishedAt,
    source: { ...raw.source, url: raw.url },
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

const gistWords = 90

/** What a story is compared by with others: its first words. */
export function toGist(story: Pick<Story, 'text'>): string {
  return toPlainText(story.text).split(' ').slice(0, gistWords).join(' ').slice(0, 2000)
}
