import { describe, expect, it } from 'vitest'
import { parsePage } from '../page.ts'
import { parseArticle } from '../parse-article.ts'
import { formatProblem, InvalidArticleError } from '../problem.ts'
import { foreignNamesOf, ourFieldFor } from './foreign-fields.ts'

const required = "title: Vault\npublishedAt: '2026-03-01T09:00:00Z'\ncategory: MARKETS\n"

function problemsOf(fields: string, parse: typeof parseArticle | typeof parsePage = parseArticle) {
  const path = parse === parseArticle ? 'articles/en/a.md' : 'pages/en/a.md'
  const bytes = new TextEncoder().encode(`---\n${fields}---\nText.\n`)
  try {
    return parse({ path, bytes }).warnings.map((one) => `${one.severity} ${formatProblem(one)}`)
  } catch (error) {
    if (!(error instanceof InvalidArticleError)) throw error
    return error.problems.map((one) => `${one.severity} ${formatProblem(one)}`)
  }
}

describe('a field of another tool', () => {
  it.each([
    ['date: 2026-03-01', 'publishedAt'],
    ['pubDate: Jul 08 2022', 'publishedAt'],
    ['published_at: 2026-03-01', 'publishedAt'],
    ['lastmod: 2026-03-01', 'updatedAt'],
    ['last_modified_at: 2026-03-01', 'updatedAt'],
    ['categories: [News]', 'category'],
    ['cover: a.jpg', 'coverImage'],
    ['image: a.jpg', 'coverImage'],
    ['featured_image: a.jpg', 'coverImage'],
    ['heroImage: a.jpg', 'coverImage'],
    ['summary: Short', 'description'],
    ['excerpt: Short', 'description'],
    ['language: en', 'lang'],
    ['canonical_url: https://a.example/', 'canonicalUrl'],
    ['redirect_from: [/a]', 'aliases'],
  ])('%s: did you mean %s?', (line, ours) => {
    expect(problemsOf(`${required}${line}\n`)).toEqual([
      expect.stringMatching(
        new RegExp(
          `^warning articles/en/a\\.md:5 .* did you mean ${ours}\\? .*npx dateline import markdown`,
        ),
      ),
    ])
  })

  it.each(['slug: b', 'permalink: /b/', 'url: /b', 'layout: post'])(
    '%s has nothing of ours, and the warning says what there is instead',
    (line) => {
      const [name] = line.split(':')
      expect(problemsOf(`${required}${line}\n`)).toEqual([
        expect.stringMatching(`:5 ${name} .*no ${name}: .*npx dateline import`),
      ])
    },
  )

  it('names the field that stands in for a required one beside the missing one', () => {
    expect(problemsOf('title: Vault\ndate: 2026-03-01\ncategory: MARKETS\n')).toEqual([
      expect.stringMatching(/^error .* publishedAt found nothing/),
      expect.stringMatching(/^warning .*:3 date .*did you mean publishedAt\?/),
    ])
  })

  it.each([
    'published: false',
    'Published: FALSE',
    'publish: no',
    'private: true',
    'unlisted: true',
    'status: draft',
    'visibility: members',
  ])('%s hid the text there, so it is an error here and nothing is published', (line) => {
    expect(problemsOf(`${required}${line}\n`)).toEqual([
      expect.stringMatching(/^error articles\/en\/a\.md:5 .*expected draft: true instead/),
    ])
    expect(problemsOf(`title: A\n${line}\n`, parsePage)).toEqual([
      expect.stringMatching(/^error pages\/en\/a\.md:3 /),
    ])
  })

  it.each(['published: true', 'published: 2026-03-01', 'private: false', 'status: published'])(
    '%s hides nothing',
    (line) => {
      expect(problemsOf(`${required}${line}\n`)).toEqual([expect.stringMatching(/^warning /)])
    },
  )

  it('is not taken for a field that a page does not have', () => {
    expect(problemsOf('title: A\ncategories: [B]\nlastmod: 2026-01-01\n', parsePage)).toEqual([
      expect.stringMatching(/:3 categories .*expected one of title, /),
      expect.stringMatching(/:4 lastmod .*did you mean updatedAt\?/),
    ])
  })
})

it('takes our own name first, then in a fixed order', () => {
  expect(foreignNamesOf('publishedAt', ['date', 'title', 'publishDate', 'published_at'])).toEqual([
    'published_at',
    'publishDate',
    'date',
  ])
  expect(ourFieldFor('constructor')).toBeUndefined()
  expect(ourFieldFor('last-modified')).toBe('updatedAt')
})
