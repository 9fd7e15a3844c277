import { z } from 'zod'
import type { Sentiment } from '#lib/content/article.ts'
import { toSegment } from '#lib/site/segment.ts'
import { findAnswerFaults } from '../fact-check/find-answer-faults.ts'
import { findFactFaults } from '../fact-check/find-fact-faults.ts'
import { type ParsedAnswer, parseAnswer, removeLinks } from '../llm/parse-answer.ts'
import type { Story } from '../story.ts'
import {
  type ArticleParts,
  articlePartsSchema,
  listFields,
  listTexts,
  mapTexts,
  toBody,
} from './article-parts.ts'
import { removePlantedInstructions } from './planted-instructions.ts'
import { maxStoryLength } from './rewrite-prompt.ts'

/** The answer that a model is asked for: the parts of an article and its metadata. */
export const articleAnswerSchema = articlePartsSchema.extend({
  category: z.string(),
  tags: z.array(z.string()).max(20).default([]),
  sentiment: z.enum(['POSITIVE', 'NEUTRAL', 'NEGATIVE']),
  photoSubject: z.string().max(100).default(''),
})

/** A model's answer, as far as it may be published. */
export type ArticleAnswer = {
  parts: ArticleParts
  body: string
  /** One of our sections; undefined when the model named another. */
  category: string | undefined
  tags: string[]
  sentiment: Sentiment
  photoSubject: string
}

/**
 * What a model is given of a story, and what its answer is checked against: without the sentences that
 * instruct models (`planted`), and at most `maxStoryLength` characters.
 */
export function toPromptStory(story: Story): { promptStory: Story; planted: string[] } {
  const title = removePlantedInstructions(story.title)
  const { text, planted } = removePlantedInstructions(story.text.slice(0, maxStoryLength))
  return {
    promptStory: { ...story, title: title.text || 'Untitled', text },
    planted: [...title.planted, ...planted],
  }
}

/** Parses a model's answer and checks its facts against the story that it was given. */
export function parseRewrite(
  content: string,
  story: Story,
  sections: string[],
): ParsedAnswer<ArticleAnswer> {
  const parsed = parseAnswer(content, articleAnswerSchema)
  if ('faults' in parsed) return { unreadable: parsed.faults }
  const { category, tags, sentiment, photoSubject, ...written } = parsed.value
  const parts = mapTexts(written, (part) => removeLinks(part, story.text))
  return {
    value: {
      parts,
      body: toBody(parts, story.language),
      category: sections.find((one) => one === category.toUpperCase()),
      tags: toTags(tags, story),
      sentiment,
      photoSubject,
    },
    faults: [
      ...findAnswerFaults(listFields(parts), `${story.title}\n${story.text}`, story.language),
      ...findFactFaults(listTexts(parts), story),
    ],
  }
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
