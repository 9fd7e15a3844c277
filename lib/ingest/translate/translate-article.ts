import type { Article } from '#lib/content/article.ts'
import type { Locale } from '#lib/site/locales.ts'
import type { Desk } from '../ingest-context.ts'
import { askUntilRight } from '../llm/ask-until-right.ts'
import type { ModelDesk } from '../llm/llm-client.ts'
import { ModelFailure } from '../llm/model-errors.ts'
import { postpone } from '../llm/postpone.ts'
import type { ComposedArticle } from '../publish/compose-article.ts'
import { findOwner, keepArticle } from '../publish/keep-article.ts'
import { readArticle } from '../publish/read-article.ts'
import { toTranslationPath } from '../publish/reserve-path.ts'
import { promptVersion } from '../rewrite/rewrite-prompt.ts'
import { toDraftReason } from '../rewrite/to-draft-reason.ts'
import type { ToldParts } from '../rewrite/told-parts.ts'
import type { TranslationRecord } from '../state/translation-rows.ts'
import { addProblem, type Tally } from '../tally.ts'
import { type TranslationAnswer, translationAnswerSchema } from './read-translation-answer.ts'
import { toTranslationMessages } from './translation-prompt.ts'

/**
 * Translates an article that is there into one more language, and holds the translation against it:
 * the same parts, the same numbers, tickers and names. It has the original's path in the folder of
 * its language. A translation that fails is tried again in later passes, and the original is published
 * all the while. Throws `StopAsking`.
 */
export async function translateArticle(
  desk: Desk,
  model: ModelDesk,
  record: TranslationRecord,
  tally: Tally,
): Promise<void> {
  const { translations } = desk.ledger
  const path = toTranslationPath(record.path, record.locale)
  const original = await readArticle(desk, record.path)
  const parts = original && (await toParts(desk, original.article))
  const isTheirs = (await findOwner(desk, path)) === 'person'
  if (!original || !parts || isTheirs || original.article.withdrawn || original.article.draft) {
    translations.settle(record, 'left')
    return
  }
  try {
    const translated = await translateParts(desk, model, parts, original.article, record)
    if ('why' in translated) return postponeOrLeave(desk, record, translated.why, tally)
    const next = toTranslation(original.article, translated, record.locale)
    await keepArticle(desk, path, next, original.fingerprint)
    translations.settle(record, 'done')
    tally.articles.translated += 1
    desk.log.info(`translation ${path}`)
  } catch (cause) {
    if (!(cause instanceof ModelFailure)) throw cause
    postponeOrLeave(desk, record, cause.message, tally)
  }
}

async function toParts(desk: Desk, article: Article): Promise<ToldParts | undefined> {
  const { title, description, body, locale } = article
  return (await desk.reading.story('readParts', { title, description, body }, locale)).value
}

type Translated = TranslationAnswer & { madeAt: string; draftReason: string | undefined }

async function translateParts(
  desk: Desk,
  model: ModelDesk,
  parts: ToldParts,
  article: Article,
  { locale, attempts }: TranslationRecord,
): Promise<Translated | { why: string }> {
  const known = [article.source?.name ?? '', ...article.tags]
  const outcome = await askUntilRight(
    model,
    {
      name: 'translation',
      kind: translationAnswerSchema,
      messages: toTranslationMessages(parts, article.locale, locale),
      attempt: attempts,
    },
    (content) => desk.reading.story('readTranslationAnswer', content, parts, { known, locale }),
  )
  if (outcome.kind === 'unusable') return { why: outcome.faults[0] ?? 'unusable' }
  const { value, faults, madeAt } = outcome
  return { ...value, madeAt, draftReason: toDraftReason(faults, []) }
}

function toTranslation(
  article: Article,
  { parts, body, madeAt, draftReason }: Translated,
  locale: Locale,
): ComposedArticle {
  const { slug: _, wordCount: __, ...rest } = article
  return {
    ...rest,
    locale,
    title: parts.title,
    description: parts.description,
    body,
    draft: draftReason !== undefined,
    draftReason,
    ai: {
      rewritten: true,
      expandedAt: madeAt,
      version: promptVersion,
      translatedFrom: article.locale,
    },
  }
}

/** Tries again in a later pass; after as many as the settings say, no more. */
export function postponeOrLeave(
  desk: Desk,
  record: TranslationRecord,
  why: string,
  tally: Tally,
): void {
  const attempts = record.attempts + 1
  if (attempts < desk.config.model.attempts) {
    desk.ledger.translations.postpone(record, attempts, postpone(desk, attempts))
    return
  }
  desk.ledger.translations.settle(record, 'left')
  addProblem(desk, tally, `${record.path} was not translated into ${record.locale}: ${why}`)
}
