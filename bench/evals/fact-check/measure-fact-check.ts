import '#lib/site/load-site.ts'
import { findFactFaults, findTranslationFaults } from '#lib/ingest/fact-check/find-fact-faults.ts'
import type { Story } from '#lib/ingest/story.ts'
import { type Language, listSampleTexts, listTextsOf, type ParallelText } from './parallel-texts.ts'
import { openRandom, perturbations } from './perturb.ts'
import { writtenCases } from './written-cases.ts'

/** How well one way of making a text is checked: translating or rewriting. */
export type FactCheckFigures = {
  name: string
  isHeldOut: boolean
  /** Honest paragraphs, and of how many of them something is complained. */
  paragraphs: Share
  /** Honest articles, checked as a whole, and how many of them are held. */
  articles: Share
  /** Articles with one changed paragraph, by the kind of the change, and how many of them are held. */
  held: Map<string, Share>
  /** Changed texts by the kind of the change, and how many of them are complained of. */
  found: Map<string, Share>
  /** Of the check of whole articles, once the dictionaries are read. */
  millisecondsPerSentence: number
  /** What was wrongly complained of, and the changes that were not found. */
  mistakes: string[]
}

/** How many of all. */
export type Share = { count: number; all: number }

type Way = { name: string; from: Language; to: Language }

const ways: Way[] = [
  { name: 'English to Ukrainian', from: 'en', to: 'uk' },
  { name: 'Ukrainian to English', from: 'uk', to: 'en' },
  { name: 'rewriting in English', from: 'en', to: 'en' },
  { name: 'rewriting in Ukrainian', from: 'uk', to: 'uk' },
]

/**
 * Complaints of honest texts, and which changes are found, for the sample edition or, with `corpus`, for
 * the texts of that folder: the half that may be looked at and the half that is held out. Each paragraph
 * is checked against its counterpart, each article as a whole. A change is found where there is a
 * complaint that the honest text does not have.
 */
export function measureFactCheck({
  corpus,
  maxChanges = { translating: 3, rewriting: 3 },
}: {
  corpus?: string
  /** Of a kind in a paragraph: few, so that no paragraph outweighs others. */
  maxChanges?: { translating: number; rewriting: number }
} = {}): FactCheckFigures[] {
  const texts = corpus === undefined ? listSampleTexts() : listTextsOf(corpus)
  return [false, true].flatMap((isHeldOut) => {
    const half = texts.filter((text) => text.isHeldOut === isHeldOut)
    return ways.map((way) => {
      const most = way.from === way.to ? maxChanges.rewriting : maxChanges.translating
      return measureWay(way, half, { isHeldOut, maxChanges: most })
    })
  })
}

function measureWay(
  way: Way,
  texts: ParallelText[],
  { isHeldOut, maxChanges }: { isHeldOut: boolean; maxChanges: number },
): FactCheckFigures {
  const [random, randomInArticles] = [openRandom(7), openRandom(11)]
  const figures: FactCheckFigures = {
    name: way.name,
    isHeldOut,
    paragraphs: { count: 0, all: 0 },
    articles: { count: 0, all: 0 },
    held: new Map(perturbations.map(({ kind }) => [kind, { count: 0, all: 0 }])),
    found: new Map(perturbations.map(({ kind }) => [kind, { count: 0, all: 0 }])),
    millisecondsPerSentence: 0,
    mistakes: [],
  }
  let sentences = 0
  let milliseconds = 0
  // Reads the dictionaries.
  if (texts[0]) check(way, texts[0][way.from], texts[0][way.to])
  for (const text of texts) {
    const source = text[way.from]
    // An honest rewriting for certain: every second paragraph as it is.
    const isRewriting = way.from === way.to
    const written = isRewriting ? source.filter((_, place) => place % 2 === 0) : text[way.to]
    const before = process.threadCpuUsage()
    const complaints = check(way, source, written)
    const { user, system } = process.threadCpuUsage(before)
    milliseconds += (user + system) / 1000
    sentences += written.reduce((sum, one) => sum + countSentences(one), 0)
    add(figures.articles, complaints.length > 0)
    if (!isRewriting) {
      measureArticle(way, { source, written }, complaints, randomInArticles, figures)
    }
    for (const [place, paragraph] of written.entries()) {
      const counterpart = isRewriting ? source : [source[place] ?? '']
      measureParagraph(
        way,
        { name: text.name, counterpart, paragraph, maxChanges },
        random,
        figures,
      )
    }
  }
  return { ...figures, millisecondsPerSentence: milliseconds / sentences }
}

