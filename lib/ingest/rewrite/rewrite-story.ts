import type { Desk } from '../ingest-context.ts'
import { askUntilRight } from '../llm/ask-until-right.ts'
import type { ModelDesk } from '../llm/llm-client.ts'
import { ModelFailure } from '../llm/model-errors.ts'
import { postpone } from '../llm/postpone.ts'
import { chooseCategory, type Telling } from '../publish/compose-article.ts'
import type { StoryRecord } from '../state/story-record.ts'
import type { Story } from '../story.ts'
import { articleAnswerSchema } from './read-article-answer.ts'
import { promptVersion, toRewriteMessages } from './rewrite-prompt.ts'
import { toDraftReason } from './to-draft-reason.ts'

/** What came of rewriting: a telling, nothing yet, or nothing ever. */
export type Rewriting =
  | { kind: 'told'; telling: Telling & { photoSubject: string } }
  | { kind: 'waiting' }
  | { kind: 'given-up'; why: string }

/**
 * A story rewritten by the model and held against the story. What does not stand in the story is
 * repaired once; what is left then keeps the article a draft that says why. A model that gives no
 * answer lets the story wait, and after some passes the story is kept as an excerpt.
 */
export async function rewriteStory(
  desk: Desk,
  model: ModelDesk,
  story: Story,
  record: StoryRecord,
): Promise<Rewriting> {
  const { sections } = desk.config
  try {
    const { value: told } = await desk.reading.story('toMaterial', story)
    const { material, orders } = told
    const outcome = await askUntilRight(
      model,
      {
        name: 'article',
        kind: articleAnswerSchema,
        messages: toRewriteMessages(material, sections),
        attempt: record.attempts,
      },
      (content) => desk.reading.story('readArticleAnswer', content, material, sections),
    )
    if (outcome.kind === 'unusable') {
      return giveUpOrWait(desk, record, `The model's answer cannot be used: ${outcome.faults[0]}`)
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
    if (!(cause instanceof ModelFailure)) throw cause
    return giveUpOrWait(desk, record, cause.message)
  }
}

function giveUpOrWait(desk: Desk, record: StoryRecord, why: string): Rewriting {
  const attempts = record.attempts + 1
  if (attempts >= desk.config.model.attempts) return { kind: 'given-up', why }
  desk.ledger.stories.postpone(record, attempts, postpone(desk, attempts))
  desk.log.info(`${record.publisher} ${record.id} waits: ${why}`)
  return { kind: 'waiting' }
}
