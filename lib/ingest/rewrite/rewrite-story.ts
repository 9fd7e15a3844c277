import type { IngestContext } from '../ingest-context.ts'
import type { LlmClient } from '../llm/llm-client.ts'
import { LlmFailure } from '../llm/llm-errors.ts'
import { postpone } from '../llm/postpone.ts'
import { requestWithRepairs } from '../llm/request-with-repairs.ts'
import { type ArticleText, chooseCategory } from '../publish/compose-article.ts'
import type { StoryRecord } from '../state/story-record.ts'
import type { Story } from '../story.ts'
import { articleAnswerSchema } from './parse-rewrite.ts'
import { promptVersion, toRewriteMessages } from './rewrite-prompt.ts'
import { toDraftReason } from './to-draft-reason.ts'

/** What came of rewriting: a telling, nothing yet, or nothing ever. */
export type RewriteOutcome =
  | { kind: 'told'; telling: ArticleText & { photoSubject: string } }
  | { kind: 'waiting' }
  | { kind: 'given-up'; why: string }

/**
 * A story rewritten by the model and held against the story. What does not stand in the story is
 * repaired once; what is left then keeps the article a draft that says why. A model that gives no
 * answer lets the story wait, and after some passes the story is kept as an excerpt.
 */
export async function rewriteStory(
  context: IngestContext,
  model: LlmClient,
  story: Story,
  record: StoryRecord,
): Promise<RewriteOutcome> {
  const { sections } = context.config
  try {
    const { value: told } = await context.workers.story('toPromptStory', story)
    const { material, orders } = told
    const outcome = await requestWithRepairs(
      model,
      {
        name: 'article',
        kind: articleAnswerSchema,
        messages: toRewriteMessages(material, sections),
        attempt: record.attempts,
      },
      (content) => context.workers.story('parseRewrite', content, material, sections),
    )
    if (outcome.kind === 'unusable') {
      return giveUpOrWait(
        context,
        record,
        `The model's answer cannot be used: ${outcome.faults[0]}`,
      )
    }
    const { value, faults, madeAt } = outcome
    return {
      kind: 'told',
      telling: {
        title: value.parts.title,
        description: value.parts.description,
        body: value.body,
        category: chooseCategory(story, sections) ?? value.category ?? story.section,
        tags: story.categories.length > 0 ? story.categories : value.tags,
        sentiment: story.sentiment ?? value.sentiment,
        ai: {
          rewritten: true,
          expandedAt: madeAt,
          version: promptVersion,
          translatedFrom: undefined,
        },
        draftReason: toDraftReason(faults, orders),
        noindex: false,
        photoSubject: value.photoSubject,
      },
    }
  } catch (cause) {
    if (!(cause instanceof LlmFailure)) throw cause
    return giveUpOrWait(context, record, cause.message)
  }
}

function giveUpOrWait(context: IngestContext, record: StoryRecord, why: string): RewriteOutcome {
  const attempts = record.attempts + 1
  if (attempts >= context.config.model.attempts) return { kind: 'given-up', why }
  context.store.stories.postpone(record, attempts, postpone(context, attempts))
  context.log.info(`${record.publisher} ${record.id} waits: ${why}`)
  return { kind: 'waiting' }
}
