import { z } from 'zod'
import type { Article } from '#lib/content/article.ts'
import type { Locale } from '#lib/site/locales.ts'
import { findAnswerFaults } from '../fact-check/find-answer-faults.ts'
import { findTranslationFaults } from '../fact-check/find-fact-faults.ts'
import { type ParsedAnswer, parseAnswer, removeLinks } from '../llm/parse-answer.ts'
import {
  type ArticleParts,
  articlePartsSchema,
  listFields,
  listTexts,
  mapTexts,
  parseBody,
  toBody,
} from '../rewrite/article-parts.ts'

/** What a model is asked for: the parts of the article in the other language. */
export const translationAnswerSchema = z.object(articlePartsSchema.shape)

export type TranslationAnswer = { parts: ArticleParts; body: string }

/** The parts of an article that is to be translated; undefined when it has another form. */
export function readParts(
  article: Pick<Article, 'title' | 'description' | 'body'>,
  locale: Locale,
): ArticleParts | undefined {
  return parseBody(article, locale)
}

/**
 * Reads a model's translation and holds it against the article, which is in the language `from`. `known`
 * are names outside its parts.
 */
export function parseTranslation(
  content: string,
  original: ArticleParts,
  { known, from, locale }: { known: string[]; from?: Locale; locale: Locale },
): ParsedAnswer<TranslationAnswer> {
  const parsed = parseAnswer(content, translationAnswerSchema)
  if ('faults' in parsed) return { unreadable: parsed.faults }
  const source = listTexts(original).join('\n')
  const said = [source, ...known].join('\n')
  const parts = mapTexts(parsed.value, (part) => removeLinks(part, said))
  return {
    value: { parts, body: toBody(parts, locale) },
    faults: [
      ...findStructureFaults(parsed.value, original),
      ...findAnswerFaults(listFields(parts), said, locale),
      ...findTranslationFaults(listTexts(parts), source, {
        ...(from === undefined ? {} : { from }),
        to: locale,
        names: known,
      }),
    ],
  }
}

/** What keeps a translation from being the same article in another language, in sentences. */
export function findStructureFaults(translated: ArticleParts, original: ArticleParts): string[] {
  const faults: string[] = []
  if (translated.impact.length !== original.impact.length) {
    faults.push(
      `impact has ${translated.impact.length} points, and the original has ${original.impact.length}.`,
    )
  }
  for (const part of ['overview', 'whatHappened', 'whyItMatters'] as const) {
    const count = countParagraphs(translated[part])
    const expected = countParagraphs(original[part])
    if (count !== expected) faults.push(`${part} has ${count} paragraphs instead of ${expected}.`)
    const ratio = translated[part].length / original[part].length
    if (original[part].length > 80 && (ratio < 0.45 || ratio > 2.2)) {
      faults.push(`${part} is ${ratio < 1 ? 'much shorter' : 'much longer'} than the original.`)
    }
  }
  const missing = listTickers(original).filter(
    (ticker) => !listTickers(translated).includes(ticker),
  )
  if (missing.length > 0) faults.push(`These tickers are missing: ${missing.join(', ')}.`)
  return faults
}

function countParagraphs(part: string): number {
  return part.trim().split(/\n\s*\n/).length
}

/** Symbols with a dollar sign, and capitals that are well known as tickers. */
function listTickers(parts: ArticleParts): string[] {
  const text = [parts.title, parts.overview, parts.whatHappened].join(' ')
  const found = text.match(
    /\$[A-Z][A-Z0-9]{1,9}\b|\b(?:BTC|ETH|SOL|XRP|USDT|USDC|BNB|ADA|DOGE|TON|TRX|AVAX|DOT|LTC|LINK|MATIC|DAI)\b/g,
  )
  return [...new Set(found?.map((ticker) => ticker.replace('$', '')) ?? [])]
}
