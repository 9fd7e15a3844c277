import { describe, expect, it } from 'vitest'
import { type OpenIndex, openAt } from './open-index.ts'

const noon = '2026-11-22T12:00:00.000Z'

/** What every implementation of `ArticleIndex` says of corrections and of sources. */
export function describeTrust(name: string, open: OpenIndex): void {
  const openAtNoon = openAt(open, noon)

  describe(`${name}: corrections`, () => {
    const early = { at: '2026-06-01T09:00:00.000Z', text: 'The sum was wrong.' }
    const late = { at: '2026-07-01T09:00:00.000Z', text: 'So was the name.' }
    const middle = { at: '2026-06-15T09:00:00.000Z', text: 'The date was wrong.' }

    it('stand newest first, each with its article and its number there', async () => {
      const index = await openAtNoon(
        { slug: 'twice', corrections: [early, late] },
        { slug: 'once', corrections: [middle] },
        { slug: 'never' },
      )
      const { corrections, correctionCount } = index.listCorrections({
        locale: 'en',
        page: 1,
        pageSize: 10,
      })
      expect(correctionCount).toBe(3)
      expect(
        corrections.map(({ correction, number, article }) => [
          article.slug,
          number,
          correction.text,
        ]),
      ).toEqual([
        ['twice', 2, late.text],
        ['once', 1, middle.text],
        ['twice', 1, early.text],
      ])
      const second = index.listCorrections({ locale: 'en', page: 2, pageSize: 2 })
      expect(second).toMatchObject({ pageCount: 2, corrections: [{ correction: early }] })
    })

    it('of articles that are suppressed are suppressed too', async () => {
      const index = await openAtNoon(
        { slug: 'draft', corrections: [early], draft: true },
        { slug: 'taken-back', corrections: [early], withdrawn: true },
        { slug: 'later', corrections: [early], publishedAt: '2026-12-01T00:00:00.000Z' },
        { slug: 'ukrainian', corrections: [early], locale: 'uk' },
      )
      const query = { locale: 'en', page: 1, pageSize: 10 } as const
      expect(index.listCorrections(query)).toMatchObject({ corrections: [], correctionCount: 0 })
      expect(index.listCorrections({ ...query, locale: 'uk' }).correctionCount).toBe(1)
    })
  })

  describe(`${name}: sources`, () => {
    it('are known by their share, and by their first and last article', async () => {
      const wire = (url?: string) => ({ name: 'Wire B', key: 'b', type: 'RSS', url })
      const index = await openAtNoon(
        { slug: 'first', source: wire(), publishedAt: '2026-01-01T09:00:00.000Z' },
        {
          slug: 'last',
          source: wire('https://b.example/x'),
          publishedAt: '2026-02-01T09:00:00.000Z',
        },
        { slug: 'other' },
        { slug: 'suppressed', source: wire(), publishedAt: '2027-02-01T09:00:00.000Z' },
      )
      expect(index.findSourceFacts('en', 'b')).toEqual({
        source: wire(undefined),
        siteUrl: 'https://b.example',
        articleCount: 2,
        sharePercent: 66.7,
        firstAt: '2026-01-01T09:00:00.000Z',
        latestAt: '2026-02-01T09:00:00.000Z',
      })
      expect(index.findSourceFacts('en', 'unheard_of')).toBeUndefined()
    })
  })
}
