import type { IngestConfig } from '../settings/ingest-config.ts'
import type { Ledger } from '../state/ledger.ts'
import type { StoryRecord } from '../state/story-record.ts'
import { toLikeness } from './event-likeness.ts'
import { type EventTraits, toEventTraits } from './event-traits.ts'

/** Finds what has been told of an event; `remember` adds what is about to be told. */
export type EventFinder = {
  /** The path of the article that tells of the same event, undefined when there is none. */
  find(record: StoryRecord): string | undefined
  remember(record: StoryRecord, path: string): void
}

type Candidate = {
  path: string
  publisher: string | undefined
  publishedAt: number
  urlKey: string | undefined
  traits: EventTraits
}

/** From which likeness on a source has sent the same story under another id and address. */
const sameStory = 0.9

/**
 * Compares with stories and articles that were published around the same time. Only those that
 * share a telling word are looked at, a few hundred at most, so that the number of others costs
 * nothing.
 */
export function openEventFinder(
  { stories, articles }: Pick<Ledger, 'stories' | 'articles'>,
  { threshold, withinHours }: IngestConfig['sameEvent'],
  window: { from: string; to: string },
): EventFinder {
  const span = withinHours * 3600_000
  const byWord = new Map<string, Candidate[]>()
  const byUrl = new Map<string, string>()
  const taken = new Set<string>()
  const from = new Date(Date.parse(window.from) - span).toISOString()
  const to = new Date(Date.parse(window.to) + span).toISOString()

  function add(candidate: Candidate): void {
    taken.add(candidate.path)
    if (candidate.urlKey !== undefined) byUrl.set(candidate.urlKey, candidate.path)
    for (const word of candidate.traits.telling) {
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
      traits: toEventTraits(record),
    })
  for (const record of stories.listNear(from, to)) {
    if (record.path !== undefined) remember(record, record.path)
  }
  for (const article of articles.listNear(from, to)) {
    if (taken.has(article.path)) continue
    const { path, publisher, locale, title, gist } = article
    const publishedAt = Date.parse(article.publishedAt)
    const traits = toEventTraits({ title, gist, language: locale })
    add({ path, publisher, publishedAt, urlKey: undefined, traits })
  }
  return {
    find(record) {
      const sameUrl = record.urlKey === undefined ? undefined : byUrl.get(record.urlKey)
      if (sameUrl !== undefined) return sameUrl
      const traits = toEventTraits(record)
      const publishedAt = Date.parse(record.publishedAt)
      let best: { path: string; likeness: number } | undefined
      for (const candidate of listCandidates(traits, byWord)) {
        if (Math.abs(candidate.publishedAt - publishedAt) > span) continue
        const likeness = toLikeness(traits, candidate.traits)
        // A source comes back to an event with something new; others tell what it told.
        const isOwn = candidate.publisher === record.publisher
        if (likeness >= (isOwn ? sameStory : threshold) && likeness > (best?.likeness ?? 0)) {
          best = { path: candidate.path, likeness }
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
function listCandidates(traits: EventTraits, byWord: Map<string, Candidate[]>): Set<Candidate> {
  const lists = [...traits.telling].flatMap((word) => {
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
