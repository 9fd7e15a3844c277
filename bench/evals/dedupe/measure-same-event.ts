import '#lib/site/load-site.ts'
import { toEventFeatures } from '#lib/ingest/dedupe/event-features.ts'
import { toEventSimilarity } from '#lib/ingest/dedupe/event-similarity.ts'
import { englishPairs } from './english-pairs.ts'
import {
  heldOutEnglishPairs,
  heldOutPairsAcrossLanguages,
  heldOutUkrainianPairs,
} from './held-out-pairs.ts'
import type { LabelledPair } from './labelled-pair.ts'
import { pairsAcrossLanguages } from './pairs-across-languages.ts'
import { ukrainianPairs } from './ukrainian-pairs.ts'

export type SameEventFigures = {
  name: string
  pairCount: number
  precision: number
  recall: number
  /** Pairs that were judged wrong, with their similarity. */
  mistakes: string[]
}

const sets: { name: string; pairs: LabelledPair[]; languages: [string, string] }[] = [
  { name: 'English', pairs: englishPairs, languages: ['en', 'en'] },
  { name: 'Ukrainian', pairs: ukrainianPairs, languages: ['uk', 'uk'] },
  { name: 'across languages', pairs: pairsAcrossLanguages, languages: ['en', 'uk'] },
  { name: 'English, held out', pairs: heldOutEnglishPairs, languages: ['en', 'en'] },
  { name: 'Ukrainian, held out', pairs: heldOutUkrainianPairs, languages: ['uk', 'uk'] },
  { name: 'across, held out', pairs: heldOutPairsAcrossLanguages, languages: ['en', 'uk'] },
]

/** How well the recognition of events does on the labelled pairs, by language and in all. */
export function measureSameEvent(threshold: number): SameEventFigures[] {
  const judged = sets.map(({ name, pairs, languages: [one, other] }) => ({
    name,
    pairs: pairs.map(({ isSame, a, b }) => ({
      isSame,
      title: `${a[0]} | ${b[0]}`,
      similarity: toEventSimilarity(
        toEventFeatures({ title: a[0], lead: a[1], language: one }),
        toEventFeatures({ title: b[0], lead: b[1], language: other }),
      ),
    })),
  }))
  const all = { name: 'all', pairs: judged.flatMap(({ pairs }) => pairs) }
  return [...judged, all].map(({ name, pairs }) => {
    const found = pairs.filter(({ similarity }) => similarity >= threshold)
    const right = found.filter(({ isSame }) => isSame).length
    const same = pairs.filter(({ isSame }) => isSame).length
    return {
      name,
      pairCount: pairs.length,
      precision: found.length === 0 ? 1 : right / found.length,
      recall: same === 0 ? 1 : right / same,
      mistakes: pairs
        .filter(({ isSame, similarity }) => isSame !== similarity >= threshold)
        .map(
          ({ isSame, similarity, title }) =>
            `${isSame ? 'missed' : 'wrongly joined'} at ${similarity.toFixed(2)}: ${title}`,
        ),
    }
  })
}
