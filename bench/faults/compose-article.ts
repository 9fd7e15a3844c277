import { createHash } from 'node:crypto'
import type { Locale } from '#lib/site/locales.ts'

/** What a content file of ours says. Every version reads differently in headline and text. */
export type Manuscript = {
  slug: string
  locale: Locale
  version: number
  publishedAt: string
  category: string
  tags: string[]
  source: string
  aliases: string[]
  state: 'published' | 'draft' | 'withdrawn'
}

/** About how many articles share a word that no others have. */
const articlesPerGroup = 20

/** No vowels, no s: words that no stemmer shortens. */
const letters = 'bcdfghjkmnpqrtvw'

const toWord = (number: number, length: number) =>
  Array.from({ length }, (_, place) => letters[Math.floor(number / 16 ** place) % 16]).join('')

/** A word for searching: it stands in the text of about 20 articles out of `articleCount`. */
function groupWord(slug: string, articleCount: number): string {
  const groupCount = Math.max(1, Math.ceil(articleCount / articlesPerGroup))
  const digest = createHash('sha1').update(slug).digest().readUInt32BE()
  return `kq${toWord(digest % groupCount, 4)}kq`
}

export const headlineOf = ({ slug, version }: Pick<Manuscript, 'slug' | 'version'>) =>
  `Report ${slug} in version ${version}`

/** The first and the last words of a body: a page that has one and not the other is torn. */
export const marksOf = ({ slug, version }: Pick<Manuscript, 'slug' | 'version'>) => ({
  first: `Opening ${slug} of ${version}.`,
  last: `Closing ${slug} of ${version}.`,
})

const paragraph =
  'The exchange said that its reserves had been counted twice by two firms, and that both counts agreed to the last coin. Traders had asked for such a count since spring.'

export function composeArticle(manuscript: Manuscript, articleCount: number): string {
  const { slug, locale, publishedAt, category, tags, source, aliases, state } = manuscript
  const { first, last } = marksOf(manuscript)
  const list = (name: string, values: string[]) =>
    values.length > 0 ? `${name}: [${values.join(', ')}]\n` : ''
  return `---
title: ${headlineOf(manuscript)}
description: 'What is known of ${slug} so far.'
publishedAt: '${publishedAt}'
lang: ${locale}
source: { name: ${source}, key: ${source.toLowerCase().replace(' ', '_')}, type: RSS }
category: ${category}
${list('tags', tags)}${list('aliases', aliases)}${state === 'published' ? '' : `${state === 'draft' ? 'draft' : 'withdrawn'}: true\n`}---
${first}

## What happened

${paragraph}

${`${paragraph} `.repeat(6)}

It is filed under ${groupWord(slug, articleCount)} by the editor.

${last}
`
}
