import type { z } from 'zod'

/** An answer that can be read, with what is wrong in it; or why it cannot be read. */
export type ParsedAnswer<Value> = { value: Value; faults: string[] } | { unreadable: string[] }

/** In characters: ten times what an article needs. */
const maxLength = 200_000

/**
 * The JSON in a model's answer, checked. Models put it between fences, or sentences around it; what is
 * cut off, or is no JSON, or has another shape, gives sentences that say what is wrong.
 */
export function parseAnswer<Kind extends z.ZodType>(
  content: string,
  kind: Kind,
): { value: z.output<Kind> } | { faults: string[] } {
  if (content.length > maxLength) {
    return { faults: [`The answer has more than ${maxLength} characters.`] }
  }
  const start = content.indexOf('{')
  const end = content.lastIndexOf('}')
  if (start === -1) return { faults: ['The answer is not JSON.'] }
  if (end < start) return { faults: ['The JSON breaks off.'] }
  let written: unknown
  try {
    written = JSON.parse(content.slice(start, end + 1))
  } catch {
    return { faults: ['The JSON cannot be read or breaks off.'] }
  }
  const result = kind.safeParse(written)
  if (result.success) return { value: result.data }
  return {
    faults: result.error.issues.map(
      ({ path, message }) => `${path.join('.') || 'The answer'}: ${message}`,
    ),
  }
}

const address = /\b(?:https?:\/\/|www\.)[^\s<>()[\]"'«»“”]+|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+/gi
const markdownLink = /!?\[([^[\]]*)\]\([^()]*(?:\([^()]*\)[^()]*)?\)/g
const tag = /<\/?[a-z][^<>]*>/gi

/**
 * A model's text with no address in it that does not stand in the story: links become their words,
 * strange addresses and HTML tags go. What is left shows as text and leads nowhere; the article's one
 * link to the story is ours.
 */
export function removeLinks(text: string, story: string): string {
  return text
    .replace(markdownLink, '$1')
    .replace(tag, '')
    .replace(address, (found) => (story.includes(found.replace(/[.,;:!?]+$/, '')) ? found : ''))
    .replace(/[ \t]{2,}/g, ' ')
    .trim()
}
