import { z } from 'zod'
import { isNoId } from '../intake/story-identity.ts'

import type { ParsedFeed } from './parse-feed.ts'
import { firstStories } from './source-result.ts'
import { escapeHtml, textToHtml } from './text-to-html.ts'

const text = z
  .union([z.string(), z.number()])
  .transform((value) => String(value))
  .nullish()
  .catch(undefined)
  .transform((value) => (value?.trim() ? value : undefined))

const person = z.object({ name: text }).catch({ name: undefined })
const authorFields = {
  authors: z.array(person).nullish().catch(undefined),
  author: person.nullish(),
}

const itemSchema = z.object({
  id: text,
  url: text,
  external_url: text,
  title: text,
  content_html: text,
  content_text: text,
  summary: text,
  date_published: text,
  date_modified: text,
  tags: z.array(text).nullish().catch(undefined),
  ...authorFields,
})

const feedSchema = z.object({
  version: z.string().regex(/jsonfeed\.org/i),
  feed_url: text,
  home_page_url: text,
  items: z.array(z.unknown()),
  ...authorFields,
})

/**
 * The stories of a JSON Feed, version 1 or 1.1 (https://jsonfeed.org/version/1.1); undefined for
 * anything else.
 */
export function parseJsonFeed(written: string, url: string): ParsedFeed | undefined {
  const feed = feedSchema.safeParse(tryParse(written)).data
  if (!feed) return undefined
  const ownIds = new Set([url, feed.feed_url, feed.home_page_url])
  const notes: string[] = []
  const first = firstStories(feed.items, notes)
  const items = first.flatMap((item) => itemSchema.safeParse(item).data ?? [])
  const unread = first.length - items.length
  const stories = items.map((item) => {
    const link = [item.url, item.external_url]
      .map((address) => (address === undefined ? undefined : URL.parse(address.trim(), url)?.href))
      .find((address) => address !== undefined && /^https?:/i.test(address))
    const id = item.id?.trim()
    const hasOwnId = id !== undefined && !isNoId(id) && !ownIds.has(id)
    const idUrl = hasOwnId && /^https?:/i.test(id) ? id : undefined
    return {
      id: hasOwnId ? id : undefined,
      url: link ?? idUrl,
      title: escapeHtml(item.title ?? ''),
      text: item.content_html ?? textToHtml(item.content_text ?? item.summary ?? ''),
      base: undefined,
      authors: listNames(item) ?? listNames(feed) ?? [],
      dates: [item.date_published].filter((date) => date !== undefined),
      updatedAt: item.date_modified,
      categories: (item.tags ?? []).filter((tag) => tag !== undefined),
    }
  })
  if (unread > 0) notes.push(`has ${unread} items that are no stories; they were left out`)
  return { type: 'JSON', stories, notes }
}

function listNames({
  authors,
  author,
}: {
  authors?: z.output<typeof person>[] | null
  author?: z.output<typeof person> | null
}): string[] | undefined {
  const all = authors && authors.length > 0 ? authors : author ? [author] : []
  const names = all.map(({ name }) => name).filter((name) => name !== undefined)
  return names.length > 0 ? names : undefined
}

function tryParse(written: string): unknown {
  try {
    return JSON.parse(written)
  } catch {
    return undefined
  }
}
