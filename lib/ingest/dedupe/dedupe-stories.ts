import { choosePath } from '../publish/choose-path.ts'
import type { IngestConfig } from '../settings/ingest-config.ts'
import type { IngestStore } from '../state/ingest-store.ts'
import type { StoryRecord } from '../state/story-table.ts'
import { type EventFeatures, toEventFeatures } from './event-features.ts'
import { toEventSimilarity, toTextSimilarity } from './event-similarity.ts'

/**
 * Decides for each new story, the oldest first, whether there is an article about its event. A story
 * without one gets a path for its own. Returns how many are duplicates, by source.
 */
export function dedupeStories(
  store: IngestStore,
  config: IngestConfig['sameEvent'],
): Map<string, number> {
  const { stories } = store
  const duplicates = new Map<string, number>()
  const unjudged = stories.listUndeduped()
  const [first] = unjudged
  const last = unjudged.at(-1)
  if (!first || !last) return duplicates
  const window = { from: first.publishedAt, to: last.publishedAt }
  const events = openDuplicateFinder(store, config, window)
  store.transact(() => {
    for (const record of unjudged) {
      const duplicateOf = events.find(record)
      if (duplicateOf === undefined) {
        const path = choosePath(record, store)
        stories.reservePath(record, path)
        const earlier = events.findEarlier(record)
        if (earlier !== undefined) stories.relate(record, earlier)
        events.remember(record, path)
      } else {
        stories.markDuplicate(record, duplicateOf)
        duplicates.set(record.sourceKey, (duplicates.get(record.sourceKey) ?? 0) + 1)
      }
    }
  })
  return duplicates
}

/** Finds the article about an event; `remember` adds an article that is about to be written. */
type DuplicateFinder = {
  /** The path of the article about the same event; undefined when there is none. */
  find(record: StoryRecord): string | undefined
  /**
   * The path of the article to whose event the same source returns: another article of one story. By
   * the judgement that merges what different sources report, so it is as seldom wrong.
   */
  findEarlier(record: StoryRecord): string | undefined
  remember(record: StoryRecord, path: string): void
}

type Candidate = {
  path: string
  publisher: string | undefined
  publishedAt: number
  urlKey: string | undefined
  features: EventFeatures
}

/** The least similarity of texts at which a source has sent the same story under another id and address. */
const sameStory = 0.9

/**
 * Compares with stories and articles that were published around the same time. Only those that share a
 * distinctive word are compared, at most a few hundred, so the time does not grow with all of them.
 */
function openDuplicateFinder(
  { stories, articles }: Pick<IngestStore, 'stories' | 'articles'>,
  { threshold, withinHours }: IngestConfig['sameEvent'],
  window: { from: string; to: string },
): DuplicateFinder {
  const span = withinHours * 3600_000
  const byWord = new Map<string, Candidate[]>()
  const byUrl = new Map<string, string>()
  const taken = new Set<string>()
  const from = new Date(Date.parse(window.from) - span).toISOString()
  const to = new Date(Date.parse(window.to) + span).toISOString()

  function add(candidate: Candidate): void {
    taken.add(candidate.path)
    if (candidate.urlKey !== undefined) byUrl.set(candidate.urlKey, candidate.path)
    for (const word of candidate.features.distinctive) {
      const list = byWord.get(word)
      if (list) list.push(candidate)
      else byWord.set(word, [candidate])
    }
  }
  const known = new WeakMap<StoryRecord, EventFeatures>()
  function featuresOf(record: StoryRecord): EventFeatures {
    const features = known.get(record) ?? toEventFeatures(record)
    known.set(record, features)
    return features
  }
  const remember = (record: StoryRecord, path: string) =>
    add({
      path,
      publisher: record.publisher,
      publishedAt: Date.parse(record.publishedAt),
      urlKey: record.urlKey,
      features: featuresOf(record),
    })
  for (const record of stories.listPublishedBetween(from, to)) {
    if (record.path !== undefined) remember(record, record.path)
  }
  for (const article of articles.listPublishedBetween(from, to)) {
    if (taken.has(article.path)) continue
    const { path, publisher, locale, title, lead } = article
    const publishedAt = Date.parse(article.publishedAt)
    const features = toEventFeatures({ title, lead, language: locale })
    add({ path, publisher, publishedAt, urlKey: undefined, features })
  }
  return {
    find(record) {
      const sameUrl = record.urlKey === undefined ? undefined : byUrl.get(record.urlKey)
      if (sameUrl !== undefined) return sameUrl
      const features = featuresOf(record)
      const publishedAt = Date.parse(record.publishedAt)
      let best: { path: string; similarity: number } | undefined
      for (const candidate of listCandidates(features, byWord)) {
        if (Math.abs(candidate.publishedAt - publishedAt) > span) continue
        // A source returns to an event with something new; other sources repeat it.
        const isOwn = candidate.publisher === record.publisher
        const [toSimilarity, least] = isOwn
          ? ([toTextSimilarity, sameStory] as const)
          : ([toEventSimilarity, threshold] as const)
        const similarity = toSimilarity(features, candidate.features)
        if (similarity >= least && similarity > (best?.similarity ?? 0)) {
          best = { path: candidate.path, similarity }
        }
      }
      return best?.path
    },
    findEarlier(record) {
      const features = featuresOf(record)
      const publishedAt = Date.parse(record.publishedAt)
      let best: { path: string; similarity: number } | undefined
      for (const candidate of listCandidates(features, byWord)) {
        if (candidate.publisher !== record.publisher) continue
        if (Math.abs(candidate.publishedAt - publishedAt) > span) continue
        const similarity = toEventSimilarity(features, candidate.features)
        if (similarity >= threshold && similarity > (best?.similarity ?? 0)) {
          best = { path: candidate.path, similarity }
        }
      }
      return best?.path
    },
    remember,
  }
}

/** Stories of one event share words that few others have; more than this are never of one event. */
const mostCandidates = 300

/** Those that share a distinctive word, by the rarest words first. */
function listCandidates(features: EventFeatures, byWord: Map<string, Candidate[]>): Set<Candidate> {
  const lists = [...features.distinctive].flatMap((word) => {
    const list = byWord.get(word)
    return list ? [list] : []
  })
  const candidates = new Set<Candidate>()
  for (const list of lists.toSorted((a, b) => a.length - b.length)) {
    for (const candidate of list) {
      if (candidates.size >= mostCandidates) return candidates
      candidates.add(candidate)
    }
  }
  return candidates
}
