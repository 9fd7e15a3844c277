import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { defaultLocale, locales } from '#lib/site/locales.ts'
import { site } from '#lib/site/site.ts'

const key = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,99}$/i, {
    error: 'expected letters, digits, dots, hyphens and underscores',
  })
  .describe('Names the source in addresses, filters, reports and on the command line.')

const everyMinutes = z
  .number()
  .min(1)
  .default(15)
  .describe('How often --watch asks the source, in minutes.')

const allowPrivate = z
  .boolean()
  .default(false)
  .describe(
    'Whether the host of the source may be on this machine or in a private network. No other host that it redirects to may.',
  )

const publishUnreviewedOfSource = z
  .boolean()
  .optional()
  .describe(
    'Whether its articles are published before an editor has read them. Left out: as `publishUnreviewed` says for all sources.',
  )

const feedSource = z.strictObject({
  kind: z.literal('feed').describe('RSS 0.9x, 1.0, 2.0, Atom or JSON Feed.'),
  key,
  name: z.string().min(1).describe('The source as readers know it.'),
  url: z.url({ protocol: /^https?$/ }).describe('The address of the feed.'),
  language: z.enum(locales).default(defaultLocale).describe('The language its stories are in.'),
  category: z
    .string()
    .min(1)
    .default('MARKETS')
    .describe('The section of a story for which neither the source nor a model names one.'),
  everyMinutes,
  allowPrivate,
  publishUnreviewed: publishUnreviewedOfSource,
})

const coindeskSource = z.strictObject({
  kind: z.literal('coindesk').describe('The news of the CoinDesk Data API.'),
  key,
  url: z
    .url({ protocol: /^https?$/ })
    .default('https://data-api.coindesk.com')
    .describe('The origin of the API.'),
  language: z.enum(locales).default(defaultLocale).describe('The language asked for.'),
  sourceIds: z.array(z.string()).default([]).describe('Only these publishers, by their API keys.'),
  categories: z.array(z.string()).default([]).describe('Only these categories.'),
  excludeCategories: z.array(z.string()).default([]).describe('None of these categories.'),
  maxPages: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(5)
    .describe('How many pages of 100 stories a pass reads back at most.'),
  category: z.string().min(1).default('MARKETS').describe('For stories that name none.'),
  everyMinutes,
  allowPrivate,
  publishUnreviewed: publishUnreviewedOfSource,
})

const count = z.number().int().min(0)

const settingsSchema = z.strictObject({
  sources: z
    .array(z.discriminatedUnion('kind', [feedSource, coindeskSource]))
    .refine((sources) => new Set(sources.map((source) => source.key)).size === sources.length, {
      error: 'expected a different key for each source',
    })
    .describe('Where stories come from.'),
  languages: z
    .array(z.enum(locales))
    .min(1)
    .default([...locales])
    .describe('The languages articles are to be in. A story is translated into the others.'),
  withoutModel: z
    .enum(['publish', 'draft'])
    .default('draft')
    .describe('Whether the short excerpt that is written without a model is published or a draft.'),
  publishUnreviewed: z
    .boolean()
    .default(true)
    .describe(
      'Whether articles are published before an editor has read them. false: they are drafts until somebody approves them. A source may say otherwise for itself.',
    ),
  sponsored: z
    .enum(['label', 'reject'])
    .default('label')
    .describe(
      'Whether sponsored stories are published, with the tag SPONSORED and noindex, or rejected.',
    ),
  newerThanDays: z
    .number()
    .positive()
    .optional()
    .describe('Stories older than this when first seen are left out. Not set: any age.'),
  excerptWords: z
    .number()
    .int()
    .min(10)
    .max(120)
    .default(50)
    .describe('How many words of a story an excerpt quotes at most.'),
  sections: z
    .array(z.string().min(1))
    .min(1)
    .default(listSections)
    .describe(
      'The categories a model may choose from, in capitals. Without them, those of site.config.ts.',
    ),
  sameEvent: z
    .strictObject({
      threshold: z.number().min(0).max(1).default(0.9).describe('How sure it has to be, 0 to 1.'),
      withinHours: z.number().positive().default(36).describe('How far apart in time at most.'),
    })
    .prefault({})
    .describe(
      'When two stories are about the same event; see docs/where-stories-come-from.md for how it is measured.',
    ),
  costs: z
    .strictObject({
      requestsPerRun: count.default(500),
      tokensPerRun: count.default(1_000_000),
      requestsPerDay: count.default(2_000),
      tokensPerDay: count.default(4_000_000),
      price: z
        .strictObject({
          inputPerMillion: z.number().min(0).describe('The price of a million tokens asked.'),
          outputPerMillion: z.number().min(0).describe('The price of a million tokens answered.'),
          currency: z.string().min(1).default('USD').describe('The currency of both.'),
        })
        .optional()
        .describe('What the model costs, for `--check-model`. Not set: unknown.'),
    })
    .prefault({})
    .describe(
      'The most that the model may cost. A day is one of `timeZone`. When it is spent, stories wait.',
    ),
  model: z
    .strictObject({
      timeoutSeconds: z.number().positive().default(90).describe('How long an answer may take.'),
      attempts: z
        .number()
        .int()
        .min(1)
        .default(3)
        .describe('In how many passes a story is tried before it is kept as an excerpt.'),
      atOnce: z
        .number()
        .int()
        .min(1)
        .max(16)
        .default(2)
        .describe('How many stories are written at a time.'),
    })
    .prefault({}),
  cover: z
    .strictObject({
      url: z.url().default('https://api.unsplash.com').describe('The origin of the Unsplash API.'),
      notAmongLast: count.default(200).describe('No photo of this many articles is used again.'),
    })
    .prefault({}),
  fetch: z
    .strictObject({
      timeoutSeconds: z.number().positive().default(30).describe('How long an answer may take.'),
      maxMegabytes: z.number().positive().default(5).describe('How large it may be, unpacked.'),
      pauseMilliseconds: count
        .default(500)
        .describe(
          'The pause between two requests to one host, which are never made at the same time.',
        ),
      retries: count
        .default(1)
        .describe('How often a request that failed for the moment is repeated.'),
      atOnce: z.number().int().min(1).max(64).default(16).describe('Hosts asked at a time.'),
      userAgent: z
        .string()
        .min(1)
        .default(() => site().userAgent)
        .describe('How ingest introduces itself. Without it, `userAgent` of site.config.ts.'),
    })
    .prefault({})
    .describe('How sources are asked.'),
})

