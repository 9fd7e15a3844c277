import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createSeededRandom } from '#lib/covers/art/seeded-random.ts'

const categories = 'BITCOIN ETHEREUM MARKETS TRADING REGULATION SECURITY DEFI STABLECOINS MINING'
  .concat(' BUSINESS TECHNOLOGY CULTURE')
  .split(' ')
const tags = Array.from({ length: 40 }, (_, number) => `TOPIC ${number + 1}`)
const sources = Array.from({ length: 25 }, (_, number) => `Wire ${number + 1}`)
const headings = ['Overview', 'What happened', 'Why it matters', 'Impact on the crypto market']
const syllables = 'ba ce di fo gu ha ke li mo nu pa re si to vu wa xe yi zo ny'.split(' ')
export const commonWords =
  'the a of and to in that exchange token market bitcoin price bank court rule firm'
    .concat(' trader wallet network users said will has was its for on with as by from after more')
    .split(' ')

const tenMinutes = 10 * 60 * 1000
const newestAt = Date.parse('2026-11-01T00:00:00.000Z')

export type Corpus = {
  contentDir: string
  /** Newest first. */
  slugs: string[]
  /** Paths relative to the content folder, in the order of `slugs`. */
  paths: string[]
  /** Three words that some articles hold together. */
  searchText: string
}

/**
 * Writes `count` English articles of 337 to 699 words, ten minutes apart by default, in the shape of real
 * ones. The same count always gives the same bytes.
 */
export async function writeCorpus(
  contentDir: string,
  articleCount: number,
  covers: 'photos' | 'local' = 'photos',
  millisecondsApart = tenMinutes,
): Promise<Corpus> {
  const random = createSeededRandom('bench').fraction
  const drawn = covers === 'local' ? await readdir(join('public', 'covers')) : []
  const slugs: string[] = []
  const paths: string[] = []
  const foldersMade = new Set<string>()
  for (let number = 0; number < articleCount; number += 1) {
    const publishedAt = new Date(newestAt - number * millisecondsApart).toISOString()
    const cover = drawn.length > 0 ? drawnCover(pick(drawn, random)) : photoCover(number)
    const { slug, text } = composeArticle(number, publishedAt, { random, cover })
    const folder = join('articles/en', publishedAt.slice(0, 4), publishedAt.slice(5, 7))
    if (!foldersMade.has(folder)) await mkdir(join(contentDir, folder), { recursive: true })
    foldersMade.add(folder)
    await writeFile(join(contentDir, folder, `${slug}.md`), text)
    slugs.push(slug)
    paths.push(`${folder}/${slug}.md`)
  }
  return { contentDir, slugs, paths, searchText: `exchange market ${rareWord(40)}` }
}

type Random = () => number

/** The variants of a picture that is ours. */
const drawnCover = (name: string) =>
  ['full', 'regular', 'small', 'thumb']
    .map((variant) => `  ${variant}: /covers/${name}/${variant}.webp\n`)
    .join('')

/** The variants of a photograph, as the photographers' API names them. There is no such photograph. */
function photoCover(number: number): string {
  const photo = `https://images.unsplash.com/photo-${1_500_000_000_000 + number}`
  return `  raw: '${photo}?ixlib=rb-4.1.0'
  regular: '${photo}?fm=jpg&ixlib=rb-4.1.0&q=80&w=1080'
  small: '${photo}?fm=jpg&ixlib=rb-4.1.0&q=80&w=400'
  thumb: '${photo}?fm=jpg&ixlib=rb-4.1.0&q=80&w=200'
`
}

function composeArticle(
  number: number,
  publishedAt: string,
  { random, cover }: { random: Random; cover: string },
) {
  const title = capitalise(takeWords(8, random))
  const slug = `${title.toLowerCase().replace(/\W+/g, '-')}-${number}`
  const source = pick(sources, random)
  const text = `---
title: ${title}
description: '${capitalise(takeWords(22, random))}.'
publishedAt: '${publishedAt}'
updatedAt: '${publishedAt}'
lang: en
externalId: '${40_000_000 + number}'
source:
  name: ${source}
  key: ${source.toLowerCase().replace(' ', '_')}
  type: RSS
category: ${pick(categories, random)}
tags:
${Array.from({ length: 3 }, () => `  - ${pick(tags, random)}\n`).join('')}stickyWeight: 0
sentiment: ${pick(['POSITIVE', 'NEUTRAL', 'NEGATIVE'], random)}
score: 0
draft: false
coverImage:
${cover}ai:
  rewritten: true
  expandedAt: '${publishedAt}'
  version: 1
---
${composeBody(random)}`
  return { slug, text }
}

function composeBody(random: Random): string {
  const wordCount = 337 + Math.floor(random() * 363)
  const perPart = Math.ceil(wordCount / headings.length)
  return headings
    .map((heading) => `## ${heading}\n\n${composeParagraphs(perPart, random)}\n`)
    .join('\n')
}

function composeParagraphs(wordCount: number, random: Random): string {
  const sentences: string[] = []
  for (let left = wordCount; left > 0; left -= 16) {
    sentences.push(`${capitalise(takeWords(Math.min(16, left), random))}.`)
  }
  const middle = Math.ceil(sentences.length / 2)
  return `${sentences.slice(0, middle).join(' ')}\n\n${sentences.slice(middle).join(' ')}`
}

/** About half are common words; the rest come from 8,000, the earlier ones far more often. */
function takeWords(count: number, random: Random): string {
  return Array.from({ length: count }, () =>
    random() < 0.5 ? pick(commonWords, random) : rareWord(Math.floor(random() ** 3 * 8000)),
  ).join(' ')
}

/** Of 8,000 made-up words; those of low rank are frequent. */
export function rareWord(rank: number): string {
  const digits = [rank % 20, Math.floor(rank / 20) % 20, Math.floor(rank / 400)]
  return digits.map((digit) => syllables[digit]).join('')
}

function pick(from: string[], random: Random): string {
  return from[Math.floor(random() * from.length)] ?? ''
}

const capitalise = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)
