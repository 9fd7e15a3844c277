import { join } from 'node:path'
import type { AiProvenance, Article } from '#lib/content/article.ts'
import { toTranslationPath } from '#lib/content/article-identity.ts'
import { openLog } from '#lib/node/log.ts'
import { siteEnv } from '#lib/site/env.ts'
import { isLocale } from '#lib/site/locales.ts'
import { paperDir } from '#lib/site/read-environment.ts'
import type { IngestContextOptions } from './ingest-context.ts'
import { type LlmClient, type LlmMessage, openLlmClient } from './llm/llm-client.ts'
import { LlmFailure, LlmStopped } from './llm/llm-errors.ts'
import { toDraftReason } from './publish/compose-article.ts'
import { readArticle } from './publish/content-files.ts'
import { toProvenance } from './rewrite/rewrite-prompt.ts'
import { requestRewrite } from './rewrite/rewrite-story.ts'
import { readIngestConfig } from './settings/ingest-config.ts'
import { ingestEnv } from './settings/ingest-env.ts'
import { openIngestStore } from './state/ingest-store.ts'
import { openSpendingRecord } from './state/spending-record.ts'
import type { StoryRecord } from './state/story-table.ts'
import type { Story } from './story.ts'
import { requestTranslation, toParts } from './translate/translate-articles.ts'
import { type IngestWorkers, openIngestWorkers } from './workers/open-workers.ts'

/** What a model is asked to write again. */
export type EditorRewriteRequest = {
  path: string
  /** The file as the editor sees it. */
  bytes: Uint8Array
  /** What the editor wants to be changed: an instruction, which the text of a source never is. */
  note: string
}

/** The text that the model has written. `doubts` is what the check says of it, in one line. */
export type EditorRewrite = Pick<Article, 'title' | 'description' | 'body'> & {
  ai: AiProvenance
  doubts: string | undefined
}

export type EditorRewriteOptions = Pick<
  IngestContextOptions,
  'config' | 'env' | 'contentDir' | 'dataDir' | 'now' | 'log'
> & {
  /** Threads that read untrusted text; opened and closed for this question when left out. */
  workers?: IngestWorkers
}

/**
 * Has the model write an article again as an editor asks: from its story or, for a translation, from the
 * original. The answer goes through the same check as any other, and what it costs counts against the
 * same limits. Writes no article, and may run beside `ingest --watch`. Throws an `Error` that says why
 * there is no text: no model, nothing to write from, the budget, the endpoint, an unusable answer.
 */
export async function rewriteForEditor(
  { workers: given, ...options }: EditorRewriteOptions,
  { path, bytes, note }: EditorRewriteRequest,
): Promise<EditorRewrite> {
  const { env, config, contentDir, dataDir, now, log } = options
  if (!env.model) throw new Error('No model is configured: set LLM_BASE_URL and LLM_MODEL.')
  const store = openIngestStore(dataDir, { now: now(), log, isDryRun: false })
  const spending = openSpendingRecord(contentDir, { now: now(), isDryRun: false })
  const workers = given ?? openIngestWorkers()
  try {
    const llm = openLlmClient(env.model, config, { responses: store.responses, spending, now })
    const { value: existing } = await workers.story('parseExistingArticle', path, bytes)
    if (!existing) throw new Error(`${path} cannot be read as an article.`)
    const { article } = existing
    const earlier = (await toParts({ workers }, article)) ?? {
      title: article.title,
      description: article.description,
      text: article.body.slice(0, mostEarlier).toWellFormed(),
    }
    const revise = (messages: LlmMessage[]) => addNote(messages, JSON.stringify(earlier), note)
    // Never the same, so that no stored response answers: who asks again wants another text.
    const asked = { revise, attempt: now().getTime() }
    const from = article.ai?.translatedFrom
    if (from !== undefined && isLocale(from)) {
      const original = await readArticle({ contentDir, workers }, toTranslationPath(path, from))
      return await translateAgain({ workers, llm }, original?.article, article, asked)
    }
    const story = toStory(store.stories.findByPath(path), article)
    const { sections } = config
    const { outcome, planted } = await requestRewrite(workers, llm, story, { sections, ...asked })
    if (outcome.kind === 'unusable') throw unusable(outcome.faults)
    const { value, faults, madeAt } = outcome
    const { title, description } = value.parts
    const doubts = toDraftReason(faults, planted)
    return { title, description, body: value.body, doubts, ai: toProvenance(madeAt, undefined) }
  } catch (cause) {
    if (!(cause instanceof LlmStopped || cause instanceof LlmFailure)) throw cause
    throw new Error(cause.message, { cause })
  } finally {
    if (!given) await workers.close()
    store.close()
  }
}

/** Asks as the settings of this process and `ingest.config.ts` say. Throws also what is wrong with them. */
export async function askAsConfigured(request: EditorRewriteRequest): Promise<EditorRewrite> {
  const { contentDir, dataDir, logLevel: level, logFormat: format } = siteEnv()
  const config = await readIngestConfig(join(paperDir(), 'ingest.config.ts'))
  const log = openLog({ level, format, write: (line) => void process.stderr.write(line) })
  const now = () => new Date()
  return rewriteForEditor({ config, env: ingestEnv(), contentDir, dataDir, now, log }, request)
}

async function translateAgain(
  { workers, llm }: { workers: IngestWorkers; llm: LlmClient },
  original: Article | undefined,
  { locale }: Article,
  asked: { revise: (messages: LlmMessage[]) => LlmMessage[]; attempt: number },
): Promise<EditorRewrite> {
  const parts = original && (await toParts({ workers }, original))
  if (!parts) {
    throw new Error(
      'The original is not there, or has another form than the model writes: it cannot be translated again.',
    )
  }
  const question = { parts, article: original, locale, ...asked }
  const outcome = await requestTranslation(workers, llm, question)
  if (outcome.kind === 'unusable') throw unusable(outcome.faults)
  const { value, faults, madeAt } = outcome
  const { title, description } = value.parts
  const ai = toProvenance(madeAt, original.locale)
  return { title, description, body: value.body, doubts: toDraftReason(faults, []), ai }
}

/** In characters, of an earlier article that has another form than the model writes. */
const mostEarlier = 20_000

/**
 * The question that led to the article, with the article as its answer, and then the note. The note stands
 * in a message of its own: the model follows it, and never what the material says.
 */
function addNote(messages: LlmMessage[], earlier: string, note: string): LlmMessage[] {
  return [
    ...messages,
    { role: 'assistant', content: earlier },
    {
      role: 'user',
      content: [
        'The editor has read this and asks for a change:',
        note,
        'Write it again as the editor asks. All that was said before about the material, the facts and the form of the answer still holds. Give the whole JSON.',
      ].join('\n'),
    },
  ]
}

/** The story that an article was written from, as far as it is kept: its text is what the model needs. */
function toStory(
  record: StoryRecord | undefined,
  { category: section, sentiment, score }: Article,
): Story {
  if (record?.text === undefined) {
    throw new Error(
      'The text of the story is not kept any more, or a person wrote the article: the model has nothing to write from.',
    )
  }
  const { source, id, title, text, publishedAt, language } = record
  const left = { authors: [], categories: [], isSponsored: false, sentiment, score, section }
  return { ...left, source, id, title, text, publishedAt, language }
}

const unusable = (faults: string[]) =>
  new Error(`The model's answer cannot be used: ${faults.slice(0, 5).join(' ')}`)
