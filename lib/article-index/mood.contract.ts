import { describe, expect, it } from 'vitest'
import type { Article } from '#lib/content/article.ts'
import { articleWith } from '#lib/content/article-with.ts'
import { type MoodScope, type MoodSpan, moodSpanNames, parseMoodPeriod } from '#lib/site/mood.ts'
import { site } from '#lib/site/site.ts'
import type { ArticleIndex } from './article-index.ts'
import { type OpenIndex, openAt } from './open-index.ts'

const latest: MoodScope = { kind: 'latest' }
const noon = '2026-11-22T12:20:00.000Z'

/** What every implementation of `ArticleIndex` says about the mood of its articles. */
export function describeMood(name: string, open: OpenIndex): void {
  const judged = (
    publishedAt: string,
    sentiment: Article['sentiment'],
    more?: Partial<Article>,
  ) => ({
    slug: `at-${publishedAt.replace(/\D/g, '')}-${sentiment}`,
    publishedAt,
    sentiment,
    ...more,
  })
  const count = (index: ArticleIndex, span: MoodSpan, scope = latest) =>
    index.countMood({ locale: 'en', scope, span })

  describe(`${name}: mood`, () => {
    it('counts days of the publication’s time zone, past ones and today', async () => {
      const { timeZone } = site()
      try {
        // Half past six in the evening of UTC is midnight there.
        Object.assign(site(), { timeZone: 'Asia/Kolkata' })
        let now = new Date('2026-11-22T18:20:00.000Z')
        const articles = [
          judged('2026-11-15T18:29:59.999Z', 'NEGATIVE'),
          judged('2026-11-15T18:30:00.000Z', 'POSITIVE'),
          judged('2026-11-21T18:29:59.999Z', 'NEUTRAL'),
          judged('2026-11-21T18:30:00.000Z', 'POSITIVE'),
        ].map((overrides) => ({ article: articleWith(overrides) }))
        const index = await open(articles, () => now)
        const query = { locale: 'en', scope: latest, span: '7-days' } as const
        expect(count(index, '7-days')).toEqual({ positive: 2, neutral: 1, negative: 0 })
        const steps = index.listMoodSteps(query)
        expect(steps.map(({ counts }) => counts.positive + counts.neutral)).toEqual([
          ...[1, 0, 0, 0, 0],
          ...[1, 1],
        ])
        expect(steps.at(-1)?.period).toEqual({ kind: 'day', date: '2026-11-22' })
        const ofLastDay = { ...query, sentiment: undefined, page: 1, pageSize: 9 }
        const period = { kind: 'day', date: '2026-11-22' } as const
        expect(index.listMoodArticles({ ...ofLastDay, period }).articleCount).toBe(1)
        const epoch = index.epoch()
        now = new Date('2026-11-22T18:30:00.000Z')
        expect(index.epoch(), 'at midnight').not.toBe(epoch)
        expect(count(index, '7-days')).toEqual({ positive: 1, neutral: 1, negative: 0 })
      } finally {
        Object.assign(site(), { timeZone })
      }
    })

    it('begins with a full hour, or with a day', async () => {
      const index = await openAt(open, noon)(
        judged('2026-11-21T12:59:59.999Z', 'NEGATIVE'),
        judged('2026-11-21T13:00:00.000Z', 'POSITIVE'),
        judged('2026-11-16T00:00:00.000Z', 'NEUTRAL'),
        judged('2026-11-15T23:59:59.999Z', 'POSITIVE'),
        judged('2026-08-25T00:00:00.000Z', 'POSITIVE'),
        judged('2026-08-24T23:59:59.999Z', 'NEGATIVE'),
      )
      expect(count(index, '24-hours')).toEqual({ positive: 1, neutral: 0, negative: 0 })
      expect(count(index, '7-days')).toEqual({ positive: 1, neutral: 1, negative: 1 })
      expect(count(index, '30-days')).toEqual({ positive: 2, neutral: 1, negative: 1 })
      expect(count(index, '90-days')).toEqual({ positive: 3, neutral: 1, negative: 1 })
    })

    it('counts nothing that is suppressed, of another language or not judged', async () => {
      const publishedAt = '2026-11-20T09:00:00.000Z'
      const index = await openAt(open, noon)(
        judged(publishedAt, 'POSITIVE', { slug: 'seen' }),
        judged(publishedAt, 'POSITIVE', { slug: 'draft', draft: true }),
        judged(publishedAt, 'POSITIVE', { slug: 'taken-back', withdrawn: true }),
        judged(publishedAt, 'POSITIVE', { slug: 'ukrainian', locale: 'uk' }),
        judged('2026-11-22T12:20:00.001Z', 'POSITIVE', { slug: 'due-today' }),
        judged('2026-11-24T09:00:00.000Z', 'POSITIVE', { slug: 'due-later' }),
        judged(publishedAt, undefined, { slug: 'not-judged' }),
      )
      expect(count(index, '7-days')).toEqual({ positive: 1, neutral: 0, negative: 0 })
      expect(count(index, '24-hours')).toEqual({ positive: 0, neutral: 0, negative: 0 })
      const ranked = index.listMoodsByTopic({
        locale: 'en',
        kind: 'category',
        span: '7-days',
        limit: 5,
      })
      expect(ranked).toMatchObject([{ counts: { positive: 1, neutral: 0, negative: 0 } }])
    })

    it('is another one in every hour, and so is the epoch', async () => {
      let now = new Date(noon)
      const article = articleWith(judged('2026-11-21T13:30:00.000Z', 'NEGATIVE'))
      const index = await open([{ article }], () => now)
      const epoch = index.epoch()
      expect(count(index, '24-hours').negative).toBe(1)
      now = new Date('2026-11-22T12:59:59.999Z')
      expect(index.epoch()).toBe(epoch)
      now = new Date('2026-11-22T13:00:00.000Z')
      expect(index.epoch()).not.toBe(epoch)
      expect(count(index, '24-hours').negative).toBe(0)
    })

    it.each(moodSpanNames)('adds up by steps, topics and articles: %s', async (span) => {
      const sentiments = ['POSITIVE', 'NEUTRAL', 'NEGATIVE', undefined] as const
      const articles = Array.from({ length: 60 }, (_, i) =>
        judged(new Date(Date.parse(noon) - i ** 2 * 2_400_000).toISOString(), sentiments[i % 4], {
          slug: `s${i}`,
          category: i % 3 === 0 ? 'DEFI' : 'MARKETS',
        }),
      )
      const index = await openAt(open, noon)(...articles)
      const total = count(index, span)
      const steps = index.listMoodSteps({ locale: 'en', scope: latest, span })
      const topics = index.listMoodsByTopic({ locale: 'en', kind: 'category', span, limit: 9 })
      for (const sentiment of ['positive', 'neutral', 'negative'] as const) {
        const sum = (parts: { counts: typeof total }[]) =>
          parts.reduce((all, { counts }) => all + counts[sentiment], 0)
        expect(sum(steps)).toBe(total[sentiment])
        expect(sum(topics)).toBe(total[sentiment])
        const ofSentiment = {
          locale: 'en',
          scope: latest,
          page: 1,
          pageSize: 100,
          sentiment,
        } as const
        const whole = index.listMoodArticles({ ...ofSentiment, period: { kind: 'span', span } })
        expect(whole.articles.map(({ sentiment }) => sentiment?.toLowerCase())).toEqual(
          Array(total[sentiment]).fill(sentiment),
        )
        for (const { period, counts } of steps) {
          expect(index.listMoodArticles({ ...ofSentiment, period }).articleCount).toBe(
            counts[sentiment],
          )
        }
      }
      for (const { scope, counts } of topics) expect(count(index, span, scope)).toEqual(counts)
    })

    it('is listed for categories, sources and tags by their number of articles', async () => {
      const publishedAt = '2026-11-20T09:00:00.000Z'
      const source = { name: 'Wire B', key: 'b', type: undefined, url: undefined }
      const index = await openAt(open, noon)(
        judged(publishedAt, 'POSITIVE', { slug: 'a', tags: ['LAYER 2', 'DAO'], source }),
        judged('2026-11-22T11:00:00.000Z', 'NEGATIVE', { slug: 'b', tags: ['LAYER 2'] }),
        judged('2026-01-01T09:00:00.000Z', 'NEGATIVE', { slug: 'c', tags: ['OLD'] }),
      )
      const query = { locale: 'en', span: '30-days', limit: 2 } as const
      expect(index.listMoodsByTopic({ ...query, kind: 'tag' })).toEqual([
        {
          name: 'LAYER 2',
          scope: { kind: 'tag', segment: 'layer-2' },
          counts: { positive: 1, neutral: 0, negative: 1 },
        },
        {
          name: 'DAO',
          scope: { kind: 'tag', segment: 'dao' },
          counts: { positive: 1, neutral: 0, negative: 0 },
        },
      ])
      expect(index.listMoodsByTopic({ ...query, kind: 'source' })).toMatchObject([
        { name: 'Wire B', scope: { kind: 'source', key: 'b' } },
        { scope: { kind: 'source', key: 'sample_wire' } },
      ])
      expect(index.listMoodsByTopic({ ...query, kind: 'tag', limit: 1 })).toHaveLength(1)
    })

    it('lists the articles of a day newest first, page by page', async () => {
      const at = (hour: string) => `2026-11-20T${hour}:00:00.000Z`
      const index = await openAt(open, noon)(
        judged(at('09'), 'POSITIVE', { slug: 'nine' }),
        judged(at('23'), 'NEGATIVE', { slug: 'late' }),
        judged(at('10'), undefined, { slug: 'not-judged' }),
        judged('2026-11-21T00:00:00.000Z', 'POSITIVE', { slug: 'next-day' }),
      )
      const period = parseMoodPeriod('2026-11-20')
      if (!period) throw new Error('no period')
      const list = (page: number) =>
        index.listMoodArticles({ locale: 'en', scope: latest, period, page, pageSize: 1 })
      expect(list(1)).toMatchObject({ articles: [{ slug: 'late' }], pageCount: 2, articleCount: 2 })
      expect(list(2).articles.map(({ slug }) => slug)).toEqual(['nine'])
      expect(list(3).articles).toEqual([])
    })
  })
}
