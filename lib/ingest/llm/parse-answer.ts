import type { z } from 'zod'

/** An answer that can be read, with what is wrong in it; or why it cannot be read. */
export type ParsedAnswer<Value> = { value: Value; faults: string[] } | { unreadable: string[] }

/** In characters: ten times what an article needs. */
const maxLength = 200_000

/**
 * The JSON in a model's answer, checked. Models put it between fences, or sentences around it, or think
 * aloud before it; of several objects the last one of the right shape counts. What is cut off, or is no
 * JSON, or has another shape, gives sentences that say what is wrong.
 */
export function parseAnswer<Kind extends z.ZodType>(
  content: string,
  kind: Kind,
): { value: z.output<Kind> } | { faults: string[] } {
  if (content.length > maxLength) {
    return { faults: [`The answer has more than ${maxLength} characters.`] }
  }
  const spoken = removeThinking(content)
  if (!spoken.includes('{')) return { faults: ['The answer is not JSON.'] }
  const objects =
    [listObjects(spoken), ...listLaterObjects(spoken)].find((some) => some.length > 0) ?? []
  if (objects.length === 0) return { faults: ['The JSON cannot be read or breaks off.'] }
  const results = objects.map((object) => kind.safeParse(object))
  const right = results.findLast((result) => result.success)
  if (right) return { value: right.data }
  // The longest is most likely the answer.
  return {
    faults: (results.at(-1)?.error?.issues ?? []).map(
      ({ path, message }) => `${path.join('.') || 'The answer'}: ${message}`,
    ),
  }
}

const thinkingTags = 'think|thinking|thought|reasoning|reflection|scratchpad|analysis'
const thinking = new RegExp(`<(${thinkingTags})(?: [^<>]*)?>`, 'i')

/** Without what a model thinks aloud before it answers, up to the end of the last such block. */
function removeThinking(content: string): string {
  const open = thinking.exec(content)
  const closing = new RegExp(`</(?:${thinkingTags})\\s*>|◁/think▷`, 'gi')
  // Some servers cut the opening tag off.
  const close = [...content.matchAll(closing)].at(-1)
  if (close && !isInString(content, close.index))
    return content.slice(close.index + close[0].length)
  return open && open.index === content.search(/\S/) ? '' : content
}

/** Whether a place is inside the answer's object: then it is part of a text, not of the thinking. */
function isInString(content: string, at: number): boolean {
  return listObjectPlaces(content).some(
    ({ start, end }) => start < at && at < end && isJson(content.slice(start, end)),
  )
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** The objects of a text that are JSON, in their order; those inside others are not looked at. */
function listObjects(text: string): unknown[] {
  return listObjectPlaces(text).flatMap(({ start, end }) => {
    try {
      return [JSON.parse(text.slice(start, end))]
    } catch {
      return []
    }
  })
}

/** The same from later braces on: one before them opened nothing that is closed. */
function* listLaterObjects(text: string): Generator<unknown[]> {
  const starts = [...text.matchAll(/\{\s*"/g)].slice(0, maxStarts)
  for (const { index } of starts) yield listObjects(text.slice(index))
}

const maxStarts = 20

/** From each brace outside an object to the one that closes it; braces in strings count as text. */
function listObjectPlaces(text: string): { start: number; end: number }[] {
  const places: { start: number; end: number }[] = []
  let depth = 0
  let start = 0
  let isInside = false
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]
    if (isInside) {
      if (character === '\\') at += 1
      else if (character === '"') isInside = false
    } else if (depth > 0 && character === '"') isInside = true
    else if (character === '{') {
      if (depth === 0) start = at
      depth += 1
    } else if (character === '}' && depth > 0) {
      depth -= 1
      if (depth === 0) places.push({ start, end: at + 1 })
    }
  }
  return places
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
