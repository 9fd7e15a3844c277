import { z } from 'zod'
import type { Article } from '#lib/content/article.ts'
import type { Locale } from '#lib/site/locales.ts'
import { findTranslationFaults } from '../fact-check/find-fact-faults.ts'
import { parseAnswer } from '../llm/parse-answer.ts'
import {
  type ArticleParts,
  articlePartsSchema,
  listTexts,
  mapTexts,
  parseBody,
  toBody,
} from '../rewrite/article-parts.ts'
import type { ParsedAnswer } from '../rewrite/parse-rewrite.ts'
import { removeLinks } from '../rewrite/remove-links.ts'
import { findStructureFaults } from './structure-faults.ts'

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
