import { z } from 'zod'
import type { ListingCursor } from '#lib/article-index/article-index.ts'
import { type ArticleFilter, filterNames, readFilter } from '#lib/site/addresses/article-filter.ts'
import { longestSearchText, readDay, searchOrders } from '#lib/site/addresses/search-params.ts'
import { defaultLocale, locales } from '#lib/site/locales.ts'
import { ProblemError } from './send-answer.ts'

/** Most articles in one answer, and how many there are unless asked otherwise. */
const mostPerAnswer = 100
const usuallyPerAnswer = 20

const lang = z.enum(locales).default(defaultLocale).describe('The language of the articles.')
const limit = z.coerce
  .number()
  .int()
  .min(1)
  .max(mostPerAnswer)
  .default(usuallyPerAnswer)
  .describe('How many articles at most.')
const include = z.literal('body').optional().describe('`body` adds the texts, in Markdown.')
const cursor = z
  .string()
  .transform((text, context): ListingCursor => {
    const place = placeSchema.safeParse(parseCursor(text))
    if (place.success) return place.data
    context.issues.push({ code: 'custom', message: 'is no cursor of ours', input: text })
    return z.NEVER
  })
  .optional()
  .describe('Where to go on: the `nextCursor` of an answer.')

const day = z.iso
  .date()
  .refine((value) => readDay(value) !== undefined, 'there is no such day')
  .optional()

/** The parameters of each address, described for `open-api.ts` and as they are checked. */
export const articleParameters = z.object({ lang, include })
export const listParameters = z.object({ lang, limit, cursor, include })
export const searchParameters = z.object({
  q: z
    .string()
    .trim()
    .max(longestSearchText)
    .default('')
    .describe(
      'Words; “quotation marks” keep words together. Without any, the newest articles under the conditions are found.',
    ),
  lang,
  from: day.describe(
    'The first day of publication, in the time zone of the publication: `2026-03-01`.',
  ),
  to: day.describe('The last day of publication, in the time zone of the publication.'),
  sort: z.enum(searchOrders).default('relevance').describe('The best or the newest first.'),
  exact: z
    .enum(['1'])
    .optional()
    .describe('With `1` words that nothing has are searched for as they are, and not put right.'),
  page: z.coerce.number().int().min(1).max(10_000).default(1).describe('Pages count from 1.'),
  limit,
})

/** Throws a `ProblemError` (400) that names the parameter and what is wrong with it. */
export function parseParameters<Schema extends z.ZodObject>(
  schema: Schema,
  given: URLSearchParams,
  further: readonly string[] = [],
): z.infer<Schema> {
  const known = [...Object.keys(schema.shape), ...further]
  for (const name of given.keys()) {
    if (!known.includes(name)) {
      throw new ProblemError(400, `There is no parameter ${name}; there are ${known.join(', ')}.`)
    }
    if (given.getAll(name).length > 1) {
      throw new ProblemError(400, `The parameter ${name} can be given once only.`)
    }
  }
  const result = schema.safeParse(Object.fromEntries(given))
  if (result.success) return result.data
  const sentences = result.error.issues.map(({ path, message }) => {
    const name = path.join('.')
    if (!given.has(name)) return `The parameter ${name} is needed.`
    return `The parameter ${name} is not usable: ${message}.`
  })
  throw new ProblemError(400, sentences.join(' '))
}

/** Throws a `ProblemError` (400). Does not check whether any article meets the filter. */
export function parseFilter(given: URLSearchParams): ArticleFilter {
  const read = readFilter(given)
  if (read.kind === 'problem') throw new ProblemError(400, read.sentence)
  return read.filter
}

export const filterParameterNames: readonly string[] = filterNames

const placeSchema = z
  .tuple([z.iso.datetime(), z.string()])
  .transform(([publishedAt, slug]) => ({ publishedAt, slug }))

/** Opaque to clients. */
export function formatCursor({ publishedAt, slug }: ListingCursor): string {
  return Buffer.from(JSON.stringify([publishedAt, slug])).toString('base64url')
}

function parseCursor(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}
