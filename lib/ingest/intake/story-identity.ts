import { createHash } from 'node:crypto'
import { cleanLine } from '#lib/content/front-matter/clean-line.ts'
import type { IdentifiedStory, RawStory } from '../story.ts'
import { stripTrackers, toUrlKey } from './story-url.ts'
import { stripScripts, stripTags } from './strip-tags.ts'

/**
 * What a story is known by at its source: its id, else its address; undefined without either, and for
 * the address of a front page, which is that of no story. The front matter has room for 200
 * characters: a longer id is kept as its digest.
 */
export function toStoryId({ id, url }: Pick<RawStory, 'id' | 'url'>): string | undefined {
  const page = url !== undefined && toUrlKey(url) !== undefined ? stripTrackers(url) : undefined
  const known = cleanLine(id ?? '') || cleanLine(page ?? '')
  if (known === '') return undefined
  return known.length <= 200 ? known : `sha256-${digest(known)}`
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}

/** What programs write where they have no id. */
const noId = /^(?:n\/?a|null|undefined|none|nil|nan|false|true|-+|0+|id|guid|tbd|todo)$/i

/** Whether an id identifies nothing: a placeholder, or the address of a front page. */
export function isNoId(id: string): boolean {
  return noId.test(id) || (/^https?:/i.test(id) && toUrlKey(id) === undefined)
}

/**
 * Changes when what a story says changes, not when its markup, white space, advertising links or
 * dates do. Cheap: it is taken of every story of every feed that has changed at all.
 */
export function toFingerprint({ title, html }: Pick<RawStory, 'title' | 'html'>): string {
  const characters = stripTags(stripScripts(`${title}\n${html}`), '').replace(/\s+/g, '')
  return digest(characters).slice(0, 16)
}

/** Adds what a story is recognised by. */
export function identifyStory(raw: RawStory): IdentifiedStory {
  return {
    ...raw,
    storyId: toStoryId(raw),
    urlKey: toUrlKey(raw.url),
    fingerprint: toFingerprint(raw),
  }
}

/**
 * The stories of one document, with ids and addresses only where they identify. What two stories share
 * identifies neither: then the address does, else the title. A story that is repeated counts once, the
 * version that was changed last. `notes` say what was found.
 */
export function separateStories(all: IdentifiedStory[]): {
  stories: IdentifiedStory[]
  notes: string[]
} {
  const notes: string[] = []
  const { kept, older } = dropRepeats(all)
  if (older > 0) notes.push(`has ${older} older versions of its stories; the last ones count`)
  const sharedIds = findShared(kept, ({ storyId }) => storyId)
  const sharedUrls = findShared(kept, ({ urlKey }) => urlKey)
  const sharedTitles = findShared(kept, toTitleKey)
  for (const { id, count } of sharedIds.values()) {
    notes.push(`gives ${count} stories the same id, ${id.slice(0, 100)}: it identifies none`)
  }
  const stories = kept.map((story) => {
    const { storyId, urlKey } = story
    const ownUrlKey = sharedUrls.has(toKey(story, urlKey)) ? undefined : urlKey
    const ownId = sharedIds.has(toKey(story, storyId)) ? undefined : storyId
    return { ...story, urlKey: ownUrlKey, storyId: ownId ?? toOtherId(story, ownUrlKey) }
  })
  return { stories, notes }

  /** For a story without an id of its own. */
  function toOtherId(story: IdentifiedStory, ownUrlKey: string | undefined): string | undefined {
    if (story.id === undefined && story.url === undefined) return undefined
    if (ownUrlKey !== undefined) return toStoryId({ id: undefined, url: story.url })
    const title = toTitleKey(story)
    if (title === undefined || sharedTitles.has(toKey(story, title))) return undefined
    return `title-${digest(title).slice(0, 22)}`
  }
}

function toKey({ source }: RawStory, value: string | undefined): string {
  return `${source.key}\n${value ?? ''}`
}

function toTitleKey({ title }: RawStory): string | undefined {
  const words = stripTags(title, ' ').toLowerCase().replace(/\s+/g, ' ').trim()
  return words === '' ? undefined : words
}

/** What more than one story has. */
function findShared(
  stories: IdentifiedStory[],
  toValue: (story: IdentifiedStory) => string | undefined,
): Map<string, { id: string; count: number }> {
  const counts = new Map<string, { id: string; count: number }>()
  for (const story of stories) {
    const value = toValue(story)
    if (value === undefined) continue
    const key = toKey(story, value)
    counts.set(key, { id: value, count: (counts.get(key)?.count ?? 0) + 1 })
  }
  return new Map([...counts].filter(([, { count }]) => count > 1))
}

/**
 * Drops a story that stands in the document twice: with the same words under the same id or address, or
 * with the same id, address and title and an older text.
 */
function dropRepeats(all: IdentifiedStory[]): { kept: IdentifiedStory[]; older: number } {
  const byPlace = new Map<string, IdentifiedStory>()
  let older = 0
  for (const story of all) {
    const { storyId, urlKey, fingerprint } = story
    const isVersion = storyId !== undefined && urlKey !== undefined
    const place = toKey(
      story,
      isVersion
        ? `${storyId}\n${urlKey}\n${toTitleKey(story)}`
        : `${storyId}\n${urlKey}\n${fingerprint}`,
    )
    const before = byPlace.get(place)
    if (!before) {
      byPlace.set(place, story)
      continue
    }
    if (before.fingerprint !== fingerprint) older += 1
    if (changeTime(story) > changeTime(before)) byPlace.set(place, story)
  }
  return { kept: [...byPlace.values()], older }
}

/** In ms. Versions of a story are dated by one program, so the common formats are enough. */
function changeTime({ updatedAt, publishedAt }: RawStory): number {
  const time = Date.parse(updatedAt ?? publishedAt ?? '')
  return Number.isNaN(time) ? 0 : time
}

/** A story as it is compared with another: its title and its text. */
export type StoryText = { title: string; text: string }

/**
 * Whether two texts under one id are two stories: neither the titles nor the texts have much in common.
 * A correction, a new headline or a longer text leave one of them alike. Texts are Markdown.
 */
export function isOtherStory(before: StoryText, after: StoryText): boolean {
  return (
    shareOfWords(before.title, after.title) < leastAlikeTitles &&
    shareOfWords(before.text, after.text) < leastAlikeTexts
  )
}

/** Parts of the words of the shorter text, 0 to 1. Unrelated news shares names of the trade. */
const leastAlikeTitles = 0.5
const leastAlikeTexts = 0.4

/** In characters of a text. What two stories have in common shows in the beginning. */
const comparedLength = 5000

function shareOfWords(a: string, b: string): number {
  const [one, other] = [listWords(a), listWords(b)]
  const least = Math.min(one.size, other.size)
  if (least === 0) return one.size === other.size ? 1 : 0
  let common = 0
  for (const word of one) if (other.has(word)) common += 1
  return common / least
}

/** Words by their first letters, so that other forms of a word count as the same; figures as they are. */
function listWords(text: string): Set<string> {
  const words =
    text
      .slice(0, comparedLength)
      .toLowerCase()
      .match(/\p{L}{4,}|\p{N}+/gu) ?? []
  return new Set(words.map((word) => (/^\p{N}/u.test(word) ? word : word.slice(0, 5))))
}
