import type { IngestConfig } from '../settings/ingest-config.ts'
import type { IngestStore } from '../state/ingest-store.ts'
import type { StoryRecord } from '../state/story-record.ts'
import { type EventFeatures, toEventFeatures } from './event-features.ts'
import { toEventSimilarity } from './event-similarity.ts'

/** Finds what has been told of an event; `remember` adds what is about to be told. */
export type DuplicateFinder = {
  /** The path of the article that tells of the same event, undefined when there is none. */
  find(record: StoryRecord): string | undefined
  remember(record: StoryRecord, path: string): void
}

type Candidate = {
  path: string
  publisher: string | undefined
  publishedAt: number
  urlKey: string | undefined
  features: EventFeatures
}

/** From which similarity on a source has sent the same story under another id and address. */
const sameStory = 0.9

/**
 * Compares with stories and articles that were published around the same time. Only those that
 * share a telling word are looked at, a few hundred at most, so that the number of others costs
 * nothing.
 */
export function openDuplicateFinder(
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
    for (const word of candidate.features.telling) {
      const list = byWord.get(word)
      if (list) list.push(candidate)
      else byWord.set(word, [candidate])
    }
  }
  const remember = (record: StoryRecord, path: string) =>
    add({
      path,
      publisher: record.publisher,
      publishedAt: Date.parse(record.publishedAt),
      urlKey: record.urlKey,
      features: toEventFeatures(record),
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
      const features = toEventFeatures(record)
      const publishedAt = Date.parse(record.publishedAt)
      let best: { path: string; similarity: number } | undefined
      for (const candidate of listCandidates(features, byWord)) {
        if (Math.abs(candidate.publishedAt - publishedAt) > span) continue
        const similarity = toEventSimilarity(features, candidate.features)
        // A source comes back to an event with something new; others tell what it told.
        const isOwn = candidate.publisher === record.publisher
        if (similarity >= (isOwn ? sameStory : threshold) && similarity > (best?.similarity ?? 0)) {
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

/** Those that share a telling word, by the rarest words first. */
function listCandidates(features: EventFeatures, byWord: Map<string, Candidate[]>): Set<Candidate> {
  const lists = [...features.telling].flatMap((word) => {
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
