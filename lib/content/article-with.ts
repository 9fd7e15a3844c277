import type { Article } from './article.ts'

/** A complete article for tests and samples: plain defaults, and whatever the caller says instead. */
export function articleWith(overrides: Partial<Article> = {}): Article {
  const publishedAt = overrides.publishedAt ?? '2026-03-02T09:00:00.000Z'
  return {
    slug: 'exchange-opens-vault',
    locale: 'en',
    title: 'Exchange opens a vault',
    description: 'A short account of what the exchange did and why.',
    publishedAt,
    updatedAt: publishedAt,
    category: 'MARKETS',
    tags: ['EXCHANGE'],
    source: { name: 'Sample Wire', key: 'sample_wire', type: 'RSS', url: undefined },
    alsoReportedBy: [],
    authors: [],
    stickyWeight: 0,
    sentiment: undefined,
    score: 0,
    cover: undefined,
    ai: undefined,
    reviewedBy: undefined,
    reviewedAt: undefined,
    externalId: undefined,
    canonicalUrl: undefined,
    aliases: [],
    corrections: [],
    noindex: false,
    draft: false,
    draftReason: undefined,
    withdrawn: false,
    wordCount: 6,
    body: 'The exchange opened a vault today.\n',
    ...overrides,
  }
}
