import type { Article } from '#lib/content/article.ts'
import { toTranslationPath } from '#lib/content/article-identity.ts'
import { reasonOf } from '#lib/node/describe-error.ts'
import { toRetryAt } from '#lib/node/retry.ts'
import type { Locale } from '#lib/site/locales.ts'
import type { IngestContext } from '../ingest-context.ts'
import { forEachConcurrently } from '../llm/for-each-concurrently.ts'
import type { LlmClient, LlmMessage } from '../llm/llm-client.ts'
import { LlmFailure, LlmStopped } from '../llm/llm-errors.ts'
import { type AnswerOutcome, requestWithRepairs } from '../llm/request-with-repairs.ts'
import { addProblem, type PassResults } from '../pass-results.ts'
import { type ComposedArticle, toDraftReason } from '../publish/compose-article.ts'
import { findOwner, readArticle, writeArticle } from '../publish/content-files.ts'
import type { ArticleParts } from '../rewrite/article-parts.ts'
import { toProvenance } from '../rewrite/rewrite-prompt.ts'
import { findReviewReason } from '../settings/ingest-config.ts'
import type { TranslationRecord } from '../state/translation-table.ts'
import type { IngestWorkers } from '../workers/open-workers.ts'
import { type TranslationAnswer, translationAnswerSchema } from './parse-translation.ts'
import { toTranslationMessages } from './translation-prompt.ts'

/**
 * Translates what is still to be translated. Originals are published by now. An article that cannot be
 * read, or a translation that cannot be written, is named in the report; the others go on.
 */
export async function translateArticles(
  context: IngestContext,
  results: PassResults,
): Promise<void> {
  const { llm, store } = context
  if (!llm) return
  const wanted = store.translations.listPending(context.now().toISOString())
  await forEachConcurrently(wanted, context, async (record) => {
    try {
      await translateArticle(context, llm, record, results)
    } catch (cause) {
      const reason = reasonOf(cause)
      if (cause instanceof LlmStopped) {
        addProblem(context, results, reason)
        return 'stop'
      }
      addProblem(
        context,
        results,
        `${record.path} could not be translated into ${record.locale}: ${reason}`,
      )
      retryLaterOrSkip(context, record, reason, results)
    }
    return 'continue'
  })
}

/**
 * Translates an article that is there into one more language, and holds the translation against it:
 * the same parts, the same numbers, tickers and names. It has the original's path in the folder of
 * its language. A translation that fails is tried again in later passes, and the original is published
 * all the while. Throws `LlmStopped`.
 */
async function translateArticle(
  context: IngestContext,
  llm: LlmClient,
  record: TranslationRecord,
  results: PassResults,
): Promise<void> {
  const { translations } = context.store
  const path = toTranslationPath(record.path, record.locale)
  const original = await readArticle(context, record.path)
  const parts = original && (await toParts(context, original.article))
  const isTheirs = (await findOwner(context, path)) === 'person'
  const isWanted = context.config.languages.includes(record.locale)
  if (
    !isWanted ||
    !original ||
    !parts ||
    isTheirs ||
    original.article.withdrawn ||
    original.article.draft
  ) {
    translations.finish(record, 'skipped')
    return
  }
  try {
    const translated = await translateParts(context, llm, parts, original.article, record)
    if ('why' in translated) return retryLaterOrSkip(context, record, translated.why, results)
    const { sourceKey } = context.store.stories.findByPath(record.path) ?? {}
    const reason = translated.draftReason ?? findReviewReason(context.config, sourceKey)
    const next = toTranslation(
      original.article,
      { ...translated, draftReason: reason },
      record.locale,
    )
    await writeArticle(context, path, next, original.fingerprint)
    translations.finish(record, 'done')
    results.articles.translated += 1
    context.log.info(`translation ${path}`)
  } catch (cause) {
    if (!(cause instanceof LlmFailure)) throw cause
    retryLaterOrSkip(context, record, cause.message, results)
  }
}

/** The parts of an article; undefined when it has another form. */
export async function toParts(
  { workers }: Pick<IngestContext, 'workers'>,
  { title, description, body, locale }: Article,
): Promise<ArticleParts | undefined> {
  return (await workers.answer('readParts', { title, description, body }, locale)).value
}

type Translated = TranslationAnswer & {
  madeAt: string
  draftReason: string | undefined
}

async function translateParts(
  context: IngestContext,
  llm: LlmClient,
  parts: ArticleParts,
  article: Article,
  { locale, attempts: attempt }: TranslationRecord,
): Promise<Translated | { why: string }> {
  const outcome = await requestTranslation(context.workers, llm, {
    parts,
    article,
    locale,
    attempt,
  })
  if (outcome.kind === 'unusable') return { why: outcome.faults[0] ?? 'unusable' }
  const { value, faults, madeAt } = outcome
  return { ...value, madeAt, draftReason: toDraftReason(faults, []) }
}

/**
 * Asks for the parts of an article in another language. `revise` adds to the question. Throws what
 * `LlmClient.complete` throws.
 */
export function requestTranslation(
  workers: Pick<IngestWorkers, 'answer'>,
  llm: LlmClient,
  {
    parts,
    article,
    locale,
    attempt,
    revise = (messages) => messages,
  }: {
    parts: ArticleParts
    article: Article
    locale: Locale
    attempt: number
    revise?: (messages: LlmMessage[]) => LlmMessage[]
  },
): Promise<AnswerOutcome<TranslationAnswer>> {
  const known = [article.source?.name ?? '', ...article.tags]
  const from = article.locale
  const messages = revise(toTranslationMessages(parts, from, locale))
  return requestWithRepairs(
    llm,
    { name: 'translation', kind: translationAnswerSchema, messages, attempt },
    (content) => workers.answer('parseTranslation', content, parts, { known, from, locale }),
  )
}

function toTranslation(
  article: Article,
  { parts, body, madeAt, draftReason }: Translated,
  locale: Locale,
): ComposedArticle {
  const { slug: _, wordCount: __, ...rest } = article
  return {
    ...rest,
    // Whoever has reviewed the original has not read this text.
    reviewedBy: undefined,
    reviewedAt: undefined,
    locale,
    title: parts.title,
    description: parts.description,
    body,
    draft: draftReason !== undefined,
    draftReason,
    ai: toProvenance(madeAt, article.locale),
  }
}

/** Tries again in a later pass; after as many as the settings say, no more. */
function retryLaterOrSkip(
  context: IngestContext,
  record: TranslationRecord,
  why: string,
  results: PassResults,
): void {
  const attempts = record.attempts + 1
  if (attempts < context.config.model.attempts) {
    context.store.translations.postpone(record, attempts, toRetryAt(attempts, context))
    return
  }
  context.store.translations.finish(record, 'skipped')
  addProblem(context, results, `${record.path} was not translated into ${record.locale}: ${why}`)
}
