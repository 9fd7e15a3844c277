import { z } from 'zod'
import { toSegment } from '#lib/site/segment.ts'
import type { Desk } from '../desk.ts'
import { findFactFaults } from '../fact-guard/find-fact-faults.ts'
import type { StoryRecord } from '../ledger/story-record.ts'
import { askUntilRight } from '../model/ask-until-right.ts'
import type { ModelDesk } from '../model/model-desk.ts'
import { BudgetSpent, ModelFailure } from '../model/model-errors.ts'
import { postpone } from '../model/postpone.ts'
import type { Story } from '../story.ts'
import { chooseCategory, type Telling } from '../write/compose-article.ts'
import { removePlantedInstructions } from './planted-instructions.ts'
import { removeLinks } from './remove-links.ts'
import { promptVersion, toRewriteMessages } from './rewrite-prompt.ts'
import { listTexts, mapTexts, type ToldParts, toBody, toldPartsSchema } from './told-parts.ts'

/** What came of rewriting: a telling, nothing yet, or nothing ever. */
export type Rewriting =
  | { kind: 'told'; telling: Telling & { photoSubject: string } }
  | { kind: 'waiting' }
  | { kind: 'given-up'; why: string }

const extras = {
  tags: z.array(z.string()).max(20).default([]),
  sentiment: z.enum(['POSITIVE', 'NEUTRAL', 'NEGATIVE']),
  photoSubject: z.string().max(100).default(''),
}

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
  const title = removePlantedInstructions(story.title)
  const { text, planted } = removePlantedInstructions(story.text)
  const orders = [...title.planted, ...planted]
  const material = { ...story, title: title.text || 'Untitled', text }
  const withoutLinks = (parts: ToldParts) => mapTexts(parts, (part) => removeLinks(part, text))
  const kind = toldPartsSchema.extend({
    category: z.string().transform((name) => sections.find((one) => one === name.toUpperCase())),
    ...extras,
  })
  try {
    const outcome = await askUntilRight(
      model,
      {
        name: 'article',
        kind,
        messages: toRewriteMessages(material, text, sections),
        attempt: record.attempts,
      },
      (value) => findFactFaults(listTexts(withoutLinks(value)), material),
    )
    if (outcome.kind === 'unusable') {
      return giveUpOrWait(desk, record, `The model's answer cannot be used: ${outcome.faults[0]}`)
    }
    const { value, faults, madeAt } = outcome
    const parts = withoutLinks(value)
    return {
      kind: 'told',
      telling: {
        title: parts.title,
        description: parts.description,
        body: toBody(parts, story.language),
        category: chooseCategory(story, sections) ?? value.category ?? story.section,
        tags: story.categories.length > 0 ? story.categories : toTags(value.tags, material),
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
    if (cause instanceof BudgetSpent) throw cause
    if (!(cause instanceof ModelFailure)) throw cause
    return giveUpOrWait(desk, record, cause.message)
  }
}

function giveUpOrWait(desk: Desk, record: StoryRecord, why: string): Rewriting {
  const attempts = record.attempts + 1
  if (attempts >= desk.config.model.attempts) return { kind: 'given-up', why }
  desk.ledger.stories.postpone(record, attempts, postpone(desk, attempts))
  desk.say(`${record.publisher} ${record.id} waits: ${why}`)
  return { kind: 'waiting' }
}

/** One line for the front matter; undefined when there is nothing to object to. */
export function toDraftReason(faults: string[], orders: string[]): string | undefined {
  const sentences = [
    ...faults,
    ...orders.map((order) => `The story gives orders to a model: “${order.slice(0, 200)}”.`),
  ]
  return sentences.length === 0 ? undefined : sentences.slice(0, 12).join(' ').slice(0, 3000)
}

/** Tags name subjects: what looks like a ticker or a name must stand in the story. */
function toTags(tags: string[], story: Story): string[] {
  const kept = new Map<string, string>()
  for (const tag of tags) {
    const clean = tag
      .slice(0, 200)
      .toUpperCase()
      .replace(/[^\p{L}\p{N} &.+-]/gu, '')
      .trim()
      .slice(0, 40)
    const segment = toSegment(clean)
    const isSubject = subjects.has(clean) || standsIn(clean, story)
    if (segment !== '' && isSubject && !kept.has(segment)) kept.set(segment, clean)
  }
  return [...kept.values()].slice(0, 6)
}

const subjects = new Set(
  (
    'REGULATION,EXCHANGE,TRADING,BUSINESS,SECURITY,HACK,DEFI,NFT,STABLECOIN,STABLECOINS,MINING,ETF,' +
    'FUNDS,LENDING,PAYMENTS,CUSTODY,LAYER 2,TOKENIZATION,POLICY,COURT,MARKETS,TECHNOLOGY,BANKING,' +
    'PRIVACY,STAKING,GOVERNANCE,TAXES,ADOPTION,VENTURE CAPITAL,DERIVATIVES,AIRDROP,WALLET,AI,MACRO'
  ).split(','),
)

function standsIn(tag: string, { title, text }: Story): boolean {
  return `${title}\n${text}`.toUpperCase().includes(tag)
}