/** The sections of the publication as articles have them; without any, there is one. */
function listSections(): string[] {
  const keys = site().sections.map(({ key }) => key.toUpperCase())
  return keys.length > 0 ? keys : ['NEWS']
}

/** What `ingest.config.ts` holds. Each setting says what it means. */
const ingestConfigSchema = settingsSchema.check(({ value, issues }) => {
  for (const { key, language } of value.sources) {
    if (value.languages.includes(language)) continue
    const message = `the source ${key} is in ${language}, which is not among the languages`
    issues.push({ code: 'custom', message, input: value.languages, path: ['languages'] })
  }
})

/** Settings as the operator writes them; what is left out has a default. */
export type IngestSettings = z.input<typeof ingestConfigSchema>
/** Settings with every default filled in. */
export type IngestConfig = z.output<typeof ingestConfigSchema>
export type SourceConfig = IngestConfig['sources'][number]
export type FeedSourceConfig = Extract<SourceConfig, { kind: 'feed' }>
export type CoindeskSourceConfig = Extract<SourceConfig, { kind: 'coindesk' }>

/** Gives `ingest.config.ts` its types; returns what it is given. */
export function defineIngest(settings: IngestSettings): IngestSettings {
  return settings
}

/** Settings from outside → complete ones. Throws an `Error` with one sentence for each wrong one. */
export function parseIngestConfig(settings: unknown): IngestConfig {
  const result = ingestConfigSchema.safeParse(settings)
  if (result.success) return result.data
  const sentences = result.error.issues.map(
    ({ path, message }) => `ingest.config.ts: ${path.join('.') || 'the settings'}: ${message}.`,
  )
  throw new Error(sentences.join('\n'))
}

/** Reads `ingest.config.ts`. Throws an `Error` that says what is wrong with it. */
export async function readIngestConfig(file: string): Promise<IngestConfig> {
  const module: { default?: unknown } = await import(pathToFileURL(file).href).catch((cause) => {
    throw new Error(
      cause?.code === 'ERR_MODULE_NOT_FOUND'
        ? `There is no ${file}: it names the sources.`
        : `${file} cannot be read: ${cause?.message}`,
      { cause },
    )
  })
  return parseIngestConfig(module.default)
}

/**
 * Why an article of a source must wait for an editor; undefined when it may be published unread.
 * `sourceKey` is a key of `sources`; for another one the rule for all sources counts.
 */
export function findReviewReason(
  { sources, publishUnreviewed }: Pick<IngestConfig, 'sources' | 'publishUnreviewed'>,
  sourceKey: string | undefined,
): string | undefined {
  const source = sources.find(({ key }) => key === sourceKey)
  if (source?.publishUnreviewed ?? publishUnreviewed) return undefined
  const name = source ? `Articles from ${source.key}` : 'Articles'
  return `${name} are published after an editor has read them, and nobody has read this one yet.`
}
