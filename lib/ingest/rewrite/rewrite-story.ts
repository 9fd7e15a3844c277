import { toRetryAt } from '#lib/node/retry.ts'
import type { IngestContext } from '../ingest-context.ts'
import type { LlmClient, LlmMessage } from '../llm/llm-client.ts'
import { LlmFailure } from '../llm/llm-errors.ts'
import { type AnswerOutcome, requestWithRepairs } from '../llm/request-with-repairs.ts'
import { type ArticleText, chooseCategory, toDraftReason } from '../publish/compose-article.ts'
import type { StoryRecord } from '../state/story-table.ts'
import type { Story } from '../story.ts'
import type { IngestWorkers } from '../workers/open-workers.ts'
import { type ArticleAnswer, articleAnswerSchema } from './parse-rewrite.ts'
import { toProvenance, toRewriteMessages } from './rewrite-prompt.ts'

/** A story that is `waiting` is retried in a later pass; one that is `given-up` never is. */
export type RewriteOutcome =
  | { kind: 'rewritten'; text: ArticleText & { photoSubject: string } }
  | { kind: 'waiting' }
  | { kind: 'given-up'; why: string }

/**
 * Rewrites a story with the model and checks the facts of the result against the story. The model may
 * correct wrong facts once; an article with wrong facts left is a draft that says why. Without an
 * answer of the model the story waits, and after `model.attempts` passes it is given up. Throws
 * `LlmStopped`.
 */
export async function rewriteStory(
  context: IngestContext,
  llm: LlmClient,
  story: Story,
  record: StoryRecord,
): Promise<RewriteOutcome> {
  const { sections } = context.config
  try {
    const { outcome, planted } = await requestRewrite(context.workers, llm, story, {
      sections,
      attempt: record.attempts,
    })
    if (outcome.kind === 'unusable') {
      return giveUpOrWait(
        context,
        record,
        `The model's answer cannot be used: ${outcome.faults[0]}`,
      )
    }
    const { value, faults, madeAt } = outcome
    return {
      kind: 'rewritten',
      text: {
        title: value.parts.title,
        description: value.parts.description,
        body: value.body,
        category: chooseCategory(story, sections) ?? value.category ?? story.section,
        tags: story.categories.length > 0 ? story.categories : value.tags,
        sentiment: story.sentiment ?? value.sentiment,
        ai: toProvenance(madeAt, undefined),
        draftReason: toDraftReason(faults, planted),
        noindex: false,
        photoSubject: value.photoSubject,
      },
    }
  } catch (cause) {
    if (!(cause instanceof LlmFailure)) throw cause
    return giveUpOrWait(context, record, cause.message)
  }
}

/**
 * Asks for the article of a story. `revise` adds to the question. `planted` are sentences of the story
 * that give orders to a model, which was not given them. Throws what `LlmClient.complete` throws.
 */
export async function requestRewrite(
  workers: Pick<IngestWorkers, 'answer'>,
  llm: LlmClient,
  story: Story,
  {
    sections,
    attempt,
    revise = (messages) => messages,
  }: { sections: string[]; attempt: number; revise?: (messages: LlmMessage[]) => LlmMessage[] },
): Promise<{ outcome: AnswerOutcome<ArticleAnswer>; planted: string[] }> {
  const { promptStory, planted } = (await workers.answer('toPromptStory', story)).value
  const messages = revise(toRewriteMessages(promptStory, sections))
  const outcome = await requestWithRepairs(
    llm,
    { name: 'article', kind: articleAnswerSchema, messages, attempt },
    (content) => workers.answer('parseRewrite', content, promptStory, sections),
  )
  return { outcome, planted }
}

function giveUpOrWait(context: IngestContext, record: StoryRecord, why: string): RewriteOutcome {
  const attempts = record.attempts + 1
  if (attempts >= context.config.model.attempts) return { kind: 'given-up', why }
  context.store.stories.postpone(record, attempts, toRetryAt(attempts, context))
  context.log.info(`${record.publisher} ${record.id} waits: ${why}`)
  return { kind: 'waiting' }
}
