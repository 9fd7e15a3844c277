import '#lib/site/load-site.ts'
import { findFactFaults, findTranslationFaults } from '#lib/ingest/fact-check/find-fact-faults.ts'
import type { Story } from '#lib/ingest/story.ts'
import { type Language, listSampleTexts, listTextsOf, type ParallelText } from './parallel-texts.ts'
import { openRandom, perturbations } from './perturb.ts'

/** How well one way of making a text is checked: translating or rewriting. */
export type FactCheckFigures = {
  name: string
  isHeldOut: boolean
  paragraphCount: number
  articleCount: number
  /** Honest paragraphs of which something is complained. */
  paragraphComplaints: number
  /** Honest articles of which something is complained. */
  articleComplaints: number
  /** Of the changed texts of a kind, how many are complained of. */
  found: Map<string, { changed: number; found: number }>
  milliseconds: number
  sentenceCount: number
  /** What was wrongly complained of, and the first changes that were not found. */
  mistakes: string[]
}

type Way = { name: string; from: Language; to: Language }

const ways: Way[] = [
  { name: 'English to Ukrainian', from: 'en', to: 'uk' },
  { name: 'Ukrainian to English', from: 'uk', to: 'en' },
  { name: 'rewriting in English', from: 'en', to: 'en' },
  { name: 'rewriting in Ukrainian', from: 'uk', to: 'uk' },
]

/** At most so many changed texts of a kind and a paragraph, so that no paragraph outweighs others. */
const maxChanges = 3

/**
 * Complaints of honest texts, and which changes are found, for the sample edition and, with `corpus`,
 * the texts of a folder. Each paragraph is checked against its counterpart and each article as a whole;
 * a change counts as found where the article has a complaint that it does not have without the change.
 */
export function measureFactCheck({ corpus, only = '' }: { corpus?: string; only?: string } = {}): FactCheckFigures[] {
  const texts = [...listSampleTexts(), ...(corpus ? listTextsOf(corpus) : [])]
  return [false, true].filter((held) => held === only.includes('held')).flatMap((isHeldOut) =>
    ways.filter(({ from, to }) => !/(en|uk)-(en|uk)/.test(only) || only.includes(`${from}-${to}`)).map((way) =>
      measureWay(
        way,
        texts.filter((text) => text.isHeldOut === isHeldOut),
        isHeldOut,
      ),
    ),
  )
}

function measureWay(way: Way, texts: ParallelText[], isHeldOut: boolean): FactCheckFigures {
  const random = openRandom(7)
  const figures: FactCheckFigures = {
    name: way.name,
    isHeldOut,
    paragraphCount: 0,
    articleCount: texts.length,
    paragraphComplaints: 0,
    articleComplaints: 0,
    found: new Map(perturbations.map(({ kind }) => [kind, { changed: 0, found: 0 }])),
    milliseconds: 0,
    sentenceCount: 0,
    mistakes: [],
  }
  for (const text of texts) {
    const [source, result] = [text[way.from], text[way.to]]
    // What a rewriting keeps is the text itself: every second paragraph of it.
    const isRewriting = way.from === way.to
    const written = isRewriting ? result.filter((_, number) => number % 2 === 0) : result
    const before = performance.now()
    const whole = check(way, source, written)
    figures.milliseconds += performance.now() - before
    figures.sentenceCount += written.reduce((sum, one) => sum + countSentences(one), 0)
    if (whole.length > 0) figures.articleComplaints += 1
    written.forEach((paragraph, number) => {
      const counterpart = isRewriting ? source : [source[number] ?? '']
      const honest = check(way, counterpart, [paragraph])
      figures.paragraphCount += 1
      if (honest.length > 0) {
        figures.paragraphComplaints += 1
        figures.mistakes.push(`${text.name}: ${honest.join(' | ')}\n    < ${counterpart.length === 1 ? counterpart[0] : '…'}\n    > ${paragraph}`)
      }
      for (const { kind, change } of perturbations) {
        for (const changed of change(paragraph, way.to, random).slice(0, maxChanges)) {
          const faults = check(way, counterpart, [changed])
          const isFound = faults.some((fault) => !honest.includes(fault))
          const count = figures.found.get(kind)
          if (count) {
            count.changed += 1
            if (isFound) count.found += 1
          }
          if (!isFound) figures.mistakes.push(`${kind} not found: ${changed}\n    < ${counterpart.length === 1 ? counterpart[0] : '…'}`)
        }
      }
    })
  }
  return figures
}

function check(way: Way, source: string[], written: string[]): string[] {
  if (way.from !== way.to) return findTranslationFaults(written, source.join('\n'))
  return findFactFaults(written, toStory(source, way.from))
}

function toStory(source: string[], language: Language): Story {
  const [title = '', ...text] = source
  return {
    source: { name: 'Wire', key: 'wire', type: 'RSS' },
    id: 'x',
    url: 'https://wire.example/x',
    title,
    text: text.join('\n'),
    html: '',
    authors: [],
    publishedAt: '2026-11-20T12:00:00.000Z',
    updatedAt: undefined,
    categories: [],
    sentiment: undefined,
    score: 0,
    language,
    section: 'MARKETS',
    isSponsored: false,
    isWithdrawn: false,
  } as Story
}

function countSentences(text: string): number {
  return text.split(/(?<=[.!?…]["”»)]?)\s+(?=\p{Lu})/u).length
}
