import { z } from 'zod'
import { isLocale, locales } from '#lib/site/locales.ts'
import { findEntity, findTypedName } from '#lib/site/names.ts'
import { isAuthorKey, toSegment } from '#lib/site/segment.ts'
import { isSlug } from '../article-identity.ts'
import { cleanLine } from './clean-line.ts'
import { parseInstant } from './parse-instant.ts'

/**
 * The kinds of values that front matter fields hold. Each takes what YAML gave (text, true, false,
 * null, lists, mappings) and its error message completes "expected …".
 */

/** A field that may be left out; null says the same as leaving it out. */
export function optional<Kind extends z.ZodType>(kind: Kind) {
  return kind.nullish().transform((value) => value ?? undefined)
}

/** One line of text, cleaned, with something to see in it. */
export function line(expected: string, maxLength = 1000) {
  return z
    .string({ error: expected })
    .meta({ pattern: '\\S' })
    .transform(cleanLine)
    .refine((text) => hasInk.test(text), { error: expected })
    .refine((text) => text.length <= maxLength, {
      error: `${expected} of at most ${maxLength} characters`,
    })
}

const hasInk = /[\p{L}\p{N}\p{P}\p{S}]/u

/** A name that has a page of its own, so at least one letter or digit. */
export function topic(expected: string) {
  return line(expected, 100).refine((text) => toSegment(text) !== '', {
    error: `${expected} with a letter or a digit in it`,
  })
}

/** An instant in UTC, as `toISOString` writes it. */
export const instant = parsed(
  'a date and time such as 2026-03-01T09:30:00Z',
  (text) => parseInstant(text)?.at,
  '^\\s*\\d{4}-\\d{2}-\\d{2}',
)

/** true or false; text that says so in any case is taken for it, and nothing else is. */
export const flag = z.union(
  [
    z.boolean(),
    parsed('true or false', toFlag, '^\\s*([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])\\s*$'),
  ],
  {
    error: 'true or false',
  },
)

export const number = parsed('a number', (text) =>
  /^[+-]?\d{1,15}(\.\d{1,15})?$/.test(text) ? Number(text) : undefined,
)

/** An asset of the list of names, by its key. */
export const asset = parsed('an asset of the list of names, such as bitcoin or BTC', (text) => {
  const words = text.split(/\s+/)
  const { entities, wordCount } = findTypedName(words, 0)
  const found = findEntity(text) ?? (wordCount === words.length ? entities[0] : undefined)
  return found?.kind === 'asset' ? found.key : undefined
})

export const locale = parsed(
  `one of our languages: ${locales.join(', ')}`,
  (text) => {
    const lang = text.toLowerCase()
    return isLocale(lang) ? lang : undefined
  },
  `^\\s*(${locales.flatMap((one) => [one, one.toUpperCase()]).join('|')})\\s*$`,
)

export const identifier = line('an identifier, as text or number', 200)

export const sourceKey = parsed(
  'a key of letters, digits, dots, hyphens and underscores',
  (text) => (/^[a-z0-9][a-z0-9._-]{0,99}$/i.test(text) ? text : undefined),
)

export const slug = parsed('an earlier slug of this article', (text) => {
  const normal = text.normalize('NFC')
  return isSlug(normal) ? normal : undefined
})

export const storyKey = parsed(
  'a key of letters a to z, digits and single hyphens, such as ftx-collapse',
  (text) => {
    const key = text.toLowerCase()
    return isAuthorKey(key) ? key : undefined
  },
)

export const secureUrl = parsed('an absolute https:// address', (text) => toUrl(text, ['https:']))

export const webUrl = parsed('an absolute https:// or http:// address', (text) =>
  toUrl(text, ['https:', 'http:']),
)

/** A path in `content/media` may be written as in that folder: `media/a.jpg` is `/media/a.jpg`. */
export const picture = parsed(
  'an https:// address, media/… or a path that begins with a single /',
  (text) => {
    const path = text.replace(/^(?:\.\/)?media\//, '/media/')
    return path.startsWith('/') ? toSitePath(path) : toUrl(path, ['https:'])
  },
)

/** A list. A single text stands for a list of one; `split` divides it first. */
export function listOf<Kind extends z.ZodType>(kind: Kind, expected: string, split = toOne) {
  return z.preprocess(
    (value) => (typeof value === 'string' ? split(value) : value),
    z
      .array(optional(kind), { error: expected })
      .transform((elements) => elements.filter((element) => element !== undefined)),
  )
}

function toOne(text: string): string[] {
  return [text]
}

/** `pattern` is for editors: it passes whatever `parse` takes and refuses plain mistakes. */
function parsed<Value>(
  expected: string,
  parse: (text: string) => Value | undefined,
  pattern = '\\S',
) {
  return z
    .string({ error: expected })
    .meta({ pattern })
    .transform((text, context) => {
      const value = parse(text.trim())
      if (value !== undefined) return value
      context.issues.push({ code: 'custom', message: expected, input: text })
      return z.NEVER
    })
}

function toFlag(text: string): boolean | undefined {
  const lower = text.toLowerCase()
  return lower === 'true' ? true : lower === 'false' ? false : undefined
}

function toUrl(text: string, protocols: string[]): string | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  const isPlain = url.username === '' && url.password === '' && url.hostname !== ''
  return isPlain && protocols.includes(url.protocol) ? url.href : undefined
}

/** Browsers read `//`, `/\` and `/<tab>/` as another host; the URL parser sees through all three. */
function toSitePath(text: string): string | undefined {
  const base = 'https://site.invalid'
  if (!URL.canParse(text, base)) return undefined
  const url = new URL(text, base)
  return url.origin === base && !url.pathname.startsWith('//')
    ? url.pathname + url.search
    : undefined
}
