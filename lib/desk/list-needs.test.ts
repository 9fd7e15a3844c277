import { expect, it } from 'vitest'
import type { EditorArticle } from '#lib/article-index/editor-index.ts'
import { articleWith } from '#lib/content/article-with.ts'
import { ingestReportSchema } from '#lib/ingest-report/ingest-report.ts'
import { listChangedUpstream, listNeeds, splitReason } from './list-needs.ts'

const now = new Date('2026-11-22T12:00:00.000Z')

function one(slug: string, overrides: Partial<EditorArticle> = {}): EditorArticle {
  return { ...articleWith({ slug }), path: `${slug}.md`, state: 'published', ...overrides }
}

const counts = { published: 0, drafts: 0, updated: 0, withdrawn: 0 }
const report = ingestReportSchema.parse({
  startedAt: '2026-11-22T11:00:00.000Z',
  finishedAt: '2026-11-22T11:01:00.000Z',
  isRehearsal: false,
  sources: [
    {
      ...{ key: 'wire', fetched: 0, new: 0, duplicate: 0, changed: 0, withdrawn: 0, rejected: 0 },
      ...{
        rejections: [],
        notes: [],
        error: 'It answers 500.',
        failingSince: '2026-11-21T00:00:00.000Z',
      },
    },
  ],
  articles: { ...counts, translated: 0, alsoReported: 0, leftToPeople: 1 },
  waiting: 0,
  held: [
    { source: 'wire', title: 'A story', why: 'has no date', since: '2026-11-20T00:00:00.000Z' },
    {
      ...{ source: 'wire', title: 'A vault', path: 'vault.md', difference: '- 40.\n+ 41.' },
      ...{ why: 'has changed', since: '2026-11-20T00:00:00.000Z' },
    },
  ],
  problems: [],
  model: {
    isConfigured: false,
    requests: 0,
    tokens: 0,
    requestsToday: 0,
    tokensToday: 0,
    remembered: 0,
  },
})

it('says what needs an editor, the oldest first, with reasons in words', () => {
  const needs = listNeeds({
    held: [
      one('young', { publishedAt: '2026-11-22T00:00:00.000Z', draftReason: 'A. B.' }),
      one('old', {
        publishedAt: '2026-11-20T00:00:00.000Z',
        draftReason: 'The name “A. B.” is not in the story. No.',
      }),
    ],
    heldCount: 2,
    pins: [
      one('ended', { stickyWeight: 1, pinnedUntil: '2026-11-22T00:00:00.000Z' }),
      one('first', { stickyWeight: 1, pinnedUntil: '2026-11-23T00:00:00.000Z' }),
      one('second', { stickyWeight: 1, pinnedUntil: '2026-11-23T00:00:00.000Z' }),
      one('alone', { stickyWeight: 2, pinnedUntil: '2026-11-23T00:00:00.000Z' }),
      one('elsewhere', { stickyWeight: 2, locale: 'uk', pinnedUntil: '2026-11-23T00:00:00.000Z' }),
    ],
    scheduled: [one('later', { publishedAt: '2026-11-22T20:00:00.000Z' })],
    gaps: [
      { article: one('a'), locale: 'uk', translation: undefined },
      { article: one('b'), locale: 'uk', translation: one('b-uk', { locale: 'uk' }) },
    ],
    broken: [],
    report,
    findLatest: () => undefined,
    now,
  })
  const listed = Object.entries(needs).map(([kind, { needs: list }]) => [
    kind,
    list.map(({ path, title }) => path ?? title),
  ])
  expect(Object.fromEntries(listed)).toEqual({
    held: ['old.md', 'young.md'],
    'changed-upstream': ['vault.md'],
    broken: [],
    'failing-source': ['wire'],
    pin: ['first.md', 'second.md', 'ended.md'],
    'stale-translation': ['b-uk.md'],
    'missing-translation': ['a.md'],
    scheduled: ['later.md'],
  })
  expect(needs.held.needs[0]?.reasons).toEqual(['The name “A. B.” is not in the story.', 'No.'])
  expect(needs['changed-upstream'].needs[0]).toMatchObject({
    reasons: ['The story has changed.'],
    difference: ['- 40.', '+ 41.'],
  })
})

it.each([
  ['The number “7” is not in the story. The name “Oslo” is not in the story.', 2],
  ['The quotation “It ended. We left.” is not in the story.', 1],
  [
    'The text has the number “1.5” where the story has “2.5”. “5 ETH” is not in the story: it names no such currency or unit.',
    2,
  ],
  ['', 0],
])('divides %j into sentences', (reason, count) => {
  expect(splitReason(reason)).toHaveLength(count)
})

it.each([
  ['desk', '2026-11-20T00:00:01.000Z', 0],
  ['restore', '2026-11-20T00:00:01.000Z', 0],
  ['desk', '2026-11-19T00:00:00.000Z', 1],
  // The desk may see late what a person wrote before the story changed.
  ['found', '2026-11-20T00:00:01.000Z', 1],
  ['ingest', '2026-11-20T00:00:01.000Z', 1],
] as const)(
  'takes what changed upstream off the list once an editor has handled it: %s, %s',
  (kind, at, count) => {
    const about = { id: 1, path: 'vault.md', digest: 'd', byteLength: 1, by: '', note: undefined }
    const open = listChangedUpstream({ report, findLatest: () => ({ ...about, kind, at }) })
    expect(open).toHaveLength(count)
  },
)
