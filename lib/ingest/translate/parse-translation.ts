import { z } from 'zod'
import type { Article } from '#lib/content/article.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'
import { findTranslationFaults } from '../fact-check/find-fact-faults.ts'
import { type ParsedAnswer, parseAnswer, removeLinks } from '../llm/parse-answer.ts'
import {
  type ArticleParts,
  articlePartsSchema,
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

/** Reads a model's translation and holds it against the article. `known` are names outside its parts. */
export function parseTranslation(
  content: string,
  original: ArticleParts,
  { known, locale }: { known: string[]; locale: Locale },
): ParsedAnswer<TranslationAnswer> {
  const parsed = parseAnswer(content, translationAnswerSchema)
  if ('faults' in parsed) return { unreadable: parsed.faults }
  const said = [...listTexts(original), ...known].join('\n')
  const parts = mapTexts(parsed.value, (part) => removeLinks(part, said))
  return {
    value: { parts, body: toBody(parts, locale) },
    faults: [
      ...findStructureFaults(parsed.value, original, locale),
      ...findTranslationFaults(listTexts(parts), said),
    ],
  }
}

/** What keeps a translation from being the same article in another language, in sentences. */
export function findStructureFaults(
  translated: ArticleParts,
  original: ArticleParts,
  locale: Locale,
): string[] {
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
  const text = [translated.overview, translated.whatHappened, translated.whyItMatters].join(' ')
  if (!isIn(text, locale)) faults.push(`The text is not in the language asked for (${locale}).`)
  const missing = listTickers(original).filter(
    (ticker) => !listTickers(translated).includes(ticker),
  )
  if (missing.length > 0) faults.push(`These tickers are missing: ${missing.join(', ')}.`)
  return faults
}

function countParagraphs(part: string): number {
  return part.trim().split(/\n\s*\n/).length
}

/** Judged by script and, where others share it, by letters that only one of them has. */
function isIn(text: string, locale: Locale): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  const { script = 'Latn' } = new Intl.Locale(locale).maximize()
  const inScript = text.match(lettersOf(script))?.length ?? 0
  // Names and tickers stay in Latin letters.
  if (inScript < letters * (script === 'Latn' ? 0.8 : 0.5)) return false
  const { ownLetters, foreignLetters } = messagesFor(locale).retelling
  const has = (some: string) => [...some].some((letter) => text.toLowerCase().includes(letter))
  return !has(foreignLetters) || has(ownLetters)
}

/** Some codes of scripts stand for several in one text: Chinese, Japanese, Korean. */
function lettersOf(script: string): RegExp {
  try {
    return new RegExp(`\\p{Script=${script}}`, 'gu')
  } catch {
    return /[\p{Script=Han}\p{Script=Hira}\p{Script=Kana}\p{Script=Hang}]/gu
  }
}

/** Symbols with a dollar sign, and capitals that are well known as tickers. */
function listTickers(parts: ArticleParts): string[] {
  const text = [parts.title, parts.overview, parts.whatHappened].join(' ')
  const found = text.match(
    /\$[A-Z][A-Z0-9]{1,9}\b|\b(?:BTC|ETH|SOL|XRP|USDT|USDC|BNB|ADA|DOGE|TON|TRX|AVAX|DOT|LTC|LINK|MATIC|DAI)\b/g,
  )
  return [...new Set(found?.map((ticker) => ticker.replace('$', '')) ?? [])]
}
