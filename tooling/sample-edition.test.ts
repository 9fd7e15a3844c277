import '#lib/site/load-site.ts'
import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import type { Article } from '#lib/content/article.ts'
import { parseArticle } from '#lib/content/parse-article.ts'
import { listArticleFiles } from '#lib/content/read-content-folder.ts'

const articles = await readSampleEdition()

it('reads every article of the sample edition', () => {
  expect(articles.filter(isFromAnInventedWire).length).toBeGreaterThanOrEqual(25)
  expect(articles.length).toBeGreaterThan(90)
})

it('names no news agency as the source of a text that it did not write', () => {
  const agency = /reuters|bloomberg|coindesk|cointelegraph|decrypt|the block|associated press|afp/i
  const sources = articles.flatMap(({ source, alsoReportedBy }) => [source, ...alsoReportedBy])
  expect(sources.filter((source) => agency.test(source?.name ?? ''))).toEqual([])
})

it('calls invented stories invented, in the source and in the last line', () => {
  for (const { path, locale, body, source, alsoReportedBy } of invented()) {
    for (const { name } of [source, ...alsoReportedBy].filter((source) => source !== undefined))
      expect(name, path).toMatch(/^Sample |\((sample|зразок)\)$/)
    expect(body.trim().split('\n').at(-1), path).toMatch(disclaimers[locale] ?? /^$/)
  }
})

it('labels as an explainer whatever is not from an invented wire', () => {
  const labelled = articles.filter((article) => article.kind === 'explainer')
  expect(labelled).toEqual(articles.filter((article) => !isFromAnInventedWire(article)))
})

it('keeps headlines under 14 words', () => {
  const titles = articles.map(({ title }) => title)
  expect(titles.filter((title) => title.split(/\s+/).length >= 14)).toEqual([])
})

it.each([
  ['en', 'percent in prose, never % or per cent', /\d\s?%|per cent\b/],
  ['en', 'sums as $1.5 million', /\d (million|billion) dollars/],
  [
    'en',
    'dates as 30 November 2026',
    /(January|March|November|December) \d{1,2}(st|nd|rd|th)?, \d{4}/,
  ],
  ['en', 'thousands with a comma', /(?<![\d.])\d{5,6}(?![\d.])/],
  ['en', 'British spelling', /\b\w+(ralized|orized|kenized|avior|avored?)\b|\bdefense\b/],
  ['uk', 'a space before %', /\d%/],
  ['uk', 'quotation marks «…»', /"/],
  ['uk', 'the typographic apostrophe', /[а-яіїєґ]'[а-яіїєґ]/i],
  [
    'uk',
    'thousands with a space from 10 000 on, not before',
    /(?<![\d,] ?)\b\d [0-9]{3}\b(?! ?\d)/,
  ],
])('writes in %s: %s', (locale, _rule, broken) => {
  const found = articles
    .filter((article) => article.locale === locale)
    .flatMap(({ path, title, description, body }) =>
      [title, description, ...proseLines(body)]
        .filter((line) => broken.test(line))
        .map((line) => `${path}: ${broken.exec(line)?.[0]} in ${line.slice(0, 80)}`),
    )
  expect(found).toEqual([])
})

const disclaimers: Record<string, RegExp> = {
  en: /^\*This (story|column) is part of a demonstration\. .*invented/,
  uk: /^\*(Цей текст|Ця колонка) — частина демонстрації\. .*вигадано/,
}

function isFromAnInventedWire({ source }: Article) {
  return source?.key === 'sample_wire'
}

function invented() {
  return articles.filter(isFromAnInventedWire)
}

/** Lines without code, tables, quotations and addresses: those keep the form of what they show. */
function proseLines(body: string): string[] {
  return body
    .replace(/^```[\s\S]*?^```$/gm, '')
    .replace(/`[^`]*`|\]\([^)]*\)|https?:\S+/g, '')
    .split('\n')
    .filter((line) => !/^\s*(\||>)/.test(line))
}

async function readSampleEdition(): Promise<(Article & { path: string })[]> {
  const read: (Article & { path: string })[] = []
  for await (const { path, absolutePath } of listArticleFiles('content'))
    read.push({ ...parseArticle({ path, bytes: await readFile(absolutePath) }).article, path })
  return read
}
