import '#lib/site/load-site.ts'
import { readFileSync } from 'node:fs'
import { toEventFeatures } from '#lib/ingest/dedupe/event-features.ts'
import { toEventSimilarity } from '#lib/ingest/dedupe/event-similarity.ts'

export type SameEventFigures = {
  name: string
  pairCount: number
  /** Pairs of different events. */
  differentCount: number
  precision: number
  recall: number
  /** Pairs that were judged wrong, with their similarity. */
  mistakes: string[]
}

type LabelledStory = { language: string; title: string; lead: string; isOther: boolean }

/** Two stories, whether they are about the same event, and the place of it in its file. */
type LabelledPair = { isSame: boolean; event: number; a: LabelledStory; b: LabelledStory }

/**
 * Every pair of stories about one event, and of each of them with each that reads alike. Throws with
 * file and line where a line is none of an event.
 */
export function readPairs(file: string): LabelledPair[] {
  const events: LabelledStory[][] = []
  const text = readFileSync(new URL(file, import.meta.url), 'utf8')
  for (const [at, line] of text.split('\n').entries()) {
    if (line === '' || line.startsWith('#')) continue
    if (line.startsWith('= ')) {
      events.push([])
      continue
    }
    const [, minus, letter, title, lead] = /^(-?)([EU]) (.+?) \| (.+)$/.exec(line) ?? []
    const event = events.at(-1)
    if (!event || title === undefined || lead === undefined) {
      throw new Error(`${file}:${at + 1}: found "${line}"; expected "E headline | sentences".`)
    }
    event.push({ language: letter === 'U' ? 'uk' : 'en', title, lead, isOther: minus === '-' })
  }
  return events.flatMap((event, at) =>
    event.flatMap((a, i) =>
      event
        .slice(i + 1)
        .filter((b) => !(a.isOther && b.isOther))
        .map((b) => ({ isSame: !a.isOther && !b.isOther, event: at, a, b })),
    ),
  )
}

const kinds: [name: string, isOfKind: (pair: LabelledPair) => boolean][] = [
  ['all', () => true],
  ['English', ({ a, b }) => a.language === 'en' && b.language === 'en'],
  ['Ukrainian', ({ a, b }) => a.language === 'uk' && b.language === 'uk'],
  ['across languages', ({ a, b }) => a.language !== b.language],
]

/** How well the recognition of events does on the labelled pairs of each set, in all and by language. */
export function measureSameEvent(threshold: number): SameEventFigures[] {
  return [
    ['tuned on', './events.txt'] as const,
    ['held out', './held-out-events.txt'] as const,
    ['second, tuned on', './second-events.txt'] as const,
    ['second, held out', './second-held-out-events.txt'] as const,
    ['third, tuned on', './third-events.txt'] as const,
    ['third, held out', './third-held-out-events.txt'] as const,
  ].flatMap(([set, file]) => {
    const judged = readPairs(file).map((pair) => ({
      ...pair,
      similarity: toEventSimilarity(toEventFeatures(pair.a), toEventFeatures(pair.b)),
    }))
    return kinds.map(([kind, isOfKind]) => {
      const pairs = judged.filter(isOfKind)
      const found = pairs.filter(({ similarity }) => similarity >= threshold)
      const right = found.filter(({ isSame }) => isSame).length
      const same = pairs.filter(({ isSame }) => isSame).length
      return {
        name: `${set}, ${kind}`,
        pairCount: pairs.length,
        differentCount: pairs.length - same,
        precision: found.length === 0 ? 1 : right / found.length,
        recall: same === 0 ? 1 : right / same,
        mistakes: pairs
          .filter(({ isSame, similarity }) => isSame !== similarity >= threshold)
          .map(
            ({ isSame, similarity, a, b }) =>
              `${isSame ? 'missed' : 'wrongly joined'} at ${similarity.toFixed(2)}: ${a.title} | ${b.title}`,
          ),
      }
    })
  })
}