function measureArticle(
  way: Way,
  { source, written }: { source: string[]; written: string[] },
  honest: string[],
  random: () => number,
  figures: FactCheckFigures,
): void {
  for (const { kind, change } of perturbations) {
    const changes = written.flatMap((paragraph, place) =>
      change(paragraph, way.to, random)
        .slice(0, 1)
        .map((changed) => ({ place, changed })),
    )
    const one = changes[Math.floor(random() * changes.length)]
    if (!one) continue
    const faults = check(way, source, written.with(one.place, one.changed))
    add(
      figures.held.get(kind),
      faults.some((fault) => !honest.includes(fault)),
    )
  }
}

function measureParagraph(
  way: Way,
  {
    name,
    counterpart,
    paragraph,
    maxChanges,
  }: { name: string; counterpart: string[]; paragraph: string; maxChanges: number },
  random: () => number,
  figures: FactCheckFigures,
): void {
  const honest = check(way, counterpart, [paragraph])
  add(figures.paragraphs, honest.length > 0)
  if (honest.length > 0) figures.mistakes.push(`${name}: ${honest.join(' ')}`)
  for (const { kind, change } of perturbations) {
    for (const changed of change(paragraph, way.to, random).slice(0, maxChanges)) {
      const faults = check(way, counterpart, [changed])
      const isFound = faults.some((fault) => !honest.includes(fault))
      add(figures.found.get(kind), isFound)
      if (!isFound) figures.mistakes.push(`${name}: ${kind} not found: ${changed}`)
    }
  }
}

function add(share: Share | undefined, isCounted: boolean): void {
  if (!share) return
  share.all += 1
  if (isCounted) share.count += 1
}

/** The same for the cases that are made up: honest texts that are stopped, invented facts that pass. */
export function measureWrittenCases(): { stopped: Share; found: Share; mistakes: string[] } {
  const figures = { stopped: { count: 0, all: 0 }, found: { count: 0, all: 0 } }
  const mistakes: string[] = []
  for (const language of ['en', 'uk'] as const) {
    for (const { story, text, invented } of writtenCases[language]) {
      const faults = findFactFaults(text.split('\n'), toStory([story], language))
      if (invented.length === 0) add(figures.stopped, faults.length > 0)
      if (invented.length === 0 && faults.length > 0) mistakes.push(`stopped: ${faults.join(' ')}`)
      for (const fact of invented) {
        const isFound = faults.some((fault) => toPlain(fault).includes(toPlain(fact)))
        add(figures.found, isFound)
        if (!isFound) mistakes.push(`not found: ${fact} in ${text}`)
      }
    }
  }
  return { ...figures, mistakes }
}

function toPlain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}%$€.]+/gu, ' ')
    .trim()
}

function check(way: Way, source: string[], written: string[]): string[] {
  if (way.from === way.to) return findFactFaults(written, toStory(source, way.from))
  return findTranslationFaults(written, source.join('\n'), { from: way.from, to: way.to })
}

function toStory([title = '', ...text]: string[], language: Language): Story {
  return {
    source: { name: 'Wire', key: 'wire', type: 'RSS' },
    id: 'x',
    url: 'https://wire.example/x',
    title,
    text: text.join('\n'),
    authors: [],
    publishedAt: '2026-11-20T12:00:00.000Z',
    categories: [],
    sentiment: undefined,
    score: 0,
    language,
    section: 'MARKETS',
    isSponsored: false,
  }
}

function countSentences(text: string): number {
  return text.split(/[.!?…]["”»)]?\s+(?=\p{Lu})/u).length
}
